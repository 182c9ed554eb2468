"""The routes: the ways to Telegram, which of them is taken, and when another is."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog
from aiohttp import ClientTimeout

from bot.config import Telegram
from bot.config.routes import parse_route
from bot.telegram.route import TROUBLE, Route

log = structlog.get_logger("routes")


@dataclass(frozen=True, slots=True)
class RouteLimits:
    """How routes are watched, in seconds.

    Each is probed `every` so often, and after a first failure `again` soon; an answer must come within
    `patience`. `strikes` failures in a row make it ill. A better one is returned to after it was well for
    `steady`. Calls on a route that was left may still be answered for `linger`.
    """

    every: float = 5.0
    patience: float = 4.0
    again: float = 1.0
    strikes: int = 2
    steady: float = 20.0
    linger: float = 10.0


LIMITS = RouteLimits()


class TelegramRoutes:
    """The ways to Telegram of one bot in order of preference; `current` is taken for every call."""

    def __init__(
        self,
        routes: Sequence[Route],
        token: str,
        *,
        limits: RouteLimits | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.all = tuple(routes)
        self.current = self.all[0]
        self.returned: Callable[[float], Awaitable[None]] | None = None
        """Told for how many seconds there was no way to Telegram, when there is one again."""
        self._token, self._limits, self._clock = token, limits or LIMITS, clock
        self._lost_at: float | None = None
        self._gaps: list[float] = []
        self._bell, self._stopped = asyncio.Event(), asyncio.Event()

    @classmethod
    def of(
        cls,
        settings: Telegram,
        token: str,
        limits: RouteLimits | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> "TelegramRoutes":
        """The routes of a configuration."""
        addresses = [parse_route(route.get_secret_value()) for route in settings.routes]
        return cls(
            [Route(address, settings.api_url) for address in addresses], token, limits=limits, clock=clock
        )

    @property
    def lost_for(self) -> float | None:
        """For how many seconds there has been no way to Telegram; None while there is one."""
        return None if self._lost_at is None else self._clock() - self._lost_at

    def answered(self, route: Route) -> None:
        """A call was answered: its route is well again, or is probed now where there is a choice."""
        if route.ill and len(self.all) == 1:
            self._recover(route)
        elif route.ill:
            self._bell.set()

    def failed(self, route: Route, reason: str) -> None:
        """No connection came about: the route is left at once."""
        self._fall_ill(route, reason)

    def doubt(self, route: Route) -> None:
        """A call went wrong on the way: have the route looked at now."""
        if not route.ill:
            self._bell.set()

    async def run(self) -> None:
        """Probe the routes until stopped; a single one only while it is ill, for there is no choice."""
        while not self._stopped.is_set():
            self._bell.clear()
            if self._watches:
                await self.look()
            await self._tell()
            await self._rest()

    def stop(self) -> None:
        """Probe no more."""
        self._stopped.set()
        self._bell.set()

    @property
    def _watches(self) -> bool:
        return len(self.all) > 1 or self.current.ill

    async def look(self) -> None:
        """Probe every route once, all at the same time."""
        await asyncio.gather(*(self._look_at(route) for route in self.all))

    async def close(self) -> None:
        """Close all connections."""
        for route in self.all:
            await route.close()

    async def _look_at(self, route: Route) -> None:
        reason = await self.probe(route)
        if reason is None:
            self._recover(route)
            return
        route.strikes, route.well_since = route.strikes + 1, None
        if route.strikes >= self._limits.strikes:
            self._fall_ill(route, reason)

    async def probe(self, route: Route) -> str | None:
        """Ask Telegram who we are; the reason if no proper answer came in time, else its latency is kept."""
        begun = self._clock()
        try:
            async with (
                asyncio.timeout(self._limits.patience),
                route.session().post(
                    route.api.api_url(token=self._token, method="getMe"), timeout=ClientTimeout(total=None)
                ) as answer,
            ):
                said = await answer.json(content_type=None)
        except (*TROUBLE, ValueError) as error:
            return type(error).__name__
        if not isinstance(said, dict) or "ok" not in said or answer.status >= 500 or answer.status == 404:
            return f"HTTP {answer.status}"
        route.latency = self._clock() - begun
        return None

    def _recover(self, route: Route) -> None:
        route.ill, route.strikes = False, 0
        if route.well_since is None:
            route.well_since = self._clock()
        self._choose("")

    def _fall_ill(self, route: Route, reason: str) -> None:
        fell = not route.ill
        route.ill, route.well_since = True, None
        if fell:
            self._choose(reason)
            self._bell.set()
            if self.current is not route:  # it may have been left for a better one, with calls still on it
                route.abandon(self._limits.linger)

    def _choose(self, reason: str) -> None:
        """Take the best route: while the present one is well, only a better one that has long been well."""
        before, now = self.current, self._clock()
        if before.ill:
            fit = [each for each in self.all if not each.ill]
            if not fit:
                self._lose(now, reason)
                return
            self.current = min(fit, key=lambda each: each.well_since is None)
            if self.current is not before:
                before.abandon(self._limits.linger)
        else:
            better = self.all[: self.all.index(before)]
            steady = (each for each in better if self._is_steady(each, now))
            self.current = next(steady, before)
        if self._lost_at is not None:
            self._gaps.append(now - self._lost_at)
            self._lost_at = None
            log.info("Telegram can be reached again", route=self.current.name)
            self._bell.set()
        elif self.current is not before and before.ill:
            log.warning("a way to Telegram fails", route=before.name, reason=reason, now=self.current.name)
        elif self.current is not before:
            log.info("a better way to Telegram is well again", route=self.current.name, before=before.name)

    def _is_steady(self, route: Route, now: float) -> bool:
        return (
            not route.ill and route.well_since is not None and now - route.well_since >= self._limits.steady
        )

    def _lose(self, now: float, reason: str) -> None:
        if self._lost_at is None:
            self._lost_at = now
            log.error("there is no way to Telegram", tried=[each.name for each in self.all], reason=reason)

    async def _tell(self) -> None:
        """Say that there is a way again, to whoever wants to know."""
        while self._gaps and self.returned is not None:
            try:
                await self.returned(self._gaps.pop(0))
            except Exception:
                log.exception("nobody could be told that Telegram can be reached again")

    async def _rest(self) -> None:
        """Until the next probe; a doubt about a route brings it forward, but not below `again`."""
        if not self._watches:
            await self._bell.wait()
            return
        await _at_most(self._limits.again, self._stopped)
        if not any(0 < each.strikes < self._limits.strikes for each in self.all):
            await _at_most(self._limits.every - self._limits.again, self._bell)


async def _at_most(seconds: float, event: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return
