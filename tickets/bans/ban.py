"""The ban: who must not write to the desk, since when, why, and by whose decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from tickets.ticket import Message

KEPT = timedelta(days=1)
"""What is written during a ban is kept this long, for the case that the ban is undone."""
MOST_KEPT = 1000
"""No more of one person's messages are kept; those beyond are counted and named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ban:
    """One ban of one customer; it stands until it is lifted. `unkept` messages were too many to keep."""

    id: int
    customer_id: int
    reason: str
    by_name: str
    at: datetime
    unkept: int = 0
    lifted_at: datetime | None = None


class Bans(Protocol):
    """The bans of one desk; at most one of a customer stands."""

    def of(self, customer_id: int) -> Ban | None:
        """The customer's standing ban."""

    def get(self, ban_id: int) -> Ban | None:
        """By our own id, lifted or not."""

    def add(self, customer_id: int, reason: str, *, by_id: int, by_name: str, at: datetime) -> Ban:
        """Insert a ban."""

    def lift(self, ban_id: int, *, by_id: int, by_name: str, at: datetime) -> None:
        """Note that it was undone."""

    def overflow(self, ban_id: int) -> None:
        """Count a message that was too many to keep."""

    def count(self) -> int:
        """How many bans stand."""

    def standing(self, limit: int, skip: int = 0) -> Sequence[Ban]:
        """The standing bans, newest first."""


class Held(Protocol):
    """The messages that banned customers of one desk have written, until they are delivered or swept."""

    def of(self, customer_id: int) -> Sequence[Message]:
        """The customer's held messages, oldest first."""

    def count(self, customer_id: int) -> int:
        """How many there are."""

    def hold(self, message_ids: Sequence[int]) -> None:
        """Take kept messages of the customer out of their ticket, and hold them."""

    def release(self, message_ids: Sequence[int], ticket_id: int) -> None:
        """Put held messages under a ticket, as the customer's."""

    def sweep(self, customer_id: int, before: datetime) -> datetime | None:
        """Delete what was written before a time; returns when the oldest of the rest was."""


class Undelivered(Protocol):
    """The parcels that wait to be sent, as much of them as a ban needs."""

    def withdraw(self, customer_id: int, ticket_id: int) -> Sequence[tuple[str, int]]:
        """Delete what waits of the customer's messages of a ticket: "carry" or "amend", with each message."""
