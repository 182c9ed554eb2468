"""The ticker: APScheduler calls it now and then, and it acts on the timers that are due."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import Protocol

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.engine.units import Units
from bot.rooms.desk_rooms import DeskRooms
from storage.timers import Due

log = structlog.get_logger("ticker")

TIMERS_EVERY = 0.5
SWEEP_EVERY = 3600
LATER = timedelta(minutes=1)
KEPT = timedelta(days=2)
"""Handled updates are remembered this long: Telegram repeats one for at most a day."""


class SlowWork(Protocol):
    """Work that takes too long for a tick: it is begun by a timer and goes on beside everything else."""

    DUE: frozenset[str]

    def begin(self, due: Due) -> None:
        """Act on a timer, unless the last work is still going on: then the timer waits for a later tick."""

    async def stop(self) -> None:
        """Finish what has begun."""


class Ticker:
    """Looks for one desk's due timers and sweeps its inbox."""

    def __init__(self, units: Units, slow: SlowWork) -> None:
        self._units, self._slow = units, slow
        self._ticking = asyncio.Lock()
        self._stopped = False

    def wind(self, scheduler: AsyncIOScheduler) -> None:
        """Add this desk's jobs to the scheduler; a missed tick is left out, the next does its work."""
        for tick, seconds in ((self.timers, TIMERS_EVERY), (self.sweep, SWEEP_EVERY)):
            scheduler.add_job(
                self._tick,
                "interval",
                args=[tick],
                seconds=seconds,
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
            )

    async def stop(self) -> None:
        """Wait for a tick that has begun, and begin no other."""
        self._stopped = True
        async with self._ticking:
            await self._slow.stop()

    async def _tick(self, tick: Callable[[], Awaitable[None]]) -> None:
        try:
            async with self._ticking:
                if not self._stopped:
                    await tick()
        except asyncio.CancelledError:
            if not self._stopped:
                raise  # else it waited for a database that is away, and the process ends without it

    async def timers(self) -> None:
        """Run what is due: a lesson or digest in the background, any other timer in a unit of work."""
        due_now = await self._units.look(lambda rooms: rooms.stores.timers.due(rooms.now))
        for due in due_now:
            if due.kind in self._slow.DUE:
                self._slow.begin(due)
                continue
            try:
                await self._units.write(partial(_act, due))
            except Exception:
                log.exception("a timer failed; it is put off", kind=due.kind, subject=due.subject)
                await self._units.write(partial(_put_off, due))

    async def sweep(self) -> None:
        """Delete handled updates that Telegram cannot send again any more."""
        await self._units.write(lambda rooms: rooms.stores.inbox.sweep(rooms.now - KEPT))


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
