"""One desk, term after term: it stands by, works, and stands by again once another process took over."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from datetime import UTC
from typing import Any, TypeVar

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.desk_at_work import DeskAtWork
from bot.health.watch import Watch
from bot.web.opening import WebDoor

T = TypeVar("T")

log = structlog.get_logger("app")

ENDING = 1.0
"""Seconds for the last ticks to end, and for the lease to be given back."""


class DeskTerms:
    """Serves one desk while its lease is ours; what one term held in memory is gone in the next."""

    def __init__(self, make: Callable[[], DeskAtWork], door: WebDoor, watch: Watch, *, polling: bool) -> None:
        self._make, self._door, self._watch, self._polling = make, door, watch, polling
        self.desk = make()
        self._standing_by = False
        self.settled = asyncio.Event()
        """Set once the desk works or stands by."""

    @property
    def name(self) -> str:
        """The desk's name."""
        return self.desk.units.profile.desk

    async def say_mended(self) -> None:
        """Tell managers that the database's file had vanished and is back, if we are the one to tell them."""
        if not self.desk.lease.standing_by:
            await self.desk.say_mended()

    @property
    def at_work(self) -> bool:
        """Whether we serve it, and no other process."""
        return self.settled.is_set() and not self._standing_by

    async def say_no_backup(self, reason: str, params: Mapping[str, object]) -> None:
        """Tell managers that no backup could be made, and why."""
        if self.at_work:
            desk = self.desk.units.profile
            why = desk.texts.plain(reason, desk.language, **params)
            await self.desk.units.write(
                lambda rooms: rooms.shared.alarm.to_managers("alert.backup_failed", reason=why)
            )

    def tell(self, key: str, /) -> None:
        """Tell managers straight away that something is wrong, unless another process is there to do so."""
        if not self._standing_by:
            self.desk.straight.tell(key)

    def over(self, key: str, said: str, seconds: float) -> None:
        """Tell those who heard of it that it is over."""
        self.desk.straight.over(key, said, seconds)

    async def serve(self, stop: asyncio.Event) -> None:
        """Serve until told to stop; what fails here stops the other desks in good order too."""
        try:
            while True:
                try:
                    await self._term(self.desk, stop)
                finally:
                    await self._end(self.desk)
                if stop.is_set():
                    return
                self.desk = self._make()
                self._watch.sees(self.desk.health)
        finally:
            stop.set()

    async def close(self) -> None:
        """Hang up, also if it was never served."""
        await self.desk.close()

    async def _term(self, desk: DeskAtWork, stop: asyncio.Event) -> None:
        """Stand by until the lease is ours, then work until it is not, or until we are told to stop."""
        desk.lease.on_standby = self._stands_by
        self._door.shows(self.name, desk.units, desk.bot)
        await unless(stop, desk.lease.take())
        self._standing_by = False
        if stop.is_set():
            return
        await unless(stop, desk.open())
        if stop.is_set() or desk.lease.over:
            return
        self._watch.sees(desk.health)
        scheduler = AsyncIOScheduler(timezone=UTC)
        desk.ticker.wind(scheduler)
        scheduler.start()
        try:
            with self._door.open_for(self.name, desk.intake, desk.client, desk.units, desk.health.tally):
                log.info("at work", desk=self.name)
                self.settled.set()
                await desk.work(stop, polling=self._polling)
        finally:
            scheduler.shutdown(wait=False)

    def _stands_by(self) -> None:
        self._standing_by = True
        self._door.shut_for(self.name)
        self.settled.set()

    async def _end(self, desk: DeskAtWork) -> None:
        """End what the term has begun, and give the lease back; a database that is away is not waited for."""
        with suppress(TimeoutError):
            async with asyncio.timeout(ENDING):
                await desk.ticker.stop()
                await desk.lease.release()
        desk.lease.end()
        await desk.close()


async def unless(stop: asyncio.Event, wanted: Coroutine[Any, Any, T]) -> T | None:
    """The result of what is wanted; None if we are told to stop before it is there, or if it was given up."""
    begun, stopped = asyncio.ensure_future(wanted), asyncio.ensure_future(stop.wait())
    await asyncio.wait({begun, stopped}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if not begun.done():
        begun.cancel()
        await asyncio.wait({begun})
        return None
    return None if begun.cancelled() else begun.result()
