"""The relay: carries messages, edits and reactions between customers and operators."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.content import Content
from desk.kinds import album_of
from desk.people import Customer, Customers
from desk.post import (
    AT_ONCE,
    DROPPED,
    Address,
    Amend,
    Blocked,
    Carry,
    Chat,
    Erase,
    Failed,
    Lane,
    Mark,
    Outbox,
    Outcome,
    Parcel,
    React,
    Sent,
    ShowCard,
    TopicOf,
)
from desk.profile import Profile
from tickets.lines import Lines
from tickets.marks import DELIVERED, NOTED, OBEYED, mark_of, to_mark
from tickets.provenance import ahead
from tickets.ticket import Message, Messages, Place

COURTESY = timedelta(minutes=2)
"""How long a reaction is worth sending."""
LIVE_PAUSE = timedelta(seconds=10)
"""A place that moves is brought up to date this often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingMessage:
    """A message as it came: its place, its content, and the place of what it answers."""

    place: Place
    content: Content
    reply_to: Place | None = None


class Relay:
    """Carries between a customer's private chat and the operators' group."""

    HEARS = frozenset({"relay.asked", "relay.replied", "relay.amended", "relay.moved", "relay.undone"})

    def __init__(
        self,
        profile: Profile,
        customers: Customers,
        messages: Messages,
        outbox: Outbox,
        lines: Lines,
        now: datetime,
    ) -> None:
        self._profile, self._customers, self._messages = profile, customers, messages
        self._outbox, self._lines, self._now = outbox, lines, now

    def to_operators(
        self,
        customer: Customer,
        message: Message,
        reply_to: int | None = None,
        *,
        asks: bool = False,
        apart: str = "",
    ) -> None:
        """Carry a customer's message into their topic.

        `asks`: operators are suggested answers. What has the same `apart` goes as one with nothing else.
        """
        merge = _merge_key(message.content, answers=reply_to is not None)
        if said := ahead(self._profile, message.content):
            if asks:  # the card of a new ticket stands above all of it
                card = Parcel(to=TopicOf(customer.id), body=ShowCard(), dedupe=f"card:{customer.id}")
                self._outbox.post(card)
            self._lines.show_operators(customer, said)
        self._outbox.post(
            Parcel(
                to=TopicOf(customer.id),
                body=Carry(
                    kept_id=message.id,
                    reply_to=reply_to,
                    merge=merge and f"{apart}{merge}",
                    suggest=asks,
                ),
                kind="relay.asked",
                ref={"customer": customer.id},
                wait=self._wait(message.content),
            )
        )

    def to_customer(
        self, customer: Customer, message: Message, reply_to: int | None = None, *, mark: Place
    ) -> None:
        """Carry an operator's reply to the customer.

        Its delivery is marked on the operator's message, or at the place `mark`.
        """
        content = message.content
        self._outbox.post(
            Parcel(
                to=customer.address,
                body=Carry(
                    kept_id=message.id,
                    reply_to=reply_to,
                    merge=f"album:{content.album}" if content.album else None,
                ),
                kind="relay.replied",
                ref={"customer": customer.id, **to_mark(content, mark)},
                wait=self._wait(content),
            )
        )

    def amend(self, message: Message, content: Content, *, mark: Place | None = None) -> None:
        """Keep an edited message's new content, and amend its copy; that is marked at the place `mark`."""
        self._messages.rewrite(message.id, content)
        if message.ticket_id is not None and message.content.is_live:
            self._follow(message, content)
        if message.ticket_id is None or not content.takes_words:
            return
        self._outbox.post(
            Parcel(
                to=self._other_side(message),
                body=Amend(
                    kept_id=message.id,
                    with_file=content.file_id != message.content.file_id,
                    suggest=message.author == "customer",
                ),
                kind="relay.amended",
                ref={"customer": message.customer_id, "by": message.author, **to_mark(content, mark)},
            )
        )

    def _follow(self, message: Message, content: Content) -> None:
        """Show on the copy of a live location where somebody is now, and say in the topic that it ended.

        All moves of one pause make one call, at its end.
        """
        pause, at = LIVE_PAUSE.total_seconds(), self._now.timestamp()
        wait = pause - at % pause if pause and content.is_live else 0
        self._outbox.post(
            Parcel(
                to=self._other_side(message),
                body=Amend(kept_id=message.id),
                lane=Lane.SURVEY,
                kind="relay.moved",
                ref={"customer": message.customer_id, "message": message.id},
                dedupe=f"moved:{message.id}:{round(at + wait)}",
                wait=timedelta(seconds=wait),
            )
        )
        if not content.is_live and message.author == "customer":
            self._lines.to_topic(self._customers.get(message.customer_id), "operator.location_ended")

    def react(self, message: Message, emoji: str | None) -> None:
        """Show a reaction to the copy on the original; None removes it."""
        shown = emoji or (mark_of(message.content) if message.author == "operator" else None)
        self._outbox.post(
            Parcel(
                to=self._own_side(message),
                body=React(kept_id=message.id, emoji=shown),
                lasts=COURTESY,
            )
        )

    def mark(self, place: Place, emoji: str) -> None:
        """Put our own reaction on an operator's message."""
        self._outbox.post(
            Parcel(
                to=Chat(place.chat_id),
                body=Mark(message_id=place.telegram_id, emoji=emoji),
                lasts=COURTESY,
            )
        )

    def erase(self, customer: Customer, message: Message, command: Place) -> None:
        """Delete an operator's reply from the customer's chat."""
        self._outbox.post(
            Parcel(
                to=customer.address,
                body=Erase(kept_id=message.id),
                kind="relay.undone",
                ref={
                    "customer": customer.id,
                    "message": message.id,
                    "command": [command.chat_id, command.telegram_id],
                },
            )
        )

    def answered(self, customer: Customer, incoming: IncomingMessage) -> int | None:
        """The id of the kept message that was answered, so that its copy can be replied to.

        Of several messages that went as one, the quote tells which was meant; without a quote it is
        the last.
        """
        if incoming.reply_to is None:
            return None
        found = [each for each in self._messages.find(incoming.reply_to) if each.customer_id == customer.id]
        quote = incoming.content.quote or ""
        meant = [each for each in found if quote in each.content.text] or found
        return meant[-1].id if meant else None

    def _wait(self, content: Content) -> timedelta:
        return self._profile.album_wait if content.album else AT_ONCE

    def _other_side(self, message: Message) -> Address:
        """The address of the copy."""
        by_customer = message.author == "customer"
        return TopicOf(message.customer_id) if by_customer else self._chat_of(message)

    def _own_side(self, message: Message) -> Address:
        """The address of the original."""
        by_customer = message.author == "customer"
        return self._chat_of(message) if by_customer else TopicOf(message.customer_id)

    def _chat_of(self, message: Message) -> Address:
        return self._customers.get(message.customer_id).address

    def heard(self, parcel: Parcel, outcome: Outcome) -> None:
        """Mark what was delivered, and say in the topic what was not."""
        match parcel.kind, outcome:
            case "relay.replied" | "relay.amended", Sent() if "mark" in parcel.ref:
                self._mark_delivered(parcel, Place(*parcel.ref["mark"]))
            case "relay.replied", Blocked():
                self._gather(parcel, "operator.blocked", "operator.blocked_several")
            case "relay.replied", Failed(reason, what) if what == DROPPED:
                self._gather(parcel, "operator.dropped", "operator.dropped_several", reason)
            case "relay.asked", Failed(reason, what) if what == DROPPED:
                self._gather(parcel, "operator.dropped_asked", "operator.dropped_asked_several", reason)
            case "relay.replied", Failed(reason):
                self._gather(parcel, "operator.not_delivered", "operator.not_delivered_several", reason)
            case "relay.asked", Failed(reason):
                self._gather(parcel, "operator.not_carried", "operator.not_carried_several", reason)
                ones = ("customer.not_carried", "customer.not_carried_several")
                self._lines.gather_to_customer(self._about(parcel), *ones)
            case "relay.amended", Failed() | Blocked():
                # An edit that did not arrive leaves both sides with different words: operators should know.
                key = f"operator.not_amended.{parcel.ref['by']}"
                self._gather(parcel, key, key)
            case "relay.moved", Failed() if (moved := self._moving(parcel)) is not None:
                # The copy can be moved no more: it stands below anew, as long as the original moves.
                self._outbox.post(Parcel(to=parcel.to, body=Carry(kept_id=moved.id)))
            case "relay.undone", _:
                self._undone(parcel, outcome)

    def _moving(self, parcel: Parcel) -> Message | None:
        found = self._messages.get([parcel.ref["message"]])
        return next((each for each in found if each.content.is_live), None)

    def _mark_delivered(self, parcel: Parcel, place: Place) -> None:
        """Mark a delivered reply; before a picture of its album that stayed inside with the mark for that."""
        album = parcel.merge
        behind = () if album is None else self._messages.find(Place(place.chat_id, place.telegram_id + 1))
        stayed = any(each.author == "note" and f"album:{each.content.album}" == album for each in behind)
        self.mark(place, NOTED if stayed else parcel.ref.get("emoji", DELIVERED))

    def _about(self, parcel: Parcel) -> Customer:
        return self._customers.get(parcel.ref["customer"])

    def _gather(self, parcel: Parcel, one: str, several: str, reason: str = "") -> None:
        """Say a failure in the topic, once for all of a burst."""
        self._lines.gather(self._about(parcel), one, several, about=reason)

    def _undone(self, parcel: Parcel, outcome: Outcome) -> None:
        customer = self._about(parcel)
        if isinstance(outcome, Sent):
            self._messages.unpair(parcel.ref["message"], customer.chat_id)
            self.mark(Place(*parcel.ref["command"]), OBEYED)
        else:
            self._lines.to_topic(customer, "operator.too_late_to_undo")


def _merge_key(content: Content, *, answers: bool) -> str | None:
    """The key of messages that may go as one: those of an album, texts and files that answer nothing."""
    if content.album:
        return f"album:{content.album}"
    if answers or content.quote:
        return None
    if content.origin is not None:  # words of one author may go together, and with nobody else's
        forwarded = content.origin.how == "forwarded" and content.kind == "text"
        return f"text:{content.origin.name}" if forwarded else None
    if content.kind == "text":
        return "text"
    return album_of(content.kind)
