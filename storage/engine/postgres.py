"""PostgreSQL as a storage engine; imported only where it is used."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

T = TypeVar("T")


class PostgresEngine:
    """PostgreSQL through asyncpg, one connection for writing."""

    def __init__(self, url: URL) -> None:
        self._engine: AsyncEngine = create_async_engine(
            url, pool_size=1, max_overflow=0, pool_pre_ping=True, hide_parameters=True
        )

    async def open(self) -> "PostgresEngine":
        """Connect, so that a wrong address is said at the start."""
        async with self._engine.connect():
            return self

    async def transact(self, work: Callable[[Connection], T]) -> T:
        """Run the work in one transaction."""
        connection: AsyncConnection
        async with self._engine.begin() as connection:
            return await connection.run_sync(work)

    async def close(self) -> None:
        """Return the connections."""
        await self._engine.dispose()
