"""Thanks after closing, in any form: words, a sticker, a GIF, a picture with kind words under it."""

from datetime import datetime

from desk.content import Content
from desk.people import Customer
from faq.understanding.small_talk import SmallTalk, small_talk
from tickets.answers import Answers
from tickets.handling import RECENTLY
from tickets.relay import IncomingMessage, Relay
from tickets.ticket import Messages, Place, Ticket, Tickets

THANKED = "❤"
"""The reaction to thanks that were answered before."""
KIND = frozenset({SmallTalk.THANKS, SmallTalk.PRAISE})
SEEN = frozenset({"photo", "video", "animation", "live_photo"})
"""What words stand under that are only polite; a voice or a file may have more to say."""
PLAYFUL = frozenset({"sticker", "animation", "dice"})
UNKIND = frozenset({SmallTalk.SWEARING, SmallTalk.CALL})
POLITE = KIND | {SmallTalk.FAREWELL, SmallTalk.AGREEMENT, SmallTalk.NOTHING}


class Thanks:
    """Takes thanks for a ticket that was closed within the hour; it stays closed."""

    def __init__(
        self, *, tickets: Tickets, messages: Messages, answers: Answers, relay: Relay, now: datetime
    ) -> None:
        self._tickets, self._messages = tickets, messages
        self._answers, self._relay, self._now = answers, relay, now

    def hear(self, customer: Customer, incoming: IncomingMessage) -> bool:
        """Show thanks in the topic and answer them, once in words; False if it is something else."""
        kind = None if incoming.content.passes_on else thanks_in(incoming.content)
        if kind is None and not _may_go_along(incoming.content):
            return False
        ticket = self._tickets.last_of(customer.id)
        if ticket is None or ticket.closed_at is None or self._now - ticket.closed_at > RECENTLY:
            return False
        kind = kind or self._goes_along(incoming, ticket)
        if kind is None:
            return False
        again = any(
            each.author == "customer" and each.at >= ticket.closed_at
            for each in self._messages.under(customer.id, ticket.id)
        )
        message = self._messages.keep(
            customer_id=customer.id,
            ticket_id=ticket.id,
            author="customer",
            content=incoming.content,
            at=self._now,
            original=incoming.place,
        )
        self._relay.to_operators(customer, message, self._relay.answered(customer, incoming))
        if again:
            self._relay.mark(incoming.place, THANKED)
        else:
            self._answers.chat(customer, kind)
        return True

    def _goes_along(self, incoming: IncomingMessage, ticket: Ticket) -> SmallTalk | None:
        """Thanks, if it belongs to an album whose first picture said so."""
        place, album = incoming.place, incoming.content.album
        before = self._messages.find(Place(place.chat_id, place.telegram_id - 1))
        along = any(each.content.album == album and each.ticket_id == ticket.id for each in before)
        return SmallTalk.THANKS if along else None


def thanks_in(content: Content) -> SmallTalk | None:
    """What kind of thanks it is by itself; None if it may be anything else."""
    if content.kind == "text":
        kind = small_talk(content.text)
        return kind if kind in KIND else None
    if content.kind in SEEN and content.text:
        kind = small_talk(content.text)
        return kind if kind in KIND else SmallTalk.THANKS if kind in POLITE else None
    if content.kind not in PLAYFUL:
        return None
    sign = content.extra.get("emoji", "")
    return None if sign and small_talk(sign) in UNKIND else SmallTalk.THANKS


def _may_go_along(content: Content) -> bool:
    return content.album is not None and not content.text and content.kind in SEEN
