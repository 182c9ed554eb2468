"""Another process with the same token, as our own sees it: a row in the database that it may move."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import Connection

from storage.engine.engines import open_engine
from storage.engine.ledger import Ledger
from storage.leases import LeaseHolder, LeaseStore
from tests.stories.conftest import Scene

T = TypeVar("T")
THERE = LeaseHolder("there", "shop-2, process 9", "another-boot pid:[1] 9 100")


class Elsewhere:
    """A process of another machine."""

    def __init__(self, ledger: Ledger, bot_id: int) -> None:
        self._ledger, self._bot_id = ledger, bot_id
        self._beating: asyncio.Task[None] | None = None

    async def takes(self) -> int | None:
        """It takes the lease, whoever has it, and lives."""
        term = await self._run(lambda leases: leases.take(leases.now(), THERE, "main", datetime.now(UTC)))
        self._beating = asyncio.create_task(self._beat())
        return term

    async def falls_silent(self) -> None:
        """It says no more that it lives."""
        if self._beating is not None:
            self._beating.cancel()
            with suppress(asyncio.CancelledError):
                await self._beating

    async def stops(self) -> None:
        """It ends in good order."""
        await self.falls_silent()
        await self._run(lambda leases: leases.release(THERE.word))

    async def term(self) -> int:
        """Which term it is by now."""
        row = await self._run(lambda leases: leases.now())
        return 0 if row is None else row.term

    async def _beat(self) -> None:
        while await self._run(lambda leases: leases.beat(THERE.word)):  # noqa: ASYNC110 - a heart, no wait
            await asyncio.sleep(0.1)

    async def _run(self, unit: Callable[[LeaseStore], T]) -> T:
        def whole(conn: Connection) -> T:
            return unit(LeaseStore(conn, self._bot_id))

        return await self._ledger.run(whole)


@asynccontextmanager
async def elsewhere(scene: Scene) -> AsyncIterator[Elsewhere]:
    """Another machine that shares the scene's database."""
    ledger = Ledger(await open_engine(scene.settings().storage.url))
    other = Elsewhere(ledger, scene.bot.id)
    try:
        yield other
    finally:
        await other.falls_silent()
        await ledger.close()
