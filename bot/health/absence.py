"""Telegram's absence: away when neither our own probes nor any call have been answered for three minutes."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

import structlog

from bot.engine.telling import describe
from bot.engine.units import Units
from bot.telegram.routes import TelegramRoutes

log = structlog.get_logger("absence")

AWAY_AFTER, BACK_AFTER = 180.0, 15.0
"""Seconds without any answer after which Telegram is away, and with answers after which it is there again."""
LOOK_EVERY = 2.0
QUIET, PROBE_EVERY = 10.0, 8.0
"""Seconds without an answer after which Telegram is probed, and between two probes."""


class Pulse(Protocol):
    """What came of calls."""

    @property
    def unanswered_for(self) -> float:
        """For how many seconds none was answered."""


class AbsenceWatch:
    """Looks again and again, and says once that Telegram is away, and once that it is back.

    Either an answer to a call or one to a probe shows that it is there: a quiet desk makes no calls, and a
    probe may have bad luck.
    """

    def __init__(
        self, units: Units, pulse: Pulse, routes: TelegramRoutes, steady: Callable[[], float]
    ) -> None:
        self._units, self._pulse, self._routes, self._steady = units, pulse, routes, steady
        self._away: bool | None = None
        """What the database knows; None before it was asked."""
        self._probed_at: float | None = None
        self._silent_since: float | None = None
        self._well_since: float | None = None

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            try:
                await self.look()
            except Exception as error:
                log.error("nobody could be told how Telegram is", error=describe(error))
            await asyncio.sleep(LOOK_EVERY)

    async def look(self) -> None:
        """Look once."""
        if self._away is None:
            self._away = await self._units.look(lambda rooms: rooms.stores.absences.now() is not None)
        away_for = await self._away_for()
        if away_for is not None:
            self._well_since = None
            if not self._away and away_for >= AWAY_AFTER:
                await self._gone(away_for)
        elif self._away:
            now = self._steady()
            self._well_since = now if self._well_since is None else self._well_since
            if now - self._well_since >= BACK_AFTER:
                await self._back()

    async def _away_for(self) -> float | None:
        """For how many seconds neither a probe nor a call was answered; None if one was."""
        unanswered, now = self._pulse.unanswered_for, self._steady()
        if unanswered < QUIET:
            self._silent_since = None
            return None
        if self._probed_at is None or now - self._probed_at >= PROBE_EVERY:
            reason = await self._routes.probe(self._routes.current)
            self._probed_at = now
            if reason is None:
                self._silent_since = None
            elif self._silent_since is None:
                self._silent_since = now
        return None if self._silent_since is None else min(unanswered, now - self._silent_since)

    async def _gone(self, seconds: float) -> None:
        log.error("Telegram is away; red incidents go by backup channels", seconds=round(seconds))
        span = timedelta(seconds=seconds)
        await self._units.write(lambda rooms: rooms.shared.telling.gone(rooms.now - span))
        self._away = True

    async def _back(self) -> None:
        log.info("Telegram is there again")
        await self._units.write(lambda rooms: rooms.shared.telling.back())
        self._away, self._well_since = False, None
