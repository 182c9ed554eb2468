"""All data from one database to another: copied in bites, counted and summed on both sides at the end."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Table, insert, inspect, make_url, text
from sqlalchemy.exc import DBAPIError

from storage.engine.ledger import Ledger
from storage.engine.revisions import MOVING, newest, revision
from storage.engine.trouble import StorageUnusableError, trouble_of
from storage.keeping import numbers, progress
from storage.keeping.asking import asking, bots_at_work, is_sqlite, tables_there
from storage.keeping.progress import MovedTable
from storage.keeping.raw_tables import raw_tables
from storage.keeping.refusals import KeepingError, KeepingRefusedError
from storage.keeping.sqlite_copy import has_somebody
from storage.keeping.sums import Key, Rows, TableSum, last_key, rows_after, sum_of
from storage.leases import ALL_RELEASED


class MoveHearer(Protocol):
    """Is told how a move goes on."""

    def moved(self, table: str, rows: int, found: int) -> None:
        """So many of a table's rows are in the target."""

    def checking(self) -> None:
        """All rows are there, and are counted and summed now."""


async def move_all(source: str, target: str, hearer: MoveHearer) -> int:
    """Copy every row and check that they are the same; how many. Said again after a kill, it goes on.

    Raises KeepingError. The source is only read; the target is no bot's until all is well.
    """
    _refuse_in_use(source, target)
    async with _side("--from", source) as here, _side("--to", target) as there:
        found = await here.run_alone(partial(_look_at_source, url=source))
        await _begin(there, _plain(source), found)
        for table in raw_tables():
            await _copy(here, there, table, hearer)
        hearer.checking()
        moved = await there.run_alone(progress.tables_so_far)
        for table in raw_tables():
            await _check(here, there, table, moved[table.name])
        last = await here.run_alone(numbers.given)
        await there.run_alone(lambda conn: _end(conn, last))
    return sum(each.moved.rows for each in moved.values())


@asynccontextmanager
async def _side(key: str, url: str) -> AsyncIterator[Ledger]:
    """One of the two databases, called as whoever typed the command did."""
    async with AsyncExitStack() as stack:
        try:
            ledger = await stack.enter_async_context(asking(url))
        except StorageUnusableError as error:
            raise KeepingError("keeping.unusable", key=key, reason=error) from error
        yield ledger


def _refuse_in_use(source: str, target: str) -> None:
    if _plain(source) == _plain(target):
        raise KeepingRefusedError("keeping.same")
    for key, url in (("--from", source), ("--to", target)):
        if is_sqlite(url):
            path = Path(make_url(url).database or "")
            if key == "--from" and not path.is_file():
                raise KeepingRefusedError("keeping.no_source", path=path)
            if path.is_file() and has_somebody(path):
                raise KeepingRefusedError("keeping.in_work", key=key)


def _plain(url: str) -> str:
    """Which database it is, without the password; the same however its path was written."""
    if is_sqlite(url):
        return str(Path(make_url(url).database or "").resolve())
    return make_url(url)._replace(password=None, drivername="postgresql").render_as_string()


def _look_at_source(conn: Connection, url: str) -> dict[str, int]:
    if conn.dialect.name != "sqlite" and bots_at_work(conn):
        raise KeepingRefusedError("keeping.in_work", key="--from")
    found = revision(conn)
    if found != newest():
        raise KeepingRefusedError("keeping.other_schema", found=found or "–", known=newest())
    return progress.counts(conn)


async def _begin(there: Ledger, source: str, found: dict[str, int]) -> None:
    state = await there.run_alone(_state)
    if state is None:
        await there.run_alone(lambda conn: progress.begin(conn, source, found))
        return
    if any(each.source != source for each in state.values()):
        raise KeepingRefusedError("keeping.other_move")
    if {name: each.found for name, each in state.items()} != found:
        raise KeepingRefusedError("keeping.source_changed")


def _state(conn: Connection) -> dict[str, MovedTable] | None:
    """How far a move into this database has come; None if it is empty."""
    if conn.dialect.name != "sqlite" and bots_at_work(conn):
        raise KeepingRefusedError("keeping.in_work", key="--to")
    if revision(conn) == MOVING:
        return progress.tables_so_far(conn)
    there = inspect(conn).get_table_names() if conn.dialect.name == "sqlite" else tables_there(conn)
    if there:
        raise KeepingRefusedError("keeping.target_not_empty")
    return None


async def _copy(here: Ledger, there: Ledger, table: Table, hearer: MoveHearer) -> None:
    state = (await there.run_alone(progress.tables_so_far))[table.name]
    moved, after = state.moved, state.after
    while rows := await here.run_alone(partial(rows_after, table=table, after=after)):
        moved, after = moved.plus(rows), last_key(table, rows)
        await _taken(there, table, rows, partial(_take, table=table, rows=rows, moved=moved, after=after))
        hearer.moved(table.name, moved.rows, state.found)


def _take(conn: Connection, table: Table, rows: Rows, moved: TableSum, after: Key) -> None:
    conn.execute(insert(table), rows)
    progress.note(conn, table.name, moved, after)


async def _taken(there: Ledger, table: Table, rows: Rows, take: Callable[[Connection], None]) -> None:
    try:
        await there.run_alone(take)
    except DBAPIError as error:
        if trouble_of(error) is not None:
            raise
        first, last = (last_key(table, [row]) for row in (rows[0], rows[-1]))
        reason = str(error.orig).partition("\n")[0]
        raise KeepingError(
            "keeping.not_taken", table=table.name, first=first, last=last, reason=reason
        ) from error


async def _check(here: Ledger, there: Ledger, table: Table, state: MovedTable) -> None:
    """Read both sides once more: what was meant to be copied says nothing about what stands there."""
    if await sum_of(here, table) != state.moved:
        raise KeepingRefusedError("keeping.source_changed")
    found = await sum_of(there, table)
    if found != state.moved:
        raise KeepingError("keeping.differs", table=table.name, rows=found.rows, found=state.moved.rows)


def _end(conn: Connection, last: dict[str, int]) -> None:
    numbers.go_on(conn, last)
    conn.execute(text(ALL_RELEASED))
    progress.end(conn)
    if conn.dialect.name != "sqlite":
        conn.execute(text("ANALYZE"))
