"""What a unit finds out about the desk's places holds once it is durable, and not if it fails."""

import asyncio
from dataclasses import replace

import pytest

from bot.engine.units import Units
from bot.rooms.desk_rooms import DeskRooms
from faq.library import Library
from storage.engine.engines import open_engine
from storage.engine.ledger import Ledger
from storage.engine.schema import ensure
from tests.persistence.conftest import NOON
from tests.stories.inside.test_looking import PROFILE


async def test_a_move_of_the_group_is_kept_with_its_unit_or_not_at_all() -> None:
    ledger = Ledger(await open_engine("sqlite://"))
    await ensure(ledger)
    places = replace(PROFILE.places, group=-1, forum=True)
    units = Units(replace(PROFILE, places=places), 7, Library(), ledger, lambda: NOON)

    def moves_and_fails(rooms: DeskRooms) -> None:
        rooms.moved(-1, -2)
        assert rooms.profile.places.group == -2
        raise LookupError

    with pytest.raises(LookupError):
        await units.write(moves_and_fails)
    assert (places.group, places.forum) == (-1, True)
    await units.write(lambda rooms: rooms.moved(-1, -2))
    assert (places.group, places.forum) == (-2, None)
    await ledger.close()


async def test_a_move_survives_a_neighbour_that_fails_in_the_same_commit() -> None:
    ledger = Ledger(await open_engine("sqlite://"))
    await ensure(ledger)
    places = replace(PROFILE.places, group=-1, forum=True)
    units = Units(replace(PROFILE, places=places), 7, Library(), ledger, lambda: NOON)
    begun_with = list[int | None]()

    def moves(rooms: DeskRooms) -> None:
        begun_with.append(rooms.profile.places.group)
        rooms.moved(-1, -2)

    def fails(_: DeskRooms) -> None:
        raise LookupError

    _, failed = await asyncio.gather(units.write(moves), units.write(fails), return_exceptions=True)
    assert isinstance(failed, LookupError)
    assert begun_with == [-1, -1]
    assert (places.group, places.forum) == (-2, None)
    await ledger.close()
