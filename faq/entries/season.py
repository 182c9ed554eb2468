"""A part of every year, such as the weeks around New Year."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

_SEASON = re.compile(r"(\d\d)-(\d\d)\s*\.\.\s*(\d\d)-(\d\d)", re.ASCII)
_LEAP_YEAR = 2000
"""Knows every day that a year may have."""


@dataclass(frozen=True, slots=True)
class Season:
    """From the first day to the last, both included, as (month, day); it may run over New Year."""

    first: tuple[int, int]
    last: tuple[int, int]

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """A season written `12-01..01-15`, or None for anything else."""
        found = _SEASON.fullmatch(text)
        if found is None:
            return None
        month, day, last_month, last_day = map(int, found.groups())
        if _is_day(month, day) and _is_day(last_month, last_day):
            return cls((month, day), (last_month, last_day))
        return None

    def __str__(self) -> str:
        (month, day), (last_month, last_day) = self.first, self.last
        return f"{month:02}-{day:02}..{last_month:02}-{last_day:02}"

    def __contains__(self, day: date) -> bool:
        today = day.month, day.day
        if self.first <= self.last:
            return self.first <= today <= self.last
        return today >= self.first or today <= self.last


def _is_day(month: int, day: int) -> bool:
    try:
        date(_LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True
