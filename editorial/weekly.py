"""A moment that comes back every week, by the desk's own clock."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from desk.hours import DAYS

_MOMENT = re.compile(r"([a-z]{3}) (\d{1,2}:\d\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Weekly:
    """A weekday (0 is Monday) and a time of day."""

    weekday: int
    clock: time

    @classmethod
    def parse(cls, text: str) -> "Weekly | None":
        """Read "mon 10:00"; None for an empty text, ValueError for anything else."""
        said = text.strip().lower()
        if not said:
            return None
        found = _MOMENT.fullmatch(said)
        if found is None or found[1] not in DAYS:
            raise ValueError(f"{text!r} is not like 'mon 10:00'")
        return cls(DAYS.index(found[1]), time.fromisoformat(found[2].zfill(5)))

    def after(self, moment: datetime, zone: tzinfo) -> datetime:
        """The first such moment after another; a clock that is put forward over it makes it an hour later."""
        local = moment.astimezone(zone)
        ahead = (self.weekday - local.weekday()) % 7
        found = datetime.combine(local.date() + timedelta(days=ahead), self.clock, zone)
        if found <= local:
            found = datetime.combine(found.date() + timedelta(days=7), self.clock, zone)
        return found
