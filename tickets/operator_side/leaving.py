"""Leaving: what of an operator's message is for the customer; all else stays inside, among operators."""

from collections.abc import Sequence
from dataclasses import replace

from desk.content import Content
from desk.people import Customer, Customers
from desk.profile import Profile
from tickets.operator_side.inside import is_command, mentioned, parted
from tickets.operator_side.operator_message import OperatorMessage
from tickets.relay import IncomingMessage
from tickets.ticket import Message, Messages, Operators, Place


class Leaving:
    """Says what of an operator's message may leave the group."""

    def __init__(
        self, profile: Profile, *, customers: Customers, operators: Operators, messages: Messages
    ) -> None:
        self._profile, self._customers, self._operators = profile, customers, operators
        self._messages = messages

    def of(self, spoken: OperatorMessage, customer: Customer, before: Sequence[Message]) -> Content | None:
        """What of a message is for the customer; None if all of it stays inside."""
        left = parted(spoken.incoming.content)
        if left is None or is_command(left) or spoken.answers == "colleague":
            return None
        if self._calls_colleague(left, customer, spoken.members):
            return None
        if left.inside is None and any(each.content.inside is not None for each in before):
            return replace(left, inside="")  # an album bears one mark
        return left

    def album_before(self, incoming: IncomingMessage) -> Sequence[Message]:
        """The message before it, if both belong to one album."""
        album, place = incoming.content.album, incoming.place
        if album is None:
            return ()
        before = self._messages.find(Place(place.chat_id, place.telegram_id - 1))
        return [each for each in before if each.content.album == album]

    def _calls_colleague(self, content: Content, customer: Customer, members: frozenset[str | int]) -> bool:
        """Whether it mentions somebody who answers here; the customer's own name is for the customer."""
        names, people = mentioned(content)
        names -= {(customer.person.username or "").lower()}
        people -= {customer.person.telegram_id}
        if (names | people) & members or people & self._profile.managers:
            return True
        if people and self._operators.knows(people):
            return True
        return bool(names) and bool(names & (self._operators.usernames() | self._managers_usernames()))

    def _managers_usernames(self) -> frozenset[str]:
        """The usernames of managers who have written to the bot."""
        known = map(self._customers.known, self._profile.managers)
        return frozenset(each.person.username.lower() for each in known if each and each.person.username)


def keeps_album(message: Message) -> bool:
    """Whether the pictures behind it stay inside with it: a note does, unless some before it went."""
    return message.author == "note" and message.content.inside is None
