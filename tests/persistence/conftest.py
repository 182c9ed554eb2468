"""A database with our schema, on either engine, and units of work on it."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import TypeVar

import pytest

from bot.rooms.stores import Stores
from desk.people import Customer, Person
from desk.profile import DeskPlaces
from storage.engine.engines import open_engine
from storage.engine.ledger import Ledger

T = TypeVar("T")
PLACES = DeskPlaces(group=-5)
NOON = datetime(2026, 11, 20, 12, 0, 0, 123000, tzinfo=UTC)
LARGE = 2**52 + 1


class Archive:
    """The stores of any desk, a transaction at a time."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    async def run(
        self, unit: Callable[[Stores], T], *, desk: str = "main", bot: int = 7, at: datetime = NOON
    ) -> T:
        """Run a unit on the desk's stores."""
        return await self.ledger.run(lambda conn: unit(Stores(conn, desk, bot, at, PLACES)))

    async def meets(self, telegram_id: int = LARGE, name: str = "Анна", *, desk: str = "main") -> Customer:
        """Somebody writes to the desk."""
        person = Person(telegram_id=telegram_id, first_name=name)
        return await self.run(lambda stores: stores.customers.meet(person), desk=desk)


@pytest.fixture
async def ledger(database_url: str) -> AsyncIterator[Ledger]:
    """A ledger over an empty database."""
    ledger = Ledger(await open_engine(database_url))
    try:
        yield ledger
    finally:
        await ledger.close()


@pytest.fixture
async def archive(migrated_url: str) -> AsyncIterator[Archive]:
    """Stores on a database with our schema."""
    ledger = Ledger(await open_engine(migrated_url))
    try:
        yield Archive(ledger)
    finally:
        await ledger.close()
