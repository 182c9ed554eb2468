"""The ledger: runs units of work in order, several to a commit, each whole or not at all.

A unit is a plain function on a SQLAlchemy Core connection. On SQLite a whole group of them takes one hop to
the database's thread; on PostgreSQL it runs through `run_sync`. There is one writer, so commits come in the
order in which the units were handed over.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection

T = TypeVar("T")
Unit = Callable[[Connection], T]
Settled = tuple[bool, Any]
"""(True, what the unit returned) or (False, the exception it raised)."""

GROUP = 64
CLOSING, GIVING_UP = 1.0, 0.5
"""Seconds that the last units, and the database after them, have to end; and those that do not, to let go."""


class CommitInDoubtError(Exception):
    """The connection was lost while a transaction was being committed.

    `result` is what the work returned, and holds if the commit `stands`, which the database knows later.
    """

    def __init__(self, result: object, stands: Callable[[], Awaitable[bool]]) -> None:
        super().__init__("a commit was not confirmed")
        self.result, self.stands = result, stands


class Engine(Protocol):
    """One database behind one writing connection."""

    async def transact(self, work: Unit[T], *, unlimited: bool = False) -> T:
        """Run the work in one transaction and commit it durably; migrations may take `unlimited` time."""

    async def close(self) -> None:
        """Let go of the database."""


class Ledger:
    """The one writer; units that wait together share a commit."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: deque[tuple[Unit[Any], asyncio.Future[Any]]] = deque()
        self._worker: asyncio.Task[None] | None = None

    async def run(self, unit: Unit[T]) -> T:
        """Run one unit and return its result once it is durable; its exception leaves nothing behind."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((unit, future))
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._drain(), name="ledger")
        return await future

    async def run_alone(self, unit: Unit[T]) -> T:
        """Run a long unit beside no other: a migration."""
        return await self._engine.transact(unit, unlimited=True)

    async def close(self) -> None:
        """Finish what was handed over, then close the database; neither is waited for without an end."""
        if self._worker is not None and not self._worker.done():
            await asyncio.wait({self._worker}, timeout=CLOSING)
            self._worker.cancel()
            await asyncio.wait({self._worker}, timeout=GIVING_UP)
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSING):
                await self._engine.close()

    async def _drain(self) -> None:
        while self._waiting:
            group = [self._waiting.popleft() for _ in range(min(GROUP, len(self._waiting)))]
            settled = await self._settle([unit for unit, _ in group])
            for (_, future), (well, value) in zip(group, settled, strict=True):
                if future.done():  # whoever asked has gone away; the work itself stands
                    continue
                if well:
                    future.set_result(value)
                else:
                    future.set_exception(value)

    async def _settle(self, units: Sequence[Unit[Any]]) -> list[Settled]:
        try:
            results = await self._engine.transact(lambda conn: [unit(conn) for unit in units])
        except Exception as problem:
            if len(units) == 1:
                return [(False, problem)]
            # One bad unit must not take its neighbours along: each goes alone, in the same order.
            return [(await self._settle([unit]))[0] for unit in units]
        return [(True, result) for result in results]
