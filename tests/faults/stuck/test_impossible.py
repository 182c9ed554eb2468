"""What no Telegram would hand out takes no neighbour along, and nobody asks for it again without a pause."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.engine.intake import Brought
from bot.engine.verdicts import CallAccepted
from bot.telegram.poller import Poller
from sandbox import Customer
from storage.inbox import InboxStore
from tests.faults.database import inbox
from tests.faults.sights import QUESTION
from tests.faults.stuck.mutations import ADDRESSES, NO_UPDATES, message, mutated, nested
from tests.faults.troubles import heard, until
from tests.stories.conftest import Scene, SetUp


@pytest.fixture
async def anywhere(set_up: SetUp, migrated_url: str) -> AsyncIterator[Scene]:
    """A desk on either database."""
    database = migrated_url if migrated_url.startswith("postgresql") else ""
    async with set_up(database=database) as scene:
        yield scene


def next_number(scene: Scene) -> int:
    return int(scene.world.log.updates()[-1].update_id) + 1


async def answered(people: list[Customer], question: str = "как вернуть деньги") -> None:
    """Everybody asks, and everybody is answered."""
    for one in people:
        await one.says(question)
    for one in people:
        await one.sees("оформите возврат", within=20)


async def test_nothing_that_is_handed_out_keeps_the_neighbours_from_their_answers(anywhere: Scene) -> None:
    scene = anywhere
    people = [scene.customer(f"Клиент {number}") for number in range(10)]
    await people[0].says("как вернуть деньги")
    for each in NO_UPDATES:
        scene.world.garble(scene.bot, each)
    for one, address in zip(people[1:], ADDRESSES, strict=False):
        scene.world.garble(scene.bot, message(next_number(scene), address))
        await one.says("как вернуть деньги")
    scene.world.garble(scene.bot, message(next_number(scene), 7, reply_to_message=nested(300)))
    async with scene.at_work():
        for one in people:
            await one.sees("оформите возврат", within=20)
        for each in NO_UPDATES:
            scene.world.garble(scene.bot, each)
        await answered([scene.customer(f"После {number}") for number in range(3)])


async def test_updates_with_one_thing_spoilt_take_nobody_along(anywhere: Scene) -> None:
    scene = anywhere
    async with scene.at_work():
        anna, oleg = scene.customer("Анна"), scene.operator("Олег")
        await anna.says(QUESTION)
        topic = await oleg.topic("Анна")
        await oleg.sees(topic, QUESTION)
        models = [{"update_id": 0, **made.body} for made in scene.world.log.updates("message")]
        said = [f"слово {number}" for number in range(15)]
        for number, text in enumerate(said):
            for model in models[-2:]:
                for spoilt in mutated(model, 4, seed=number):
                    scene.world.garble(scene.bot, spoilt | {"update_id": next_number(scene)})
            await anna.says(text)
        await oleg.sees(topic, said[-1], within=30)
        assert [line for line in heard(oleg, topic) if line in said] == said
        await answered([scene.customer("Борис")])


async def test_what_brings_us_no_further_is_not_asked_for_without_a_pause(scene: Scene) -> None:
    boris = scene.customer("Борис")
    await answered([boris])
    for each in NO_UPDATES:
        scene.world.garble(scene.bot, each)
    polls = len(scene.world.log.calls("getUpdates"))
    await until(lambda: len(scene.world.log.calls("getUpdates")) > polls + 2)
    begun, polls = time.monotonic(), len(scene.world.log.calls("getUpdates"))
    await answered([scene.customer("Анна")])
    await until(lambda: time.monotonic() - begun > 2)
    assert len(scene.world.log.calls("getUpdates")) - polls < 15


class Repeating:
    """A Telegram that always gives the same answer at once, and an intake that has seen it before."""

    def __init__(self, answer: Any, numbers: set[int]) -> None:
        self._answer, self._numbers = answer, numbers
        self.asked = 0

    async def call(self, call: Any, patience: int | None = None) -> CallAccepted:
        self.asked += 1
        await asyncio.sleep(0)
        return CallAccepted(self._answer)

    async def take(self, updates: Any) -> Brought:
        return Brought(frozenset(self._numbers))


SAME = [([], set()), ({"update_id": 5}, set()), (None, set()), ("text", set()), (7, set()), ([1, 2], set())]


@pytest.mark.parametrize(("answer", "numbers"), [*SAME, ([{"update_id": 5}], {5})])
async def test_no_answer_makes_the_poller_spin_or_ends_it(answer: Any, numbers: set[int]) -> None:
    telegram = Repeating(answer, numbers)
    poller = Poller(telegram, telegram, lambda: 0)
    polling = asyncio.create_task(poller.run())
    await until(lambda: telegram.asked >= 3)
    assert telegram.asked < 10
    await asyncio.sleep(0.2)
    assert telegram.asked < 10
    poller.stop()
    await asyncio.wait_for(polling, 30)


async def test_what_only_the_database_refuses_is_found_out_and_set_apart(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = InboxStore._row

    def refusing(store: InboxStore, raw: dict[str, Any], *more: Any) -> dict[str, Any]:
        if "яд" in str(raw):
            raise ValueError("nobody has foreseen this")
        return row(store, raw, *more)

    monkeypatch.setattr(InboxStore, "_row", refusing)
    async with set_up() as scene:
        anna, boris = scene.customer("Анна"), scene.customer("Борис")
        for text in ("как вернуть деньги", "яд", "сколько стоит доставка"):
            await anna.says(text)
        await boris.says("как вернуть деньги")
        async with scene.at_work():
            await anna.sees("Доставка стоит")
            await boris.sees("оформите возврат")
        assert inbox(scene)["quarantined"] == 1
