"""Time: APScheduler ticks, and what is due is a row that a query finds."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.office import Office
from bot.opened import Opened
from bot.words import what_is_wrong
from faq.library import Broken, Library, Reloaded
from faq.problem import Problem
from storage.timers import Due

log = structlog.get_logger("clockwork")

TIMERS_EVERY = 0.5
FAQ_EVERY = 1.0
SWEEP_EVERY = 3600
SHOWN_PROBLEMS = 10
LATER = timedelta(minutes=1)
KEPT = timedelta(days=2)
"""Handled updates are remembered this long: Telegram repeats one for at most a day."""


class Clockwork:
    """The ticks of one desk."""

    def __init__(self, office: Office, library: Library) -> None:
        self._office, self._library = office, library
        self._ticking = asyncio.Lock()
        self._stopped = False

    def wind(self, scheduler: AsyncIOScheduler) -> None:
        """Add this desk's ticks; one that was missed is simply made up for by the next."""
        for tick, seconds in ((self.timers, TIMERS_EVERY), (self.faq, FAQ_EVERY), (self.sweep, SWEEP_EVERY)):
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
            return

    async def _tick(self, tick: Callable[[], Awaitable[None]]) -> None:
        async with self._ticking:
            if not self._stopped:
                await tick()

    async def timers(self) -> None:
        """Act on what is due."""
        due_now = await self._office.read(lambda opened: opened.books.timers.due(opened.now))
        for due in due_now:
            try:
                await self._office.run(partial(_act, due))
            except Exception:
                log.exception("a timer failed; it is put off", kind=due.kind, subject=due.subject)
                await self._office.run(partial(_put_off, due))

    async def faq(self) -> None:
        """Take over changed FAQ files; a broken one leaves the last good version and is said aloud."""
        match await asyncio.to_thread(self._library.refresh):
            case Reloaded(count):
                log.info("the FAQ was read anew", entries=count)
            case Broken(problems):
                log.error(
                    "the FAQ cannot be used as it is; the last good version stays", problems=len(problems)
                )
                await self._office.run(partial(_tell_of, problems[:SHOWN_PROBLEMS]))
            case _:
                return

    async def sweep(self) -> None:
        """Forget handled updates that Telegram cannot repeat any more."""
        await self._office.read(lambda opened: opened.books.inbox.sweep(opened.now - KEPT))


def _tell_of(problems: Sequence[Problem], opened: Opened) -> None:
    """Managers hear what is wrong with the FAQ, and where."""
    profile = opened.profile

    def plain(key: str, **params: object) -> str:
        return profile.texts.plain(key, profile.language, **params)

    told = [
        {"file": each.path.name, "line": each.line, "entry": each.entry, "what": what_is_wrong(each, plain)}
        for each in problems
    ]
    opened.alarm.to_managers("alert.faq_broken", problems=told)


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
