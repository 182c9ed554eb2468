"""Sweeping: what is kept no longer goes, by the rules of [retention], in small bites while nobody waits."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog

from bot.config import Retention
from bot.engine.leaps import Leaps
from bot.engine.telling import describe
from bot.engine.units import Units
from bot.rooms.desk_rooms import DeskRooms

log = structlog.get_logger("sweeping")

EVERY = timedelta(hours=1)
"""From the end of one sweep to the next. The database knows it: a restart neither forgets nor repeats one."""
LOOK_EVERY = 60.0
"""Seconds between looks at whether one is due."""
PAUSE, BUSY_PAUSE = 0.1, 0.5
"""Seconds between bites, and between looks at whether people wait still."""
PATIENCE = 60.0
"""Seconds after which even a desk that is never idle spares a bite."""
LEAP, REST = timedelta(hours=1), 24 * 3600.0
"""A clock that leaps farther is not believed for so many seconds: what is deleted stays deleted."""
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class Sweeper:
    """Deletes what one desk keeps no longer."""

    def __init__(self, units: Units, retention: Retention, busy: Callable[[], bool], leaps: Leaps) -> None:
        self._units, self._busy, self._leaps = units, busy, leaps
        self._kept = {kind: timedelta(days=days) for kind, days in retention.days().items() if days}
        self._stopped = asyncio.Event()
        self._believes_from = 0.0

    def stop(self) -> None:
        """Begin no other bite."""
        self._stopped.set()

    async def run(self) -> None:
        """Sweep what is due, again and again, until stopped."""
        while not self._stopped.is_set():
            await self.look()
            await self._wait(LOOK_EVERY)

    async def look(self) -> None:
        """Sweep what is due now."""
        if self._believes_the_clock():
            for kind in self._kept:
                await self._try(kind)

    async def _try(self, kind: str) -> None:
        try:
            if await self._units.look(lambda rooms: _is_due(rooms, kind)):
                await self._sweep(kind)
        except Exception as error:
            log.error("a sweep failed; it is put off", kind=kind, error=describe(error))

    async def _sweep(self, kind: str) -> None:
        """Bite by bite to the end; one that is broken off goes on where it stopped: that is gone already."""
        came_to: datetime | None = BEGINNING
        while came_to is not None:
            await self._until_nobody_waits()
            if self._stopped.is_set() or not self._believes_the_clock():
                return
            came_to = await self._bite(kind, came_to)
            await self._wait(PAUSE)

    async def _bite(self, kind: str, after: datetime) -> datetime | None:
        try:
            return await self._units.write(partial(self._take, kind, after))
        except Exception as error:  # one whose word fails takes no neighbour's along
            log.error("a bite failed; one by one now", kind=kind, error=describe(error))
        try:
            return await self._units.write(partial(self._take, kind, after, most=1))
        except Exception as untold:
            log.error("whoever waited for what is kept no longer could not be told", error=describe(untold))
            return await self._units.write(partial(self._take, kind, after, most=1, tell=False))

    def _take(
        self, kind: str, after: datetime, rooms: DeskRooms, *, most: int | None = None, tell: bool = True
    ) -> datetime | None:
        sweeps = rooms.stores.sweeps
        sweeps.most = most or sweeps.most
        came_to = sweeps.bites[kind](rooms.now - self._kept[kind], after)
        if came_to is None:
            sweeps.ended(kind, rooms.now)
        if sweeps.expired and tell:
            rooms.way_back.expired(sweeps.expired)
        return came_to

    async def _until_nobody_waits(self) -> None:
        ends = time.monotonic() + PATIENCE
        while self._busy() and time.monotonic() < ends and not self._stopped.is_set():
            await self._wait(BUSY_PAUSE)

    def _believes_the_clock(self) -> bool:
        """Whether the clock on the wall went on as it should: after a great leap nothing is old for a day."""
        now = time.monotonic()
        if abs(self._leaps.look()) > LEAP:
            log.info("after such a leap of the clock nothing is swept for a day")
            self._believes_from = now + REST
        return now >= self._believes_from

    async def _wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stopped.wait()
        except TimeoutError:
            return


def _is_due(rooms: DeskRooms, kind: str) -> bool:
    """Whether the last sweep is long ago, or in a future that a wrong clock has seen."""
    last = rooms.stores.sweeps.last(kind)
    return last is None or not rooms.now - EVERY < last <= rooms.now
