"""Time: APScheduler ticks, and what is due is a row that a query finds."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.office import Office
from bot.opened import Opened
from bot.school import KINDS, School
from storage.timers import Due

log = structlog.get_logger("clockwork")

TIMERS_EVERY = 0.5
SWEEP_EVERY = 3600
LATER = timedelta(minutes=1)
KEPT = timedelta(days=2)
"""Handled updates are remembered this long: Telegram repeats one for at most a day."""


class Clockwork:
    """The ticks of one desk."""

    def __init__(self, office: Office, school: School) -> None:
        self._office, self._school = office, school
        self._ticking = asyncio.Lock()
        self._stopped = False

    def wind(self, scheduler: AsyncIOScheduler) -> None:
        """Add this desk's ticks; one that was missed is simply made up for by the next."""
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
        """Let a tick that has begun end, and begin no other."""
        self._stopped = True
        async with self._ticking:
            await self._school.stop()

    async def _tick(self, tick: Callable[[], Awaitable[None]]) -> None:
        async with self._ticking:
            if not self._stopped:
                await tick()

    async def timers(self) -> None:
        """Act on what is due."""
        due_now = await self._office.read(lambda opened: opened.books.timers.due(opened.now))
        for due in due_now:
            if due.kind in KINDS:
                self._school.begin(due)
                continue
            try:
                await self._office.run(partial(_act, due))
            except Exception:
                log.exception("a timer failed; it is put off", kind=due.kind, subject=due.subject)
                await self._office.run(partial(_put_off, due))

    async def sweep(self) -> None:
        """Forget handled updates that Telegram cannot repeat any more."""
        await self._office.read(lambda opened: opened.books.inbox.sweep(opened.now - KEPT))


def _put_off(due: Due, opened: Opened) -> None:
    """Later, so that the others do not wait behind it."""
    opened.books.timers.set(due.kind, due.subject, opened.now + LATER)


def _act(due: Due, opened: Opened) -> None:
    if not opened.books.timers.done(due.id):
        return
    match due.kind:
        case "survey":
            opened.ratings.ask(due.subject)
        case "topics":
            opened.forget_forum()
        case "uncertain":
            opened.alarm.to_managers("alert.uncertain", n=opened.books.outbox.counts()["uncertain"])
        case other:
            log.error("a timer of a kind nobody knows", kind=other)
