"""Timers: something due later, kept as a row with its time."""

from datetime import datetime
from typing import Protocol


class Timers(Protocol):
    """The timers of one desk: at most one of a kind for a subject."""

    def set(self, kind: str, subject: int, at: datetime) -> None:
        """Set or move a timer."""

    def when(self, kind: str, subject: int) -> datetime | None:
        """When a timer is due; None if it is not set."""

    def clear(self, kind: str, subject: int) -> None:
        """Delete a timer if it is set."""


class Timed(Protocol):
    """A room that acts on timers whose kinds it names in DUE."""

    DUE: frozenset[str]

    def due(self, kind: str, subject: int) -> None:
        """Act on a timer whose time has come."""
