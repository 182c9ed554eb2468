"""The pulse of the database: a look now and then, which nobody ever waits for."""

import asyncio
import time
from typing import Protocol

import structlog

from bot.engine.units import Units
from bot.health.trouble import Trouble
from storage.watching.census import Census, taken

log = structlog.get_logger("health")

SILENT = 3.0
"""Seconds after which a look that was not answered means that the database does not answer."""


class LedgerHealth(Protocol):
    """What the ledger itself knows of its trouble."""

    @property
    def trouble(self) -> str | None:
        """The reason in plain words; None when all is well."""

    @property
    def troubled_for(self) -> float:
        """For how many seconds."""


class DatabasePulse:
    """Takes a desk's census every now and then, one look at a time; what it last saw is at hand at once."""

    def __init__(self, units: Units, ledger: LedgerHealth | None) -> None:
        self._units, self._ledger = units, ledger
        self.census = Census()
        self.seen_at: float | None = None
        self._error = ""
        self._troubled_since: float | None = None
        self._looking: asyncio.Task[None] | None = None

    def look(self) -> None:
        """Begin a look, unless the last one has not been answered yet."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look(), name="census")

    def trouble(self) -> Trouble | None:
        """What is wrong with the database; None if nothing is."""
        if self._ledger is not None and self._ledger.trouble is not None:
            reason = {"reason": self._ledger.trouble}
            return Trouble("database_trouble", self._ledger.troubled_for, reason)
        since = self._troubled_since
        if since is None:
            return None
        lasting = time.monotonic() - since
        if self._error:
            return Trouble("database_trouble", lasting, {"reason": self._error})
        return Trouble("database_silent", lasting) if lasting > SILENT else None

    def stop(self) -> None:
        """Look no more."""
        if self._looking is not None:
            self._looking.cancel()

    async def _look(self) -> None:
        if self._troubled_since is None:
            self._troubled_since = time.monotonic()
        try:
            self.census = await self._units.look(lambda rooms: taken(rooms.stores.census))
        except Exception as error:  # whatever it is, it is the answer
            if not self._error:
                log.error("the database cannot be asked", error=type(error).__name__)
            self._error = type(error).__name__
            return
        self._error, self._troubled_since = "", None
        self.seen_at = time.monotonic()
