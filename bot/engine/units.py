"""A desk at work: units of work on it, each in one transaction."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection

from bot.rooms import DeskRooms
from bot.stores import open_stores
from desk.profile import Profile
from storage.engine.ledger import Ledger
from tickets.answers import Faq

T = TypeVar("T")
Clock = Callable[[], datetime]


class Units:
    """Opens the desk for units of work and rings when they have been committed."""

    def __init__(self, profile: Profile, bot_id: int, faq: Faq, ledger: Ledger, clock: Clock) -> None:
        self.profile, self.bot_id, self.faq, self.clock = profile, bot_id, faq, clock
        self._ledger = ledger
        self.bell = asyncio.Event()
        self.news = True
        """Whether anything may have been posted since the sender last looked."""
        self.written = asyncio.Event()
        """Set once versions of entries have been added and are durable."""

    async def write(self, unit: Callable[[DeskRooms], T]) -> T:
        """Run a unit in one transaction; the bell rings once it is durable."""

        def whole(conn: Connection) -> tuple[T, bool]:
            rooms = self._open(conn)
            return unit(rooms), rooms.stores.versions.added

        result, added = await self._ledger.run(whole)
        self.news = True
        self.bell.set()
        if added:
            self.written.set()
        return result

    async def look(self, unit: Callable[[DeskRooms], T]) -> T:
        """The same for a unit that posts nothing."""
        return await self._ledger.run(lambda conn: unit(self._open(conn)))

    def _open(self, conn: Connection) -> DeskRooms:
        now = self.clock()
        return DeskRooms(self.profile, open_stores(conn, self.profile.desk, self.bot_id, now), self.faq, now)
