"""What operators edit: the customer's copy follows, or it is said why it does not."""

from dataclasses import replace

from desk.content import Content
from desk.people import Customer, Customers
from desk.profile import Profile
from tickets.lines import Lines
from tickets.operator_side.inside import is_command
from tickets.operator_side.leaving import Leaving
from tickets.operator_side.operator_message import OperatorMessage
from tickets.operator_side.orders import Orders
from tickets.operator_side.replies import Replies
from tickets.relay import Relay
from tickets.ticket import Message, Messages


class OperatorEdits:
    """Takes what operators edit."""

    def __init__(
        self,
        profile: Profile,
        *,
        customers: Customers,
        messages: Messages,
        leaving: Leaving,
        relay: Relay,
        orders: Orders,
        replies: Replies,
        lines: Lines,
    ) -> None:
        self._profile, self._customers, self._messages = profile, customers, messages
        self._leaving, self._relay, self._orders = leaving, relay, orders
        self._replies, self._lines = replies, lines

    def edited(self, spoken: OperatorMessage) -> None:
        """Amend the customer's copy of an edited reply, or say why the customer does not get the edit."""
        spoken = spoken.concealed(self._profile.secrets)
        found = self._messages.find(spoken.incoming.place)
        replies = [each for each in found if each.author == "operator"]
        for message in replies or [each for each in found if each.author == "note"]:
            customer = self._customers.get(message.customer_id)
            said = spoken if message.author == "note" else self._as_sent(spoken)
            leaving = self._leaving.of(said, customer, self._leaving.album_before(spoken.incoming))
            if message.author == "note":
                self._note_edited(spoken, customer, message, leaving)
            elif leaving is None or leaving == Content():
                self._lines.to_topic(customer, "operator.edited_into_note")
            else:
                partly = (message.content.inside is None) is not (leaving.inside is None)
                self._relay.amend(message, leaving, mark=spoken.incoming.place if partly else None)
                self._replies.say_what_is_hidden(spoken)

    def _note_edited(
        self, spoken: OperatorMessage, customer: Customer, note: Message, leaving: Content | None
    ) -> None:
        """Take the edit of what stayed inside.

        Lines that now stand beside a note go to the customer; without a note, slashes may have been lost by a
        slip, and it stays.
        """
        content = spoken.incoming.content
        if leaving is not None and leaving.inside and content.album is None:
            self._replies.send(spoken, customer, leaving)
            return
        if leaving is not None and content.text != note.content.text:
            self._lines.to_topic(customer, "operator.edited_note_stays")
        if not is_command(content):
            self._messages.rewrite(note.id, content)

    def _as_sent(self, spoken: OperatorMessage) -> OperatorMessage:
        """The message without a command whose words the customer got."""
        content = self._orders.as_sent(spoken.incoming.content)
        return replace(spoken, incoming=replace(spoken.incoming, content=content))
