"""Units of work: whole or not at all, in order, several to a commit, and each answer to its own caller."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from storage.engine.engines import open_engine
from storage.engine.ledger import GROUP, Ledger, Unit

T = TypeVar("T")


class Counting:
    """An engine that counts its transactions, and fails to commit when told to."""

    def __init__(self, engine: Any) -> None:
        self._engine, self.transactions = engine, 0
        self.full_disk: Callable[[], bool] = lambda: False

    async def transact(self, work: Unit[T], *, unlimited: bool = False) -> T:
        self.transactions += 1

        def whole(conn: Connection) -> T:
            result = work(conn)
            if self.full_disk():
                raise OSError("the disk is full")
            return result

        return await self._engine.transact(whole, unlimited=unlimited)

    async def close(self) -> None:
        await self._engine.close()


def write(number: int) -> Callable[[Connection], int]:
    """A unit that writes down a number, which may stand there only once."""

    def unit(conn: Connection) -> int:
        conn.execute(text("INSERT INTO book (number) VALUES (:number)"), {"number": number})
        return number

    return unit


def read(conn: Connection) -> list[int]:
    """Everything that was written, in the order of writing."""
    return list(conn.execute(text("SELECT number FROM book ORDER BY line")).scalars())


async def open_book(url: str) -> tuple[Ledger, Counting]:
    engine = Counting(await open_engine(url))
    ledger = Ledger(engine)
    line = "INTEGER PRIMARY KEY" if url.startswith("sqlite") else "SERIAL PRIMARY KEY"
    await ledger.run(
        lambda conn: conn.execute(text(f"CREATE TABLE book (line {line}, number INTEGER UNIQUE)"))
    )
    return ledger, engine


@pytest.fixture
async def book(database_url: str) -> Any:
    ledger, engine = await open_book(database_url)
    yield ledger, engine
    await ledger.close()


async def test_many_units_go_with_few_commits_and_in_order(book: tuple[Ledger, Counting]) -> None:
    ledger, engine = book
    before = engine.transactions
    answers = await asyncio.gather(*(ledger.run(write(number)) for number in range(200, 0, -1)))
    assert answers == list(range(200, 0, -1))
    assert engine.transactions - before == -(-200 // GROUP)
    assert await ledger.run(read) == answers


async def test_one_bad_unit_goes_alone(book: tuple[Ledger, Counting]) -> None:
    ledger, _ = book

    def bad(conn: Connection) -> None:
        write(1000)(conn)
        raise LookupError("changed my mind")

    units: list[Callable[[Connection], Any]] = [write(1), write(2), bad, write(2), write(3), read]
    one, two, mind, twice, three, seen = await asyncio.gather(*map(ledger.run, units), return_exceptions=True)
    assert (one, two, three) == (1, 2, 3)
    assert isinstance(mind, LookupError)
    assert isinstance(twice, IntegrityError)
    assert seen == [1, 2, 3]
    assert await ledger.run(read) == [1, 2, 3]


async def test_a_commit_that_fails_leaves_nothing_and_says_so(book: tuple[Ledger, Counting]) -> None:
    ledger, engine = book
    engine.full_disk = lambda: True
    lost = await asyncio.gather(*(ledger.run(write(n)) for n in (1, 2, 3)), return_exceptions=True)
    assert [str(each) for each in lost] == ["the disk is full"] * 3
    engine.full_disk = lambda: False
    assert await ledger.run(read) == []
    assert await ledger.run(write(2)) == 2


async def test_a_constraint_checked_at_commit_reaches_its_caller(database_url: str) -> None:
    ledger = Ledger(await open_engine(database_url))
    later = "REFERENCES page (id) DEFERRABLE INITIALLY DEFERRED"
    try:
        await ledger.run(lambda conn: conn.execute(text("CREATE TABLE page (id INTEGER PRIMARY KEY)")))
        await ledger.run(lambda conn: conn.execute(text(f"CREATE TABLE note (page INTEGER {later})")))

        def on_page(number: int) -> Callable[[Connection], Any]:
            return lambda conn: (
                conn.execute(text("INSERT INTO note VALUES (:page)"), {"page": number}).rowcount
            )

        def turn(conn: Connection) -> None:
            conn.execute(text("INSERT INTO page VALUES (1)"))

        fine, _, nowhere = await asyncio.gather(
            ledger.run(lambda conn: (turn(conn), on_page(1)(conn))[1]),
            ledger.run(on_page(1)),
            ledger.run(on_page(9)),
            return_exceptions=True,
        )
        assert fine == 1
        assert isinstance(nowhere, DBAPIError)
        kept = "SELECT page FROM note"
        assert await ledger.run(lambda conn: list(conn.execute(text(kept)).scalars())) == [1, 1]
    finally:
        await ledger.close()


async def test_who_goes_away_does_not_take_the_work_along(book: tuple[Ledger, Counting]) -> None:
    ledger, _ = book
    impatient = asyncio.create_task(ledger.run(write(1)))
    await asyncio.sleep(0)
    impatient.cancel()
    assert await ledger.run(write(2)) == 2
    assert await ledger.run(read) == [1, 2]


async def test_closing_finishes_what_was_handed_over(database_url: str) -> None:
    ledger, _ = await open_book(database_url)
    handed = [asyncio.create_task(ledger.run(write(number))) for number in range(100)]
    await asyncio.sleep(0)
    await ledger.close()
    assert await asyncio.gather(*handed) == list(range(100))
    again = Ledger(await open_engine(database_url))
    assert len(await again.run(read)) == 100
    await again.close()
