"""A process that is killed in the middle of a migration leaves the schema that was, or the new one whole."""

import asyncio
import signal
import sys

import pytest
from sqlalchemy import Connection

from storage.engine.engines import open_engine
from storage.engine.ledger import Ledger
from storage.engine.schema import move, newest, revision
from tests.persistence.test_migrations import contents, populate, torn

MIGRATES = """
import asyncio, os, signal, sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
from storage.engine.engines import open_engine
from storage.engine.ledger import Ledger
from storage.engine.schema import ensure

left = int(sys.argv[2])

@event.listens_for(Engine, "before_cursor_execute")
def count_down(*_):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)

async def main():
    await ensure(Ledger(await open_engine(sys.argv[1])))

asyncio.run(main())
os._exit(0)
"""


async def migrate_and_die(url: str, statements: int) -> int:
    """What became of a process that is killed before its so many-th statement."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", MIGRATES, url, str(statements))
    return await asyncio.wait_for(process.wait(), 60)


async def now(url: str) -> tuple[str | None, object]:
    """The revision that a database is at, and all it holds; references hold."""
    ledger = Ledger(await open_engine(url))
    try:
        assert await ledger.run(torn) == []
        return await ledger.run(revision), await ledger.run(contents)
    finally:
        await ledger.close()


async def old(url: str) -> None:
    """A database of the first release, with rows in every table."""

    def fill(conn: Connection) -> None:
        move(conn, "0001")
        populate(conn)

    ledger = Ledger(await open_engine(url))
    await ledger.run(fill)
    await ledger.close()


async def test_wherever_it_is_killed_nothing_is_half_done(database_url: str) -> None:
    await old(database_url)
    before = await now(database_url)
    for statements in (6, 24, 60):
        assert await migrate_and_die(database_url, statements) == -signal.SIGKILL
        assert await now(database_url) == before
    assert await migrate_and_die(database_url, 100_000) == 0
    assert (await now(database_url))[0] == newest()


@pytest.mark.proof
async def test_at_each_statement(database_url: str) -> None:
    await old(database_url)
    before, statements = await now(database_url), 0
    while await migrate_and_die(database_url, statements) != 0:
        assert await now(database_url) == before
        statements += 5
    assert statements > 50
