"""Whom a notice would reach in private: for who is about to publish it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How many people a notice would reach in private, how many blocked the bot, how long it takes."""

    people: int
    blocked: int = 0
    lasts: timedelta = timedelta(0)


class Reaches(Protocol):
    """Counts whom a notice concerns."""

    def of(self, incident_id: int | None, components: Sequence[str]) -> Reach:
        """The people that a notice of this incident, or of a new one with these components, would reach."""


class NoReach:
    """Where nobody is told in private."""

    def of(self, incident_id: int | None, components: Sequence[str]) -> Reach:
        """No one."""
        return Reach(people=0)
