"""Carrying: a message to the other side, its edits and reactions after it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.content import ALBUMS, Content
from desk.people import Customer, Customers
from desk.post import Outbox, Parcel, react
from desk.profile import Profile
from tickets.ticket import Message, Messages, Place

DELIVERED = "👍"
COURTESY = timedelta(minutes=2)
"""After this a reaction on a message is no longer worth a call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A message as it came: where it stands, what it holds, and what it answers."""

    place: Place
    content: Content
    reply_to: Place | None = None


class Relay:
    """Between a customer's private chat and the operators' group."""

    def __init__(
        self, profile: Profile, customers: Customers, messages: Messages, outbox: Outbox, now: datetime
    ) -> None:
        self._profile, self._customers, self._messages = profile, customers, messages
        self._outbox, self._now = outbox, now

    def to_operators(
        self, customer: Customer, message: Message, reply_to: int | None = None, *, asks: bool = False
    ) -> None:
        """Copy a customer's message into their topic; bursts may go as one. `asks`: answers are suggested."""
        self._outbox.post(
            Parcel(
                chat_id=self._profile.places.group,
                topic_of=customer.id,
                act="carry",
                message_id=message.id,
                reply_to=reply_to,
                merge=_merge_key(message.content, answers=reply_to is not None),
                kind="relay.asked",
                ref={"customer": customer.id, "message": message.id, "asks": asks},
                due_at=self._due(message.content),
            )
        )

    def to_customer(
        self, customer: Customer, message: Message, reply_to: int | None = None, *, mark: Place | None = None
    ) -> None:
        """Copy an operator's reply into the customer's chat, one by one; only albums go together.

        What was delivered is marked where it was written, or at the place that is named.
        """
        marked = {} if mark is None else {"mark": [mark.chat_id, mark.telegram_id]}
        album = message.content.album
        self._outbox.post(
            Parcel(
                chat_id=customer.chat_id,
                act="carry",
                message_id=message.id,
                reply_to=reply_to,
                merge=f"album:{album}" if album else None,
                kind="relay.replied",
                ref={"customer": customer.id, "message": message.id, **marked},
                due_at=self._due(message.content),
            )
        )

    def amend(self, message: Message, content: Content) -> None:
        """A message was edited where it was written: its copy follows."""
        self._messages.rewrite(message.id, content)
        if message.ticket_id is None or not content.takes_words:
            return
        chat_id, topic_of = self._other_side(message)
        self._outbox.post(
            Parcel(
                chat_id=chat_id,
                topic_of=topic_of,
                act="amend",
                message_id=message.id,
                kind="relay.amended",
                ref={
                    "customer": message.customer_id,
                    "by": message.author,
                    "asks": message.author == "customer",
                    "media": content.file_id != message.content.file_id,
                },
            )
        )

    def react(self, message: Message, emoji: str | None) -> None:
        """Somebody reacted to the copy: the original shows it; none means it was taken back."""
        chat_id, topic_of = self._own_side(message)
        shown = emoji or (DELIVERED if message.author == "operator" else None)
        self._outbox.post(
            Parcel(
                chat_id=chat_id,
                topic_of=topic_of,
                act="react",
                message_id=message.id,
                call=react(0, shown),
                expires_at=self._now + COURTESY,
            )
        )

    def mark(self, place: Place, emoji: str) -> None:
        """Acknowledge an operator's message quietly, with a reaction instead of a line."""
        self._outbox.post(
            Parcel(
                chat_id=place.chat_id,
                call=react(place.telegram_id, emoji),
                expires_at=self._now + COURTESY,
            )
        )

    def erase(self, customer: Customer, message: Message, command: Place) -> None:
        """Take an operator's reply back from the customer's chat."""
        self._outbox.post(
            Parcel(
                chat_id=customer.chat_id,
                act="erase",
                message_id=message.id,
                kind="relay.undone",
                ref={
                    "customer": customer.id,
                    "message": message.id,
                    "command": [command.chat_id, command.telegram_id],
                },
            )
        )

    def answered(self, customer: Customer, incoming: Incoming) -> int | None:
        """Which message of the customer's history was answered, so that its copy can be replied to.

        Where a burst went as one, the quote says which of them was meant; without one it is the last.
        """
        if incoming.reply_to is None:
            return None
        found = [each for each in self._messages.find(incoming.reply_to) if each.customer_id == customer.id]
        quote = incoming.content.quote or ""
        meant = [each for each in found if quote in each.content.text] or found
        return meant[-1].id if meant else None

    def _due(self, content: Content) -> datetime | None:
        return self._now + self._profile.album_wait if content.album else None

    def _other_side(self, message: Message) -> tuple[int, int | None]:
        """Where the copy stands: chat, and whose topic."""
        if message.author == "customer":
            return self._profile.places.group, message.customer_id
        return self._customers.get(message.customer_id).chat_id, None

    def _own_side(self, message: Message) -> tuple[int, int | None]:
        """Where the original stands."""
        if message.author == "customer":
            return self._customers.get(message.customer_id).chat_id, None
        return self._profile.places.group, message.customer_id


def _merge_key(content: Content, *, answers: bool) -> str | None:
    """What may go together: an album in any case, else neighbours that answer nothing."""
    if content.album:
        return f"album:{content.album}"
    if answers or content.quote:
        return None
    if content.kind == "text":
        return "text"
    return "picture" if content.kind in ALBUMS[0] else None
