"""A desk at work: units of work on it, each in one transaction."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection

from bot.opened import Opened
from bot.stores import open_books
from storage.ledger import Ledger
from tickets.answers import Faq
from tickets.profile import Profile

T = TypeVar("T")
Clock = Callable[[], datetime]


class Office:
    """Opens the desk for units of work and rings when they have been committed."""

    def __init__(self, profile: Profile, bot_id: int, faq: Faq, ledger: Ledger, clock: Clock) -> None:
        self.profile, self.bot_id, self.faq, self.clock = profile, bot_id, faq, clock
        self._ledger = ledger
        self.bell = asyncio.Event()
        self.news = True
        """Whether anything may have been posted since the courier last looked."""
        self.written = asyncio.Event()
        """Set once versions of entries have been added and are durable."""

    async def run(self, unit: Callable[[Opened], T]) -> T:
        """Run a unit in one transaction; the bell rings once it is durable."""

        def whole(conn: Connection) -> tuple[T, bool]:
            opened = self._open(conn)
            return unit(opened), opened.books.versions.added

        result, added = await self._ledger.run(whole)
        self.news = True
        self.bell.set()
        if added:
            self.written.set()
        return result

    async def read(self, unit: Callable[[Opened], T]) -> T:
        """The same for a unit that posts nothing."""
        return await self._ledger.run(lambda conn: unit(self._open(conn)))

    def _open(self, conn: Connection) -> Opened:
        now = self.clock()
        return Opened(self.profile, open_books(conn, self.profile.desk, self.bot_id, now), self.faq, now)
