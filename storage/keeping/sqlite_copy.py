"""A whole copy of a SQLite file, made while others write to it, and looked at before it gets its name."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from storage.keeping.new_file import new_file
from storage.keeping.refusals import KeepingError, KeepingRefusedError
from storage.keeping.stopping import Interruption

MAGIC = b"SQLite format 3\0"
WAL_AT, WAL = 18, 2
PATIENCE = 30.0
"""Seconds that a lock of somebody else is waited for."""


def copy_whole(
    source: Path,
    target: Path,
    interruption: Interruption,
    *,
    resting: bool = False,
    then: Callable[[sqlite3.Connection], object] = lambda copy: None,
) -> None:
    """Copy the file to a new one; `resting` says that nobody uses it, so that nothing is made beside it.

    VACUUM INTO reads one moment of the database, whatever is written meanwhile, and holds no writer up.
    What is to be different in the copy is done by `then`.
    """
    with closing(opened(source, resting=resting)) as database, new_file(target) as beside:
        try:
            with interruption.by(database.interrupt):
                database.execute("VACUUM INTO ?", (str(beside),))
            with closing(opened(beside)) as copy:
                copy.execute("PRAGMA journal_mode = MEMORY")  # nothing is left beside it
                then(copy)
        except sqlite3.Error as error:
            raise _failed(error, target) from error
        inspect_file(beside, interruption)


def inspect_file(path: Path, interruption: Interruption) -> None:
    """Read all of a file at rest. Raises KeepingRefusedError if it is damaged."""
    with closing(opened(path, resting=True)) as database:
        try:
            with interruption.by(database.interrupt):
                found = [row[0] for row in database.execute("PRAGMA integrity_check(1)")]
                torn = database.execute("PRAGMA foreign_key_check").fetchone()
        except sqlite3.DatabaseError as error:
            if _code(error) == sqlite3.SQLITE_INTERRUPT:
                raise KeepingError("keeping.interrupted") from error
            raise KeepingRefusedError("keeping.damaged", path=path, reason=error) from error
    if found != ["ok"]:
        raise KeepingRefusedError("keeping.damaged", path=path, reason=found[0])
    if torn is not None:
        raise KeepingRefusedError("keeping.damaged", path=path, reason=f"{torn[0]} → {torn[2]}")


def opened(path: Path, *, resting: bool = False) -> sqlite3.Connection:
    """Open a file that must be there."""
    if not path.is_file():
        raise KeepingRefusedError("keeping.no_file", path=path)
    how = "mode=ro&immutable=1" if resting else "mode=rw"
    try:
        database = sqlite3.connect(
            f"file:{quote(str(path))}?{how}",
            uri=True,
            timeout=PATIENCE,
            isolation_level=None,
            check_same_thread=False,
        )
    except sqlite3.Error as error:
        raise KeepingError("keeping.unreadable", path=path, reason=error) from error
    return database


def is_sqlite(path: Path) -> bool:
    """Whether a file begins like one of SQLite's."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def is_in_use(path: Path) -> bool:
    """Whether somebody has the file open, or had when their machine went down: its log lies beside it.

    A file in WAL mode that is copied without its log lacks the newest changes; a backup has no log.
    """
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def has_somebody(path: Path) -> bool:
    """Whether another process has the database open at this moment."""
    with closing(opened(path)) as database:
        database.execute("PRAGMA busy_timeout = 500")
        try:
            database.execute("PRAGMA locking_mode = EXCLUSIVE")
            database.execute("BEGIN EXCLUSIVE")
            database.execute("ROLLBACK")
        except sqlite3.OperationalError as error:
            if _code(error) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                return True
            raise KeepingError("keeping.unreadable", path=path, reason=error) from error
        except sqlite3.DatabaseError as error:
            raise KeepingRefusedError("keeping.damaged", path=path, reason=error) from error
    return False


def _failed(error: sqlite3.Error, target: Path) -> KeepingError:
    match _code(error):
        case sqlite3.SQLITE_INTERRUPT:
            return KeepingError("keeping.interrupted")
        case sqlite3.SQLITE_FULL:
            return KeepingError("keeping.full", path=target.parent)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return KeepingError("keeping.source_damaged", reason=error)
        case sqlite3.SQLITE_IOERR:
            return KeepingError("keeping.disk", path=target, reason=error)
    return KeepingError("keeping.database", reason=error)


def _code(error: sqlite3.Error) -> int | None:
    code = getattr(error, "sqlite_errorcode", None)
    return code & 0xFF if isinstance(code, int) else None
