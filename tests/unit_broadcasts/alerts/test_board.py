"""Alerts' messages that change all the time: each has its turn."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, create_engine, select
from sqlalchemy.pool import StaticPool

from bot.rooms.stores import Stores
from broadcasts.alerts.alert import AlertSource
from broadcasts.alerts.board import SOON, AlertBoard
from broadcasts.alerts.kept import KeptAlert
from broadcasts.incident import Severity
from desk.placement import Placement
from storage.tables import metadata, outbox
from tests.managers import ANNA, Managers

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SHOWN = f"alert:1:{ANNA.telegram_id}"


@dataclass
class Room:
    """A board over a real outbox from which nothing goes out by itself."""

    connection: Connection

    def __post_init__(self) -> None:
        profile = Managers(self.connection).profile
        stores = self.stores = Stores(self.connection, "main", 7, NOON, profile.places)
        self.board = AlertBoard(
            profile,
            alerts=stores.alerts,
            incidents=stores.incidents,
            placements=stores.placements,
            timers=stores.timers,
            outbox=stores.outbox,
            followers=stores.followers,
            now=NOON,
        )

    def waiting(self) -> list[tuple[int, str]]:
        found = self.connection.execute(select(outbox).where(outbox.c.dedupe == f"{SHOWN}:shown"))
        return [(row.id, row.body["html"]) for row in found]

    def tells(self, title: str) -> None:
        alert = KeptAlert(
            source=AlertSource.KUMA,
            key="bank",
            first_at=NOON,
            last_at=NOON,
            severity=Severity.RED,
            title=title,
            draft_id=1,
            shown=(str(ANNA.telegram_id),),
        )
        assert self.stores.alerts.keep(alert) == 1


@pytest.fixture
def room() -> Iterator[Room]:
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    metadata.create_all(engine)
    with engine.begin() as connection:
        yield Room(connection)
    engine.dispose()


def test_an_edit_that_waits_keeps_its_turn_and_is_followed_by_a_newer_one(room: Room) -> None:
    room.tells("one")
    room.stores.placements.put(SHOWN, Placement(ANNA.telegram_id, 5))
    room.board.due("alert", 1)
    [(first, said)] = room.waiting()
    assert "one" in said
    room.tells("two")
    room.board.due("alert", 1)
    assert room.waiting() == [(first, said)], "it keeps its turn"
    assert room.stores.timers.when("alert", 1) == NOON + SOON
    room.stores.outbox.settle([first])
    room.board.due("alert", 1)
    [(_, said)] = room.waiting()
    assert "two" in said
    room.tells("three")
    room.board.show(1)
    [(_, said)] = room.waiting()
    assert "three" in said, "a press is answered with the newest"
