"""Our own pace: within Telegram's, so that it never has to refuse; and nobody waits behind the group."""

import asyncio
import time

import pytest

from sandbox.log import judge
from tests.faults.sights import QUESTION
from tests.faults.troubles import heard
from tests.stories.conftest import Scene, SetUp


def refusals(scene: Scene) -> list[str]:
    return [f"{call.method} {call.error}" for call in scene.world.log.calls() if call.status == 429]


async def test_forty_customers_at_once_with_limits_as_they_come(set_up: SetUp) -> None:
    """The bot's 30 a second and each chat's one a second are kept without a single refusal."""
    async with set_up(limits=True) as scene, scene.at_work():
        people = [scene.customer(f"Клиент {n}") for n in range(40)]
        for person in people:
            await person.says("как вернуть деньги")
            await person.says("сколько стоит доставка")
        await asyncio.gather(*(person.sees("оформите возврат", within=15) for person in people))
        await asyncio.gather(*(person.sees("300 ₽", within=15) for person in people))
        assert refusals(scene) == []


async def test_customers_never_wait_behind_the_operators_group(set_up: SetUp) -> None:
    """Twenty-five matters at once are far more than a group takes in a minute."""
    async with set_up(limits=True) as scene, scene.at_work():
        people = [scene.customer(f"Клиент {n}") for n in range(25)]
        begun = time.monotonic()
        for person in people:
            await person.says(QUESTION)
        await asyncio.gather(*(person.sees("Передали вопрос людям") for person in people))
        assert time.monotonic() - begun < 20, "the group alone takes more than a minute"
        late = scene.customer("Вера")
        asked = time.monotonic()
        await late.says("как вернуть деньги")
        await late.sees("оформите возврат")
        assert time.monotonic() - asked < 5
        assert len(scene.world.log.calls("sendMessage", chat=scene.group.id)) < 25, "the group still waits"
        assert refusals(scene) == []


@pytest.fixture
def short_minutes(monkeypatch: pytest.MonkeyPatch) -> float:
    """A minute of three seconds, for both sides alike."""
    monkeypatch.setattr("bot.engine.pace.MINUTE", 3.0)
    monkeypatch.setattr("sandbox.limits.MINUTE", 3.0)
    return 3.0


async def test_the_group_s_ceiling_is_kept_and_bursts_go_under_it_as_one(
    set_up: SetUp, short_minutes: float
) -> None:
    async with set_up(limits=True) as scene:
        scene.limits = {"chat_per_second": 50, "chat_burst": 20}
        scene.world.limits.chat_per_second, scene.world.limits.chat_burst = 50.0, 20
        async with scene.at_work():
            people = [scene.customer(f"Клиент {n}") for n in range(8)]
            said = [f"слово {n}" for n in range(10)]
            for person in people:
                await person.says(QUESTION)
            for text in said:
                for person in people:
                    await person.says(text)
            for person in people[:3]:  # Telegram counts each picture
                await person.sends_album(["photo"] * 10)
            oleg = scene.operator()
            begun = time.monotonic()
            for person in people:
                topic = await oleg.topic(person.account.first_name, within=20)
                await oleg.sees(topic, said[-1], within=20)
                assert judge(said, heard(oleg, topic)).clean
            for person in people[:3]:
                await oleg.sees_photo(await oleg.topic(person.account.first_name), within=20)
        assert refusals(scene) == []
        sent = scene.world.log.calls("sendMessage", chat=scene.group.id)
        assert len(sent) <= 8 * 4, "a card, the question, and the burst in one or two"
        assert time.monotonic() - begun > short_minutes, "the ceiling was never reached: nothing is shown"
