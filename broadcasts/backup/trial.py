"""The trial of an address: somebody typed it, and shows by a code from a letter that it is theirs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

PATIENCE = timedelta(minutes=30)
"""For how long an address, and then a code, is waited for."""
DAY = timedelta(days=1)
"""For how long it is remembered how many letters somebody has asked for."""
CODE = "code"
"""What the subject of a letter with a code begins with."""
LETTERS, GUESSES, PEOPLE = 3, 5, 3
"""Letters with codes for a person in a day, guesses at each code, and people who may try the same address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressTrial:
    """How far a customer is with an address for e-mail.

    Without an address one is waited for since `asked_at`; with one, its `code` is. None: nothing is.
    """

    customer_id: int
    asked_at: datetime | None = None
    address: str = ""
    code: str = ""
    guesses: int = 0
    letters: int = 0
    begun_at: datetime

    def waits(self, now: datetime) -> bool:
        """Whether something is waited for still."""
        return self.asked_at is not None and now - self.asked_at <= PATIENCE


class AddressTrials(Protocol):
    """The trials of one desk, at most one of a customer's."""

    def of(self, customer_id: int) -> AddressTrial | None:
        """The customer's; None if they have tried nothing for a day."""

    def keep(self, trial: AddressTrial) -> None:
        """Insert it, or replace the customer's other one."""

    def drop(self, customer_id: int) -> None:
        """Forget it."""

    def tried_by_others(self, address: str, customer_id: int) -> int:
        """How many other customers are trying the address."""
