"""Two processes on one database: what both do at once is done once, and nobody fails for it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from itertools import count
from typing import TypeVar

import pytest

from bot.rooms.stores import Stores
from desk.people import Operator, Person
from desk.post import Chat, Lane, Parcel, ShowCard
from storage.engine.engines import open_engine
from storage.engine.ledger import Ledger
from storage.engine.schema import ensure
from tests.persistence.conftest import NOON, Archive

T = TypeVar("T")
TIMES = 10


@pytest.fixture
async def rivals(database_url: str) -> AsyncIterator[tuple[Archive, Archive]]:
    """The same database twice."""
    one, two = Ledger(await open_engine(database_url)), Ledger(await open_engine(database_url))
    try:
        await ensure(one)
        yield Archive(one), Archive(two)
    finally:
        await one.close()
        await two.close()


async def both(rivals: tuple[Archive, Archive], unit: Callable[[Stores, int], T]) -> list[T]:
    """Both do the same again and again, each time in a transaction of its own, as fast as they can."""

    async def go(archive: Archive) -> list[T]:
        return [await archive.run(lambda stores, n=n: unit(stores, n)) for n in range(TIMES)]

    one, two = await asyncio.gather(*map(go, rivals))
    return one + two


async def test_a_customer_is_met_by_both(rivals: tuple[Archive, Archive]) -> None:
    met = await both(
        rivals, lambda stores, n: stores.customers.meet(Person(telegram_id=n, first_name="Анна")).id
    )
    assert met[:TIMES] == met[TIMES:]


async def test_no_number_is_given_twice(rivals: tuple[Archive, Archive]) -> None:
    strangers = count(1)

    def opens(stores: Stores, n: int) -> int:
        who = stores.customers.meet(Person(telegram_id=next(strangers), first_name=f"{n}"))
        return stores.tickets.open(who.id, at=NOON, payload=None, complaint=False).number

    assert sorted(await both(rivals, opens)) == list(range(1, 2 * TIMES + 1))


async def test_everything_that_is_kept_under_a_key(rivals: tuple[Archive, Archive]) -> None:
    def keeps(stores: Stores, n: int) -> bool:
        stores.operators.meet(Operator(telegram_id=n, name="Олег"), NOON)
        stores.timers.set("survey", n, NOON)
        stores.places.note(-n, -n, forum=True)
        stores.files.keep(f"{n}", "AgAC")
        stores.vectors.put("m", {f"{n}": b"1"})
        stores.outbox.post(Parcel(to=Chat(1), body=ShowCard(), dedupe=f"card:{n}"))
        return stores.files.complain(f"name {n}")

    assert sum(await both(rivals, keeps)) == TIMES
    archive, _ = rivals
    assert len(await archive.run(lambda stores: stores.timers.due(NOON))) == TIMES
    assert len(await archive.run(lambda stores: stores.outbox.after(list(Lane), 0, 100))) == TIMES
    assert await archive.run(lambda stores: stores.operators.here(NOON)) == TIMES
