"""Backups by the clock, made by the process that is at work anyway; managers hear when none could be made."""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import structlog

from bot.config import Settings
from bot.health.backup_health import BackupHealth
from storage.keeping.backing_up import back_up, suffix_of
from storage.keeping.folder import backup_name, keep_newest
from storage.keeping.refusals import KeepingError
from storage.keeping.stopping import Interruption

log = structlog.get_logger("backups")

LOOK_EVERY = 30.0
AGAIN_AFTER = 3600.0
"""Seconds until the next try after one that failed."""


class BackupHearer(Protocol):
    """Is told, once until it goes well again, that no backup could be made."""

    def __call__(self, reason: str, params: Mapping[str, object], /) -> Awaitable[None]:
        """The key of the text that says why, and what goes into it."""


class TimedBackups:
    """Makes a backup whenever the newest one is older than it should be, and removes the oldest."""

    def __init__(
        self, settings: Settings, health: BackupHealth, at_work: Callable[[], bool], failed: BackupHearer
    ) -> None:
        self._url, self._keep = settings.storage.url, settings.backup.keep
        self._health, self._at_work, self._failed = health, at_work, failed
        self._interruption = Interruption()
        self._not_before: float | None = None
        self._told = False

    async def run(self) -> None:
        """Look now and then, until cancelled; what is being written then is ended and removed."""
        folder = self._health.folder
        try:
            while folder is not None:
                await _in_a_thread(self._health.look)
                await asyncio.sleep(LOOK_EVERY)
                await self._make_if_due(folder)
        finally:
            self._interruption.stop()

    async def _make_if_due(self, folder: Path) -> None:
        await _in_a_thread(self._health.look)  # another process may have made one meanwhile
        if self._at_work() and self._due():
            await self._make(folder)

    def _due(self) -> bool:
        """By our own clock after our own backup; before it by the newest one's name, whoever made it."""
        if self._not_before is not None:
            return time.monotonic() >= self._not_before
        return self._health.due

    async def _make(self, folder: Path) -> None:
        begun, url = time.monotonic(), self._url
        target = folder / backup_name(datetime.now(UTC), suffix_of(url))

        def work() -> None:
            back_up(url, target, self._interruption, spare=True)
            keep_newest(folder, self._keep, target)

        try:
            await _in_a_thread(work)
        except KeepingError as error:
            await self._say(error.reason, error.params)
        except OSError as error:
            await self._say("keeping.disk", {"path": folder, "reason": error.strerror or error})
        except Exception as error:
            log.exception("a backup failed")
            await self._say("keeping.database", {"reason": type(error).__name__})
        else:
            self._told = False
            self._not_before = begun + self._health.every
            log.info("backed up", file=target.name, seconds=round(time.monotonic() - begun, 1))

    async def _say(self, reason: str, params: Mapping[str, object]) -> None:
        self._not_before = time.monotonic() + min(AGAIN_AFTER, self._health.every)
        log.error("no backup was made", reason=reason.removeprefix("keeping."), setting="backup.folder")
        if not self._told:
            self._told = True
            await self._failed(reason, params)


async def _in_a_thread(work: Callable[[], None]) -> None:
    """Run it in a thread that does not keep the process from ending, as those of a pool do."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()

    def end(error: Exception | None) -> None:
        if not done.done():
            done.set_result(None) if error is None else done.set_exception(error)

    def run() -> None:
        failed: Exception | None = None
        try:
            work()
        except Exception as error:
            failed = error
        if not loop.is_closed():
            loop.call_soon_threadsafe(end, failed)

    threading.Thread(target=run, name="backup", daemon=True).start()
    await done
