"""A backup put back: looked at first, and only to where nothing is."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, make_url, text

from storage.engine.revisions import known, newest, revision
from storage.keeping import postgres_tools, sqlite_copy
from storage.keeping.asking import ask, bots_at_work, tables_there
from storage.keeping.new_file import refuse_existing, remove_unfinished
from storage.keeping.postgres_load import load
from storage.keeping.refusals import KeepingRefusedError
from storage.keeping.stopping import Interruption
from storage.leases import ALL_RELEASED
from storage.tables import leases

SIDES = ("-wal", "-shm", "-journal")
RELEASED = f"DO $$ BEGIN IF to_regclass('{leases.name}') IS NOT NULL THEN {ALL_RELEASED}; END IF; END $$;"
"""An older schema had no leases."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back."""

    revision: str
    tickets: int
    messages: int


def restore(file: Path, url: str, interruption: Interruption) -> Restored:
    """Make the database from a backup. Raises KeepingRefusedError with nothing changed."""
    if not file.is_file():
        raise KeepingRefusedError("keeping.no_file", path=file)
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _into_file(file, Path(parsed.database or ""), interruption)
    if not postgres_tools.is_dump(file):
        raise KeepingRefusedError(
            _other_kind(sqlite_copy.is_sqlite(file), "keeping.sqlite_backup"), path=file
        )
    asyncio.run(ask(url, _refuse_other_than_empty))
    postgres_tools.inspect_dump(file, interruption)
    _refuse_unknown(postgres_tools.revision_in(file, interruption), file)
    load(file, parsed, interruption, RELEASED)
    return asyncio.run(ask(url, _contents))


def _into_file(file: Path, target: Path, interruption: Interruption) -> Restored:
    if not sqlite_copy.is_sqlite(file):
        raise KeepingRefusedError(
            _other_kind(postgres_tools.is_dump(file), "keeping.postgres_backup"), path=file
        )
    refuse_existing(target)
    for side in SIDES:  # SQLite would take what another database has left there for the restored one's
        refuse_existing(target.with_name(target.name + side))
    if sqlite_copy.is_in_use(file):
        raise KeepingRefusedError("keeping.in_use", path=file)
    sqlite_copy.inspect_file(file, interruption)
    with closing(sqlite_copy.opened(file, resting=True)) as backup:
        there = _has(backup, "alembic_version")
        row = backup.execute("SELECT version_num FROM alembic_version").fetchone() if there else None
        at = _refuse_unknown(row and row[0], file)
        tickets, messages = (
            backup.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - our own names
            for table in ("tickets", "messages")
        )
    remove_unfinished(target)
    sqlite_copy.copy_whole(file, target, interruption, resting=True, then=_release_leases)
    return Restored(at, tickets, messages)


def _release_leases(copy: sqlite3.Connection) -> None:
    if _has(copy, leases.name):
        copy.execute(ALL_RELEASED)


def _has(database: sqlite3.Connection, table: str) -> bool:
    found = database.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,))
    return found.fetchone() is not None


def _other_kind(known_kind: bool, reason: str) -> str:
    return reason if known_kind else "keeping.no_backup"


def _refuse_unknown(at: str | None, file: Path) -> str:
    if at is None:
        raise KeepingRefusedError("keeping.no_backup", path=file)
    if at not in known():
        raise KeepingRefusedError("keeping.newer_backup", path=file, found=at, known=newest())
    return at


def _refuse_other_than_empty(conn: Connection) -> None:
    if bots_at_work(conn):
        raise KeepingRefusedError("keeping.at_work")
    if tables_there(conn):
        raise KeepingRefusedError("keeping.not_empty")


def _contents(conn: Connection) -> Restored:
    tickets, messages = (
        conn.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608 - our own names
        for table in ("tickets", "messages")
    )
    return Restored(revision(conn) or "", tickets, messages)
