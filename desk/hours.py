"""The work hours of a desk."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PERIOD = re.compile(
    r"(?P<first>[a-z]{3})(?:-(?P<last>[a-z]{3}))? (?P<begin>\d\d:\d\d)-(?P<end>\d\d:\d\d)", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Period:
    """A span of one weekday (0 is Monday), from `begin` up to `end`; `end` of None is midnight."""

    weekday: int
    begin: time
    end: time | None


@dataclass(frozen=True, slots=True)
class WorkHours:
    """A week of working periods in the desk's own zone; no periods at all means around the clock."""

    periods: tuple[Period, ...]
    zone: tzinfo

    @classmethod
    def parse(cls, lines: Sequence[str], zone: tzinfo) -> "WorkHours":
        """Read lines such as "mon-fri 09:00-18:00"; ValueError quotes the line that is wrong."""
        return cls(tuple(period for line in lines for period in _periods(line)), zone)

    def open_at(self, moment: datetime) -> bool:
        """Whether the moment lies within work hours."""
        if not self.periods:
            return True
        local = moment.astimezone(self.zone)
        clock = local.time()
        return any(
            period.weekday == local.weekday()
            and period.begin <= clock
            and (period.end is None or clock < period.end)
            for period in self.periods
        )

    def opens_after(self, moment: datetime) -> datetime | None:
        """When the next work hours begin; None if they are going on."""
        if self.open_at(moment):
            return None
        local = moment.astimezone(self.zone)
        openings = [
            datetime.combine(local.date() + timedelta(days=ahead), period.begin, self.zone)
            for ahead in range(8)
            for period in self.periods
            if period.weekday == (local.weekday() + ahead) % 7
        ]
        return min(opening for opening in openings if opening > local)


def _periods(line: str) -> list[Period]:
    found = PERIOD.fullmatch(line.strip().lower())
    if found is None or found["first"] not in DAYS or (found["last"] or "mon") not in DAYS:
        raise ValueError(f"{line!r} is not like 'mon-fri 09:00-18:00'")
    first = DAYS.index(found["first"])
    last = DAYS.index(found["last"]) if found["last"] else first
    try:
        begin = time.fromisoformat(found["begin"])
        end = None if found["end"] in {"24:00", "00:00"} else time.fromisoformat(found["end"])
    except ValueError as error:
        raise ValueError(f"{line!r}: {error}") from error
    if end is not None and end <= begin:
        raise ValueError(f"{line!r} ends before it begins")
    return [Period((first + step) % 7, begin, end) for step in range((last - first) % 7 + 1)]
