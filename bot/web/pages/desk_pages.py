"""The pages of one desk: a picture read now and then, and what was drawn from it, kept until it changes."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import structlog

from bot.engine.telling import describe
from bot.engine.units import Units
from bot.rooms.desk_rooms import DeskRooms
from bot.web.pages.drawing import ALWAYS, draw, tells_the_time
from bot.web.pages.kept_page import KeptPage
from broadcasts.feeds.painting import PublicPlace, paint
from broadcasts.feeds.picture import Picture

log = structlog.get_logger("web")

LOOK_AFTER = 10.0
"""Seconds after which whoever asks makes us look again, for what another process may have told."""
FIRST = 5.0
"""Seconds for which the first visitors wait until there is a picture at all."""
STALE = 300.0
"""Seconds after which a picture that could not be taken anew is not given to machines any more."""


class DeskPages:
    """Draws what a desk shows, once for everybody; nobody waits for the database but the first to come."""

    def __init__(self, place: Callable[[], PublicPlace]) -> None:
        self._place = place
        self._units: Units | None = None
        self._picture: Picture | None = None
        self._kept: dict[tuple[str, str], KeptPage] = {}
        self._aged: Picture | None = None
        self._aged_at = 0.0
        self._looked_at, self._taken_at, self._changes = -LOOK_AFTER, 0.0, 0
        self._looking: asyncio.Task[None] | None = None

    def begin(self, units: Units) -> None:
        """Read the desk by these from now on."""
        self._units = units
        units.on_incidents.append(self.changed)

    def changed(self) -> None:
        """Something was told: look at once, before anybody asks."""
        self._changes += 1
        self._look()

    async def page(self, path: str, wanted: Sequence[str]) -> KeptPage | None:
        """A page in the first language of the wanted that we speak; None if there is no such page."""
        picture = await self._now()
        if picture.stale_since is not None and not (tells_the_time(path) or path in ALWAYS):
            raise NothingToShowError
        key = (path, self._spoken(picture, wanted))
        if key not in self._kept:
            drawn = draw(picture, *key)
            if drawn is None:
                return None
            self._kept[key] = drawn
        return self._kept[key]

    @staticmethod
    def _spoken(picture: Picture, wanted: Sequence[str]) -> str:
        spoken = (picture.texts.best(each, default="") for each in wanted)
        return next(filter(None, spoken), picture.language)

    async def _now(self) -> Picture:
        if time.monotonic() - self._looked_at >= LOOK_AFTER:
            self._look()
        if self._picture is None and self._looking is not None:
            await asyncio.wait({self._looking}, timeout=FIRST)
        if self._picture is None or self._units is None:
            raise NothingToShowError
        if time.monotonic() - max(self._taken_at, self._aged_at) > STALE:
            self._aged, self._aged_at = self._picture.aged(self._units.clock()), time.monotonic()
            self._forget(lambda path: True)
        return self._aged or self._picture

    def _look(self) -> None:
        if self._units is not None and (self._looking is None or self._looking.done()):
            self._looking = asyncio.create_task(self._take(self._units), name="picture")

    async def _take(self, units: Units) -> None:
        """Take a picture, and another if something was told meanwhile."""
        seen = -1
        while seen != self._changes:
            seen, self._looked_at, place = self._changes, time.monotonic(), self._place()

            def look(rooms: DeskRooms, place: PublicPlace = place) -> Picture:
                stores = rooms.stores
                return paint(rooms.profile, stores.incidents, stores.presence, rooms.now, place)

            try:
                self._keep(await units.look(look))
            except Exception as error:
                log.warning("no picture could be taken for the status page", error=describe(error))
                return

    def _keep(self, new: Picture) -> None:
        """What was drawn stays if nothing has changed; what tells the time goes with each minute."""
        old, self._picture, self._taken_at = self._picture, new, time.monotonic()
        if old is None or self._aged is not None or replace(new, taken_at=old.taken_at) != old:
            self._forget(lambda path: True)
        elif new.taken_at.replace(second=0, microsecond=0) > old.taken_at:
            self._forget(tells_the_time)
        self._aged = None

    def _forget(self, which: Callable[[str], bool]) -> None:
        self._kept = {key: page for key, page in self._kept.items() if not which(key[0])}


class NothingToShowError(Exception):
    """The desk could not be looked at, or not for long."""
