"""What is due later: a row with a time, that outlives any outage."""

from datetime import datetime
from typing import Protocol


class Timers(Protocol):
    """The timers of one desk, one of a kind for a subject."""

    def set(self, kind: str, subject: int, at: datetime) -> None:
        """Set or move a timer."""


class Timed(Protocol):
    """A room that acts on the timers whose kinds it names in DUE."""

    DUE: frozenset[str]

    def due(self, kind: str, subject: int) -> None:
        """The time has come."""
