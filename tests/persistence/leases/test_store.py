"""The row of a lease: one holder, one more term at each taking, and nobody writes for a term that is over."""

from collections.abc import AsyncIterator, Callable
from typing import TypeVar

import pytest
from sqlalchemy import Connection

from storage.engine.engines import open_engine
from storage.engine.ledger import Ledger
from storage.engine.upsert import put
from storage.leases import NOBODY, LeaseHolder, LeaseStore
from storage.tables import counters
from tests.persistence.conftest import NOON

T = TypeVar("T")
ONE = LeaseHolder("one", "shop-1, process 7", "boot table 7 100")
TWO = LeaseHolder("two", "shop-2, process 9", "")
BOT, ANOTHER = 7, 8


class Lane:
    """A connection of its own, as each process has one."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    async def run(self, unit: Callable[[LeaseStore], T], bot: int = BOT) -> T:
        """One unit on the bot's lease."""

        def whole(conn: Connection) -> T:
            return unit(LeaseStore(conn, bot))

        return await self._ledger.run(whole)

    async def may_write(self, word: str, bot: int = BOT) -> bool | None:
        """Write something, and ask whether that may be."""

        def unit(conn: Connection) -> bool | None:
            put(conn, counters, ("desk", "name"), {"desk": word, "name": "ticket", "value": 1})
            return LeaseStore(conn, bot).holds(word)

        return await self._ledger.run(unit)

    async def takes(self, holder: LeaseHolder, bot: int = BOT) -> int | None:
        """Take the lease as it stands."""
        return await self.run(lambda leases: leases.take(leases.now(), holder, "main", NOON), bot)


@pytest.fixture
async def lanes(migrated_url: str) -> AsyncIterator[tuple[Lane, Lane]]:
    one, two = Ledger(await open_engine(migrated_url)), Ledger(await open_engine(migrated_url))
    try:
        yield Lane(one), Lane(two)
    finally:
        await one.close()
        await two.close()


async def test_whoever_has_seen_an_older_row_takes_nothing(lanes: tuple[Lane, Lane]) -> None:
    one, two = lanes
    seen = await two.run(lambda leases: leases.now())
    assert seen is None
    assert await one.takes(ONE) == 1
    assert await two.run(lambda leases: leases.take(None, TWO, "main", NOON)) is None
    row = await two.run(lambda leases: leases.now())
    assert row is not None
    assert (row.holder, row.term, row.beat, row.taken_at) == (ONE, 1, 0, NOON)
    assert await one.run(lambda leases: leases.beat(ONE.word))
    assert await two.run(lambda leases: leases.take(row, TWO, "main", NOON)) is None, "it lives"
    assert await two.takes(TWO) == 2


async def test_a_term_that_is_over_says_and_holds_nothing(lanes: tuple[Lane, Lane]) -> None:
    one, two = lanes
    await one.takes(ONE)
    assert await one.may_write(ONE.word)
    await two.takes(TWO)
    assert not await one.may_write(ONE.word)
    assert not await one.run(lambda leases: leases.beat(ONE.word))
    await one.run(lambda leases: leases.release(ONE.word))
    assert await two.may_write(TWO.word), "it was not theirs to give back"


async def test_what_was_given_back_is_nobody_s_and_its_term_goes_on(lanes: tuple[Lane, Lane]) -> None:
    one, two = lanes
    await one.takes(ONE)
    await one.run(lambda leases: leases.release(ONE.word))
    row = await two.run(lambda leases: leases.now())
    assert row is not None
    assert row.holder.word == NOBODY
    assert not await one.may_write(ONE.word)
    assert await two.takes(TWO) == 2


async def test_each_bot_has_a_lease_of_its_own(lanes: tuple[Lane, Lane]) -> None:
    one, two = lanes
    assert await one.takes(ONE) == 1
    assert await two.takes(TWO, ANOTHER) == 1
    assert await one.may_write(ONE.word)
    assert await two.may_write(TWO.word, ANOTHER)
    assert not await two.may_write(ONE.word, ANOTHER)


async def test_what_has_only_read_needs_no_lease_where_that_is_known(lanes: tuple[Lane, Lane]) -> None:
    one, two = lanes
    await two.takes(TWO)
    assert await one.run(lambda leases: leases.holds(ONE.word)) in {None, False}
    assert await one.may_write(ONE.word) is False
