"""Backups of each schema that was ever released are taken back, and the next start brings them up to date."""

from pathlib import Path

from sqlalchemy import Connection

from storage.engine.engines import open_engine
from storage.engine.ledger import Ledger
from storage.engine.revisions import known, newest
from storage.engine.schema import ensure, move
from storage.keeping.backing_up import back_up, suffix_of
from storage.keeping.restoring import restore
from storage.keeping.soundness import flaws_of
from storage.keeping.stopping import Interruption
from tests import postgres
from tests.persistence.keeping.conftest import Empty, in_it, let_go, path_of, rows, said_by
from tests.persistence.test_migrations import populate, torn

OLDER = sorted(known() - {newest()})


async def start(url: str) -> None:
    """As a bot does; references hold afterwards."""
    ledger = Ledger(await open_engine(url))
    try:
        assert not await ensure(ledger), "it was not empty"
        assert await ledger.run(torn) == []
    finally:
        await ledger.close()


def told_of(url: str) -> list[str]:
    """What `otklik check` says of its schema."""
    found = postgres.apart(lambda: flaws_of(url))
    return [flaw.text for flaw in found if flaw.text != "check.storage.full"]


def emptied(url: str) -> None:
    """To begin anew is much quicker than another database of PostgreSQL's."""
    if url.startswith("sqlite"):
        path_of(url).unlink(missing_ok=True)
    else:
        said_by(url, "DROP SCHEMA public CASCADE")
        said_by(url, "CREATE SCHEMA public")


def test_it_comes_back_and_moves_on(database_url: str, empty: Empty, tmp_path: Path) -> None:
    other = empty(database_url)
    for schema in OLDER:
        emptied(database_url)
        emptied(other)
        comes_back_and_moves_on(schema, database_url, other, tmp_path / f"{schema}{suffix_of(database_url)}")
    assert len(OLDER) > 7


def comes_back_and_moves_on(schema: str, url: str, other: str, backup: Path) -> None:
    def old(conn: Connection) -> None:
        move(conn, schema)
        populate(conn)

    postgres.apart(lambda: in_it(url, old))
    back_up(url, backup, Interruption())
    restored = restore(backup, other, Interruption())
    assert (restored.revision, restored.tickets, restored.messages) == (schema, 2, 2)
    before, back = rows(url), rows(other)
    assert back == (let_go(before) if "leases" in before else before), schema
    assert told_of(other) == ["check.storage.older"]
    for each in (url, other):
        postgres.apart(lambda each=each: start(each))
    moved_on = rows(other)
    assert moved_on == let_go(rows(url)), schema
    assert len(moved_on["tickets"]) == len(moved_on["messages"]) == 2
    assert told_of(other) == []
