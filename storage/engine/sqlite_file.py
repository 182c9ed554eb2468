"""Whether the file that SQLite writes to still stands at its path; SQLite itself never looks."""

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

Identity = tuple[int, int]
"""Device and inode."""


class FileState(StrEnum):
    """What has become of the files since they were opened."""

    SAME = "same"
    GONE = "gone"
    REPLACED = "replaced"
    LOG_GONE = "log_gone"


class WatchedFile:
    """A database's file with the write-ahead log beside it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._log = path.with_name(path.name + "-wal")
        self._main, self._beside = _identity(path), _identity(self._log)

    def state(self) -> FileState:
        """What has become of them; two looks at the file system."""
        now = _identity(self._path)
        if now != self._main:
            return FileState.GONE if now is None else FileState.REPLACED
        log = _identity(self._log)
        if self._beside is None:  # it is made with the first write
            self._beside = log
        return FileState.SAME if log == self._beside else FileState.LOG_GONE


def rescue_path(path: Path, at: datetime | None = None) -> Path:
    """Where what we hold is saved if another file stands at the path."""
    stamp = (at or datetime.now(UTC)).strftime("%Y%m%d-%H%M%S")
    return path.with_name(f"{path.name}.rescued-{stamp}")


def _identity(path: Path) -> Identity | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
