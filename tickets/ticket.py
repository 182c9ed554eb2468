"""The ticket: one matter until it is closed, at most one open per customer."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal, Protocol

from desk.content import Content
from desk.people import Customer, Operator


class TicketState(StrEnum):
    """Where a ticket stands."""

    OPEN = "open"
    TAKEN = "taken"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """One customer's matter."""

    id: int
    number: int
    customer_id: int
    operator_id: int | None = None
    operator_name: str | None = None
    complaint: bool = False
    urgent: bool = False
    payload: str | None = None
    opened_at: datetime
    first_reply_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def state(self) -> TicketState:
        """Closed, taken by somebody, or waiting for anybody."""
        if self.closed_at is not None:
            return TicketState.CLOSED
        return TicketState.OPEN if self.operator_id is None else TicketState.TAKEN


class Tickets(Protocol):
    """The tickets of one desk."""

    def open_of(self, customer_id: int) -> Ticket | None:
        """The customer's open ticket."""

    def is_open_for(self, telegram_id: int) -> bool:
        """Whether this person has an open ticket."""

    def last_of(self, customer_id: int) -> Ticket | None:
        """The customer's open ticket, else the newest: an older one may have been opened again."""

    def get(self, ticket_id: int) -> Ticket | None:
        """By our own id."""

    def count_of(self, customer_id: int) -> int:
        """How many tickets the customer has had."""

    def waits(self, since: datetime) -> Sequence[float]:
        """Seconds from opening to the first reply, of those replied to since."""

    def open(self, customer_id: int, *, at: datetime, payload: str | None, complaint: bool) -> Ticket:
        """Insert a ticket with the desk's next number."""

    def take(self, ticket_id: int, operator: Operator) -> None:
        """Make it this operator's."""

    def first_reply(self, ticket_id: int, at: datetime) -> None:
        """Note when an operator answered for the first time."""

    def complain(self, ticket_id: int) -> None:
        """Mark it as a complaint."""

    def hurry(self, ticket_id: int) -> None:
        """Mark it as one that goes first, until it is closed."""

    def came_by(self, ticket_id: int, payload: str) -> None:
        """Set the deep link it belongs to."""

    def close(self, ticket_id: int, at: datetime) -> None:
        """Note when it was closed."""

    def reopen(self, ticket_id: int) -> None:
        """Take the closing back; a customer may have only one open ticket."""


class FollowUp(Protocol):
    """What a customer gets after a ticket was closed."""

    def closed(self, ticket: Ticket, customer: Customer, *, after: timedelta) -> None:
        """A ticket has just been closed; what was said last takes so long to arrive."""

    def call_off(self, ticket: Ticket) -> None:
        """A ticket has been closed of which the customer is to hear nothing more."""


Author = Literal["customer", "operator", "bot", "note", "held"]
"""`held`: a customer, while a ban stood; such a message is nobody's until the ban is undone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of a customer, an operator or the bot, as it is kept."""

    id: int
    customer_id: int
    ticket_id: int | None
    author: Author
    operator_id: int | None = None
    content: Content
    at: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """A message by its chat and its id there."""

    chat_id: int
    telegram_id: int


class Messages(Protocol):
    """The kept messages of one desk, and the places of each and its copies."""

    def keep(
        self,
        *,
        customer_id: int,
        ticket_id: int | None,
        author: Author,
        content: Content,
        at: datetime,
        operator_id: int | None = None,
        original: Place | None = None,
    ) -> Message:
        """Insert a message, with the place where it was written."""

    def places(self, message_id: int) -> Sequence[Place]:
        """Everywhere the message stands, the original first."""

    def get(self, ids: Sequence[int]) -> Sequence[Message]:
        """By our own ids, oldest first."""

    def find(self, place: Place) -> Sequence[Message]:
        """The messages shown at a place: several where a burst went as one; oldest first."""

    def unpair(self, message_id: int, chat_id: int) -> None:
        """Forget the message's copies in that chat."""

    def pair(self, message_id: int, place: Place, *, original: bool = False) -> None:
        """Note where a copy of the message stands."""

    def rewrite(self, message_id: int, content: Content) -> None:
        """Set the new content of an edited message."""

    def adopt(self, message_ids: Sequence[int], ticket_id: int | None) -> None:
        """Put messages that were written before it under a ticket; None takes them out of theirs."""

    def lately(self, customer_id: int, since: datetime, limit: int) -> Sequence[Message]:
        """The newest messages that the customer has written since then, oldest first."""

    def unheard(self, customer_id: int, since: datetime) -> Sequence[Message]:
        """The customer's messages that stand under no ticket and were not helped by the FAQ."""

    def under(self, customer_id: int, ticket_id: int) -> Sequence[Message]:
        """Everything written under a ticket of the customer, oldest first."""

    def last_reply(self, customer_id: int, operator_id: int) -> Message | None:
        """The operator's newest reply to the customer that has not been taken back."""


class Operators(Protocol):
    """The operators of one desk, as they were seen writing in the group."""

    def meet(self, operator: Operator, at: datetime) -> None:
        """Remember the name and username."""

    def here(self, since: datetime) -> int:
        """How many operators have been seen since that time."""

    def knows(self, telegram_ids: Collection[int]) -> bool:
        """Whether any of these people is an operator."""

    def usernames(self) -> frozenset[str]:
        """The operators' usernames in small letters, without @."""
