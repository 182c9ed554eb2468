"""Databases with something in them, and empty ones of the same kind beside them."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Connection

from storage.engine.engines import open_engine
from storage.engine.ledger import Ledger
from tests import postgres
from tests.persistence.test_migrations import Rows, contents, populate

Empty = Callable[[str], str]


async def in_it(url: str, unit: Callable[[Connection], object]) -> object:
    """One unit of work on a database that nobody else has open."""
    ledger = Ledger(await open_engine(url))
    try:
        return await ledger.run_alone(unit)
    finally:
        await ledger.close()


def rows(url: str) -> Rows:
    """Every row of every table."""
    found = postgres.apart(lambda: in_it(url, contents))
    assert isinstance(found, dict)
    return found


def let_go(found: Rows) -> Rows:
    """The same rows as a copy of their database holds them: no process has a lease there, the terms stay."""
    return found | {"leases": [row | {"holder": ""} for row in found.get("leases", [])]}


def path_of(url: str) -> Path:
    """The file of SQLite's."""
    return Path(url.removeprefix("sqlite:///"))


def said_by(url: str, statement: str) -> None:
    """Run a statement on a file of SQLite's or a database of PostgreSQL's, past all of ours."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(path_of(url))) as database, database:
            database.execute(statement)
    else:
        postgres.execute(url, statement)


@pytest.fixture
def full_url(migrated_url: str) -> str:
    """A database with rows in every table, of a kind that spoils easily."""
    postgres.apart(lambda: in_it(migrated_url, populate))
    return migrated_url


@pytest.fixture
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Empty]:
    """Makes empty databases of a kind."""
    numbers = count(1)
    with ExitStack() as stack:

        def make(kind: str) -> str:
            if kind.startswith("sqlite"):
                return f"sqlite:///{tmp_path / f'other{next(numbers)}.db'}"
            return stack.enter_context(postgres.fresh_database(request.getfixturevalue("postgres_server")))

        yield make
