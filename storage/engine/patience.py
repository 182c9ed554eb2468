"""A database that is waited for: while it is away, locked, mute or full, work waits and is tried again."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeVar

from storage.engine.ledger import CommitInDoubtError, Engine, Unit
from storage.engine.trouble import StorageTrouble, trouble_of, unusable

T = TypeVar("T")

FIRST_PAUSE, LONGEST_PAUSE = 0.1, 2.0
MUTE_AFTER = 10.0
"""Seconds after which a transaction that has not ended is said to wait for the database."""


class TroubleHearer(Protocol):
    """Is told of the database's troubles, once each."""

    def begun(self, trouble: StorageTrouble) -> None:
        """Everything waits for the database, for this reason."""

    def over(self, trouble: StorageTrouble, seconds: float) -> None:
        """It works again, after so long."""


class PatientEngine:
    """An engine that waits while its database is in trouble, and opens it anew where that helps.

    Whoever wants something waits with it, and learns nothing of the trouble: it is never theirs. Only what
    waiting cannot heal is raised, as StorageUnusableError.
    """

    def __init__(self, opening: Callable[[], Awaitable[Engine]], hearer: TroubleHearer) -> None:
        self._opening, self._hearer = opening, hearer
        self._engine: Engine | None = None
        self._begun_with_success = False
        self.trouble: StorageTrouble | None = None
        """What is wrong now; None while all is well."""
        self._since = 0.0

    @property
    def troubled_for(self) -> float:
        """Seconds since the trouble began; 0 while all is well."""
        return 0.0 if self.trouble is None else time.monotonic() - self._since

    async def transact(self, work: Unit[T], *, unlimited: bool = False) -> T:
        """Run the work in one transaction as soon as the database lets us."""
        doubt: CommitInDoubtError | None = None
        pause = FIRST_PAUSE
        while True:
            notice = asyncio.get_running_loop().call_later(MUTE_AFTER, self._notice, StorageTrouble.MUTE)
            try:
                result: T = await self._once(work, doubt, unlimited=unlimited)
            except Exception as error:
                doubt = error if isinstance(error, CommitInDoubtError) else doubt
                self._judge(error)
            else:
                self._well()
                return result
            finally:
                notice.cancel()
            await asyncio.sleep(pause)
            pause = min(LONGEST_PAUSE, pause * 2)

    async def close(self) -> None:
        """Close the database, if it is open."""
        engine, self._engine = self._engine, None
        if engine is not None:
            await engine.close()

    async def _once(self, work: Unit[T], doubt: CommitInDoubtError | None, *, unlimited: bool) -> Any:
        if self._engine is None:
            self._engine = await self._opening()
        if doubt is not None and await doubt.stands():
            return doubt.result
        return await self._engine.transact(work, unlimited=unlimited)

    def _judge(self, error: Exception) -> None:
        """Note the trouble that an error comes from; raise what is none."""
        hopeless = unusable(error, at_start=not self._begun_with_success)
        if hopeless is not None:
            raise hopeless from error
        trouble = trouble_of(error)
        if trouble is None:
            raise error
        self._notice(trouble)

    def _notice(self, trouble: StorageTrouble) -> None:
        if self.trouble is None:
            self.trouble, self._since = trouble, time.monotonic()
            self._hearer.begun(trouble)

    def _well(self) -> None:
        self._begun_with_success = True
        trouble, seconds = self.trouble, self.troubled_for
        if trouble is not None:
            self.trouble = None
            self._hearer.over(trouble, seconds)
