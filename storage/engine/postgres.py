"""PostgreSQL as a storage engine; imported only where it is used."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection, text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from storage.engine.json_text import json_text
from storage.engine.ledger import CommitInDoubtError
from storage.engine.trouble import trouble_of

T = TypeVar("T")

WE = "otklik"
"""How a process of ours calls itself at the server."""
CONNECTING = 5.0
"""Seconds that a connection may take."""
HANGING_UP = 0.5
"""Seconds that a server may take to say goodbye."""
WHOLE = 20.0
"""Seconds that a transaction may take before its connection is cut: nobody may answer at the other end."""
LIMITS = {
    "lock_timeout": "5s",
    "statement_timeout": "15s",
    "idle_in_transaction_session_timeout": "10s",
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}
"""What the server does by itself, so that a process that stands still holds no lock for long: another process
waits to take over from it (`bot/engine/lease.py`)."""
SETTING = "; ".join(f"SET {name} = '{value}'" for name, value in LIMITS.items())
NO_LIMITS = text(
    "SELECT set_config(name, '0', true) FROM unnest(ARRAY["
    "'lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout']) AS name"
)
NUMBER = text("SELECT txid_current_if_assigned()")
STATUS = text("SELECT txid_status(:number)")


class PostgresEngine:
    """PostgreSQL through asyncpg, one connection for writing, opened anew after it was lost."""

    def __init__(self, url: URL) -> None:
        self._engine: AsyncEngine = create_async_engine(
            url,
            poolclass=NullPool,
            hide_parameters=True,
            json_serializer=json_text,
            connect_args={"timeout": CONNECTING, "server_settings": {"application_name": WE}},
        )
        self._connection: AsyncConnection | None = None
        self._whole = WHOLE

    async def open(self) -> "PostgresEngine":
        """Connect, so that a wrong address is said at the start."""
        await self._connected()
        return self

    async def transact(self, work: Callable[[Connection], T], *, unlimited: bool = False) -> T:
        """Run the work in one transaction. Raises CommitInDoubtError if nobody said whether it stands."""
        return await self._on_connection(
            lambda connection: self._run(connection, work, unlimited=unlimited), limited=not unlimited
        )

    async def close(self) -> None:
        """Hang up; a server that does not answer is not waited for."""
        connection, self._connection = self._connection, None
        if connection is not None:
            raw = _driver(connection)
            try:
                async with asyncio.timeout(HANGING_UP):
                    await connection.close()
            except Exception:  # nobody answers, or a statement that was given up is on its way still
                raw.terminate()
        await self._engine.dispose()

    async def _on_connection(
        self, work: Callable[[AsyncConnection], Awaitable[T]], *, limited: bool = True
    ) -> T:
        """Do something on our connection, which is cut if that takes too long and forgotten if it broke."""
        connection = await self._connected()
        raw = _driver(connection)
        loop = asyncio.get_running_loop()
        limit = loop.call_later(self._whole, self._cut, raw) if limited else None
        try:
            return await work(connection)
        except BaseException as error:
            if raw.is_closed() or not isinstance(error, Exception) or trouble_of(error) is not None:
                await self._drop(raw)
            raise
        finally:
            if limit is not None:
                limit.cancel()

    async def _connected(self) -> AsyncConnection:
        if self._connection is None:
            async with asyncio.timeout(2 * CONNECTING):
                connection = await self._engine.connect()
                raw = _driver(connection)
                try:
                    await raw.execute(SETTING)
                except BaseException:
                    await _forget(connection, raw)
                    raise
            self._connection = connection
        return self._connection

    async def _run(
        self, connection: AsyncConnection, work: Callable[[Connection], T], *, unlimited: bool
    ) -> T:
        transaction = await connection.begin()
        try:
            if unlimited:
                await connection.execute(NO_LIMITS)
            result = await connection.run_sync(work)
            number = await connection.scalar(NUMBER)
        except BaseException:
            with suppress(Exception):  # what is said of a connection that is gone says less than the error
                await transaction.rollback()
            raise
        try:
            await transaction.commit()
        except Exception as error:
            with suppress(Exception):
                await transaction.rollback()
            if number is not None and trouble_of(error) is not None:
                raise CommitInDoubtError(result, partial(self._stands, number)) from error
            raise
        self._whole = WHOLE
        return result

    async def _stands(self, number: int) -> bool:
        """Whether a transaction was committed, asked of the server, over a new connection if need be."""

        async def ask(connection: AsyncConnection) -> str | None:
            status: str | None = await connection.scalar(STATUS, {"number": number})
            await connection.rollback()
            return status

        status = await self._on_connection(ask)
        if status == "in progress":
            raise TimeoutError("the server has not ended that transaction yet")
        return bool(status == "committed")

    def _cut(self, raw: Any) -> None:
        """End a wait that has lasted too long; the next try may take longer, if it was only slow."""
        self._whole = min(self._whole * 2, 8 * WHOLE)
        raw.terminate()

    async def _drop(self, raw: Any) -> None:
        """Forget a connection that is no good any more."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await _forget(connection, raw)


async def _forget(connection: AsyncConnection, raw: Any) -> None:
    """Let go of a connection at once, whatever its server says to that."""
    raw.terminate()
    with suppress(Exception):
        async with asyncio.timeout(1):
            await connection.invalidate()
            await connection.close()


def _driver(connection: AsyncConnection) -> Any:
    """The driver's own connection."""
    return connection.sync_connection.connection.driver_connection  # type: ignore[union-attr]
