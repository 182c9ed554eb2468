"""What only reads is told from what writes."""

from datetime import UTC

from bot.engine.units import Units
from bot.rooms.desk_rooms import DeskRooms
from desk.hours import WorkHours
from desk.profile import DeskPlaces, Profile
from faq.library import Library
from locales import Texts
from storage.engine.engines import open_engine
from storage.engine.ledger import Ledger
from storage.engine.schema import ensure
from tests.persistence.conftest import NOON

PROFILE = Profile(
    desk="main",
    company="Ромашка",
    language="ru",
    zone=UTC,
    hours=WorkHours.parse((), UTC),
    managers=frozenset(),
    configured_group=-1,
    places=DeskPlaces(group=-1),
    texts=Texts(),
)


async def test_a_look_that_writes_is_noticed(looks_only_read: list[str]) -> None:
    ledger = Ledger(await open_engine("sqlite://"))
    await ensure(ledger)
    units = Units(PROFILE, 7, Library(), ledger, lambda: NOON)

    def sets_a_timer(rooms: DeskRooms) -> None:
        rooms.stores.timers.set("survey", 1, rooms.now)

    await units.look(lambda rooms: rooms.stores.timers.when("survey", 1))
    assert looks_only_read == []
    await units.look(sets_a_timer)
    assert [statement.split()[0] for statement in looks_only_read] == ["INSERT"]
    looks_only_read.clear()
    await ledger.close()
