"""What is wrong with the database of a configuration, found without making or changing anything."""

import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from storage.engine.revisions import MOVING, known, newest, revision
from storage.engine.trouble import StorageUnusableError, trouble_of, unusable
from storage.keeping.asking import ask
from storage.keeping.sqlite_copy import opened

LITTLE = 200_000_000
"""Bytes that should be free on the disk."""
OTHERS = 0o077
READ_FOR, STEPS = 2.0, 10_000
"""Seconds for which a file is read, and how often that is looked at, in steps of SQLite's."""


@dataclass(frozen=True, slots=True)
class StorageFlaw:
    """One thing that is wrong, by the key of the text that says it; a `remark` keeps nobody from starting."""

    text: str
    params: dict[str, object] = field(default_factory=dict)
    remark: bool = False


async def flaws_of(url: str) -> list[StorageFlaw]:
    """Everything that can be found out from here."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return list(_of_file(Path(parsed.database or "")))
    try:
        return list(_of_schema(await ask(url, revision)))
    except StorageUnusableError as error:
        return [StorageFlaw("check.storage.unusable", {"reason": error})]
    except DBAPIError as error:  # it lets us in, and not at what is there
        if trouble_of(error) is None and unusable(error, at_start=True) is None:
            raise
        return [StorageFlaw("check.storage.unusable", {"reason": str(error.orig).partition("\n")[0]})]


def _of_file(path: Path) -> Iterator[StorageFlaw]:
    home = next(each for each in path.parents if each.exists())
    if not home.is_dir() or not os.access(home, os.W_OK | os.X_OK):
        yield StorageFlaw("check.storage.folder", {"path": home})
        return
    if shutil.disk_usage(home).free < LITTLE:
        yield StorageFlaw("check.storage.full", {"path": home, "mb": LITTLE // 1_000_000}, remark=True)
    if not path.exists():
        return
    if not path.is_file() or not os.access(path, os.R_OK | os.W_OK):
        yield StorageFlaw("check.storage.file", {"path": path})
        return
    if path.stat().st_mode & OTHERS:
        yield StorageFlaw("check.storage.open", {"path": path}, remark=True)
    yield from _of_schema_in(path)


def _of_schema_in(path: Path) -> Iterator[StorageFlaw]:
    try:
        with closing(opened(path)) as database:
            there = database.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
            row = database.execute("SELECT version_num FROM alembic_version").fetchone() if there else None
            spoiled = _spoiled(database)
    except sqlite3.Error as error:
        yield StorageFlaw("check.storage.unusable", {"reason": error})
        return
    if spoiled:
        yield StorageFlaw("check.storage.spoiled", {"path": path, "reason": spoiled})
    yield from _of_schema(row and row[0])


def _spoiled(database: sqlite3.Connection) -> str | None:
    """What is damaged in it, as far as that is found soon; a backup reads a large one to its end."""
    ends = time.monotonic() + READ_FOR
    database.set_progress_handler(lambda: time.monotonic() > ends, STEPS)
    try:
        found: str = database.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        return None
    return None if found == "ok" else " ".join(found.split())


def _of_schema(found: str | None) -> Iterator[StorageFlaw]:
    if found == MOVING:
        yield StorageFlaw("check.storage.moving")
    elif found is not None and found not in known():
        yield StorageFlaw("check.storage.newer", {"found": found, "known": newest()})
    elif found not in {None, newest()}:
        yield StorageFlaw("check.storage.older", {"found": found, "known": newest()}, remark=True)
