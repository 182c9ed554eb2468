"""Leaps: the clock on the wall put forward or back, told by a clock that nobody puts."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

LEAST = timedelta(seconds=2)
"""Clocks that are brought into step little by little never part by so much between two looks."""
BREATH = 0.5
"""Seconds after which two clocks that were read one after the other cannot be compared."""


def steady() -> float:
    """Seconds of a clock that only goes on, also while the machine sleeps: a sleep is no leap."""
    also_asleep = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if also_asleep is None else time.clock_gettime(also_asleep)


class Leaps:
    """Compares the clock on the wall with a steady one, look by look."""

    def __init__(self, wall: Callable[[], datetime], steady: Callable[[], float]) -> None:
        self._wall, self._steady = wall, steady
        self._at, self._instant = wall(), steady()
        self._leapt: float | None = None

    @property
    def at(self) -> datetime:
        """What the clock on the wall showed at the last look."""
        return self._at

    def look(self) -> timedelta:
        """How far the clock on the wall was put since the last look; nothing if it was not."""
        instant, at = self._steady(), self._wall()
        if self._steady() - instant > BREATH:
            return timedelta(0)
        leap = at - self._at - timedelta(seconds=instant - self._instant)
        self._at, self._instant = at, instant
        if abs(leap) < LEAST:
            return timedelta(0)
        self._leapt = instant
        return leap

    def within(self, span: timedelta) -> bool:
        """Whether it was put so lately that what it showed then says little of what is old now."""
        return self._leapt is not None and self._instant - self._leapt < span.total_seconds()
