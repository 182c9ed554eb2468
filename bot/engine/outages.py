"""The database's outages: said once in the log, and to managers if they last."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

import structlog

from storage.engine.trouble import StorageTrouble

log = structlog.get_logger("storage")

TELL_AFTER = 5.0
"""Seconds of an outage after which managers are told: a restart of the database wakes nobody."""
PLAIN = {
    StorageTrouble.AWAY: "the database cannot be reached",
    StorageTrouble.LOCKED: "the database is locked by somebody else",
    StorageTrouble.MUTE: "the database does not answer",
    StorageTrouble.FULL: "the database's disk is full",
    StorageTrouble.READ_ONLY: "the database can only be read",
    StorageTrouble.FAILING: "the database or its disk is failing",
    StorageTrouble.EXHAUSTED: "the system is out of memory or of open files",
    StorageTrouble.GONE: "the database's file has vanished",
    StorageTrouble.REPLACED: "another file stands in the place of the database; ours was saved beside it",
}


class OutageAlarm(Protocol):
    """A way to a desk's managers that needs no database."""

    def tell(self, key: str, /) -> None:
        """Say that something is wrong."""

    def over(self, key: str, said: str, seconds: float) -> None:
        """Say by the text `said` that what was told is over after so long, to those who were told."""


class Outages:
    """Hears of the database's troubles for all desks."""

    def __init__(self) -> None:
        self.alarms: list[OutageAlarm] = []
        self.on_mended: list[Callable[[], Coroutine[Any, Any, None]]] = []
        """Run when a file that had vanished under us is back in its place."""
        self._telling: set[asyncio.Task[None]] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._told: str | None = None

    def begun(self, trouble: StorageTrouble) -> None:
        """Everything waits for the database."""
        log.error(f"{PLAIN[trouble]}; everything waits for it", setting="storage.url")
        self._timer = asyncio.get_running_loop().call_later(TELL_AFTER, self._tell, trouble)

    def over(self, trouble: StorageTrouble, seconds: float) -> None:
        """The database works again; what has waited goes on by itself."""
        log.warning("the database works again", seconds=round(seconds, 1), trouble=trouble.value)
        if self._timer is not None:
            self._timer.cancel()
        told, self._told = self._told, None
        if told is not None:
            for alarm in self.alarms:
                alarm.over(told, "alert.database_over", seconds)

    def mended(self, trouble: StorageTrouble) -> None:
        """The file had vanished, and was put back with all that it held."""
        log.error("the database's file had vanished; it was put back whole", setting="storage.url")
        for each in self.on_mended:
            task = asyncio.create_task(each())
            self._telling.add(task)
            task.add_done_callback(self._telling.discard)

    def end(self) -> None:
        """Tell nobody any more: who could be told is hanging up."""
        self.alarms.clear()
        if self._timer is not None:
            self._timer.cancel()

    def _tell(self, trouble: StorageTrouble) -> None:
        self._told = f"alert.database.{trouble.value}"
        for alarm in self.alarms:
            alarm.tell(self._told)
