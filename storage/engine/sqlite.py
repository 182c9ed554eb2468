"""SQLite as a storage engine."""

import asyncio
import os
import sqlite3
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

import aiosqlite
from sqlalchemy import Connection, create_engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.pool import PoolProxiedConnection, StaticPool

from storage.engine.json_text import json_text
from storage.engine.sqlite_file import FileState, WatchedFile, rescue_path
from storage.engine.trouble import FileTroubleError, StorageTrouble

T = TypeVar("T")
Mended = Callable[[StorageTrouble], None]

LOOK_EVERY = 1.0
"""Seconds between looks at whether the file still stands at its path."""

PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 5000",
)


def connect_sqlite(path: str) -> sqlite3.Connection:
    """Open the file for writing, as durable as SQLite can be; transactions are begun by us."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=512)
    try:
        for pragma in PRAGMAS:
            connection.execute(pragma)
    except sqlite3.Error:  # no database, or none for us
        connection.close()
        raise
    return connection


def _make_ours(path: Path) -> None:
    """Make the file for its owner's eyes only, and so its folders; what is there keeps its rights.

    What SQLite puts beside the file has the rights of the file. One that is there is not even opened:
    closing it would drop the locks that another connection of this process holds on it.
    """
    missing = [each for each in path.parents if not each.exists()]
    for folder in reversed(missing):
        folder.mkdir(mode=0o700, exist_ok=True)
    with suppress(OSError):  # the connection says better what is wrong with it
        os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))


class _Thread(aiosqlite.Connection):
    """aiosqlite's thread, lent for a whole unit of work: a hop costs more than a statement."""

    def become_expendable(self) -> None:
        """Let the process end even if this thread hangs in a dead disk."""
        self._thread.daemon = True

    async def lend(self, work: Callable[[], T]) -> T:
        run: Callable[[Callable[[], T]], Awaitable[T]] = self._execute
        return await run(work)

    async def end(self) -> None:
        """Wait for a thread that could not open its file: its last word needs our loop."""
        await asyncio.to_thread(self._thread.join, 5)


class WriterDialect(SQLiteDialect_pysqlite):
    """SQLite for a writer: a transaction takes the lock when it begins, not in its middle."""

    supports_statement_cache = True

    def do_begin(self, dbapi_connection: PoolProxiedConnection) -> None:
        """The driver begins nothing by itself."""
        dbapi_connection.execute("BEGIN IMMEDIATE")


WRITER = "writer"
registry.register(f"sqlite.{WRITER}", __name__, WriterDialect.__name__)


class SqliteEngine:
    """SQLite in WAL, synchronous=FULL, one writer, BEGIN IMMEDIATE.

    `on_mended` is told when a file that had vanished under us was put right.
    """

    def __init__(self, path: str, on_mended: Mended = lambda trouble: None) -> None:
        self._path, self._on_mended = path, on_mended
        self._thread: _Thread | None = None
        self._connection: Connection | None = None
        self._driver: sqlite3.Connection | None = None
        self._file: WatchedFile | None = None
        self._look_at = 0.0
        self._rescued = False

    async def open(self) -> "SqliteEngine":
        """Start the thread and open the file, making its folder if needed."""
        if self._path != ":memory:":
            _make_ours(Path(self._path))
        connections: list[sqlite3.Connection] = []

        def connector() -> sqlite3.Connection:
            connections.append(connect_sqlite(self._path))
            return connections[0]

        self._thread = _Thread(connector, iter_chunk_size=64)
        self._thread.become_expendable()
        try:
            await self._thread
        except sqlite3.Error:
            await self._thread.end()
            raise
        core = create_engine(
            f"sqlite+{WRITER}://",
            creator=lambda: connections[0],
            poolclass=StaticPool,
            hide_parameters=True,
            json_serializer=json_text,
        )
        try:
            self._connection = await self._thread.lend(core.connect)
        except Exception:
            await self.close()
            raise
        self._driver = connections[0]
        self._file = None if self._path == ":memory:" else WatchedFile(Path(self._path))
        return self

    async def transact(self, work: Callable[[Connection], T], *, unlimited: bool = False) -> T:
        """Run the work in one transaction, in one hop; a statement here has no time limit anyway."""
        try:
            return await self._transact(work)
        except FileTroubleError as found:
            await self._mend(found)
            return await self._transact(work)

    async def _transact(self, work: Callable[[Connection], T]) -> T:
        thread, connection, driver = self._opened()

        def whole() -> T:
            self._look()
            try:
                with connection.begin():
                    return work(connection)
            finally:
                if driver.in_transaction:  # a COMMIT that is refused leaves its transaction open
                    driver.rollback()

        return await thread.lend(whole)

    def _opened(self) -> tuple[_Thread, Connection, sqlite3.Connection]:
        if self._thread is None or self._connection is None or self._driver is None:
            raise RuntimeError("the database is not open")
        return self._thread, self._connection, self._driver

    def _look(self) -> None:
        """Notice that the file has vanished or is another one: what we wrote then would be lost."""
        if self._file is None or time.monotonic() < self._look_at:
            return
        match self._file.state():
            case FileState.GONE | FileState.LOG_GONE as state:
                raise FileTroubleError(StorageTrouble.GONE, only_log=state is FileState.LOG_GONE)
            case FileState.REPLACED:
                raise FileTroubleError(StorageTrouble.REPLACED)
        self._look_at = time.monotonic() + LOOK_EVERY

    async def _mend(self, found: FileTroubleError) -> None:
        """Put what we hold back to where it was; beside it, if something else stands there now."""
        thread, _, driver = self._opened()
        path = Path(self._path)
        if found.trouble is StorageTrouble.REPLACED:
            if not self._rescued:
                await thread.lend(partial(_save, driver, rescue_path(path)))
                self._rescued = True
            raise found
        if found.only_log:  # what it held goes into the file
            await thread.lend(lambda: driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").close())
            await self.close()
        else:
            beside = path.with_name(path.name + ".returning")
            await thread.lend(partial(_save, driver, beside))
            await self.close()
            beside.replace(path)
        await self.open()
        self._on_mended(found.trouble)

    async def close(self) -> None:
        """Close the file; its WAL is folded in."""
        thread, connection = self._thread, self._connection
        self._thread = self._connection = self._driver = None
        if thread is not None:
            if connection is not None:
                await thread.lend(connection.close)
            await thread.close()


def _save(driver: sqlite3.Connection, path: Path) -> None:
    """Write the whole database to a new file, for its owner only."""
    path.unlink(missing_ok=True)
    _make_ours(path)
    driver.execute("VACUUM INTO ?", (str(path),)).close()
