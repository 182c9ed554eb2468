"""The ticker: APScheduler calls it now and then, and it acts on the timers that are due."""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

import structlog
from apscheduler.job import Job
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from bot.engine.leaps import Leaps
from bot.engine.lease import TermGone
from bot.engine.units import Units
from bot.rooms.desk_rooms import CALENDAR, DeskRooms
from storage.timers import Due

log = structlog.get_logger("ticker")

TIMERS_EVERY = LOOK_EVERY = 0.5
LATER = timedelta(minutes=1)


class SlowWork(Protocol):
    """Work that takes too long for a tick: it is begun by a timer and goes on beside everything else."""

    DUE: frozenset[str]
    CALENDAR: frozenset[tuple[str, int]]
    """Kinds with their subjects that are due at a time of the calendar, and not after a span."""

    def begin(self, due: Due) -> None:
        """Act on a timer, unless the last work is still going on: then the timer waits for a later tick."""

    async def stop(self) -> None:
        """Finish what has begun."""


class SteadyTrigger(BaseTrigger):  # type: ignore[misc]  # the package has no types
    """A tick so many seconds after the last, whatever the clock showed then: none is made up for."""

    def __init__(self, seconds: float) -> None:
        self._pause = timedelta(seconds=seconds)

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        """The next tick, in the package's words. Its own trigger lists every tick that a leap passes over."""
        return now + self._pause


class Ticker:
    """Looks for one desk's due timers.

    Timers are kept by the clock on the wall. When that is put, those that wait for a span are put along with
    it: they come neither at once nor that much later. What is due by the calendar follows the clock.
    """

    def __init__(self, units: Units, slow: SlowWork, leaps: Leaps) -> None:
        self._units, self._slow, self._leaps = units, slow, leaps
        self._leapt = timedelta(0)
        """How far the clock was put while the timers still stand as they were set before."""
        self._job: Job | None = None
        self._ticking = asyncio.Lock()
        self._stopped = False

    def wind(self, scheduler: AsyncIOScheduler) -> None:
        """Add this desk's job to the scheduler; a missed tick is left out, the next does its work."""
        self._job = scheduler.add_job(
            self._tick,
            SteadyTrigger(TIMERS_EVERY),
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )

    async def watch(self) -> None:
        """Look at the clock again and again: put back, it would leave the scheduler standing still."""
        while not self._stopped:
            await asyncio.sleep(LOOK_EVERY)
            self._look()

    def _look(self) -> None:
        leap = self._leaps.look()
        if not leap:
            return
        how = "forward" if leap > timedelta(0) else "back"
        log.warning(
            f"the machine's clock was put {how}; what waits, waits as long as before", by=str(abs(leap))
        )
        self._leapt += leap
        if self._job is not None:
            self._job.reschedule(SteadyTrigger(TIMERS_EVERY))

    async def stop(self) -> None:
        """Wait for a tick that has begun, and begin no other."""
        self._stopped = True
        async with self._ticking:
            await self._slow.stop()

    async def _tick(self) -> None:
        try:
            async with self._ticking:
                if not self._stopped:
                    with suppress(TermGone):  # whoever has the lease now ticks
                        await self.timers()
        except asyncio.CancelledError:
            if not self._stopped:
                raise  # else it waited for a database that is away, and the process ends without it

    async def timers(self) -> None:
        """Run what is due: a lesson or digest in the background, any other timer in a unit of work."""
        self._look()
        while self._leapt:
            await self._move_along(self._leapt)
        at = self._leaps.at
        due_now = await self._units.look(lambda rooms: rooms.stores.timers.due(at))
        for due in due_now:
            if due.kind in self._slow.DUE:
                self._slow.begin(due)
                continue
            try:
                await self._units.write(partial(_act, due))
            except Exception:
                log.exception("a timer failed; it is put off", kind=due.kind, subject=due.subject)
                await self._units.write(partial(_put_off, due))

    async def _move_along(self, leap: timedelta) -> None:
        """Put the timers that wait for a span as far as the clock was put."""
        calendar = self._slow.CALENDAR
        await self._units.write(lambda rooms: rooms.stores.timers.shift(leap, but=calendar, kinds=CALENDAR))
        self._leapt -= leap


def _put_off(due: Due, rooms: DeskRooms) -> None:
    """Set a timer that failed to a later time, so that other timers do not wait behind it."""
    rooms.stores.timers.set(due.kind, due.subject, rooms.now + LATER)


def _act(due: Due, rooms: DeskRooms) -> None:
    if not rooms.stores.timers.done(due.id):
        return
    room = rooms.due(due.kind)
    if room is None:
        log.error("a timer of a kind nobody knows", kind=due.kind)
    else:
        room.due(due.kind, due.subject)
