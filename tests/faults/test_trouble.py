"""Trouble on the way to Telegram, in both directions: nothing lost, all in order, doubled at most once."""

import asyncio

import pytest

from sandbox import BotApiServer, Fault
from tests.faults.database import comes_to, outbox
from tests.faults.sights import called, carried_in, carried_to
from tests.stories.clock import in_a_hurry
from tests.stories.conftest import Scene, SetUp

ASKED = [f"вопрос {n}" for n in range(3)]
REPLIED = [f"ответ {n}" for n in range(3)]


def name(fault: Fault) -> str:
    return fault.name + (", applied" if fault.applied else "")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses that are only a guess need not be long here, and cards need not wait."""
    in_a_hurry(monkeypatch)
    monkeypatch.setattr("bot.telegram.client.PATIENCE", 1)
    monkeypatch.setattr("bot.telegram.client.UNSAID_PAUSE", 0.5)


@pytest.mark.parametrize(
    "fault",
    [
        Fault.too_many_requests(1),
        Fault.too_many_requests(None),
        Fault.internal_error(),
        Fault.restart(),
        Fault.bad_gateway(),
        Fault.bad_gateway(applied=True),
        Fault.truncated_json(applied=False),
        Fault.truncated_json(),
        Fault.reset_before(),
        Fault.reset_after(),
        Fault.hangs(5),
    ],
    ids=name,
)
async def test_nothing_is_lost_in_either_direction(scene: Scene, fault: Fault) -> None:
    anna, oleg, topic = await called(scene)
    for chat in (scene.group.id, anna.id):
        scene.world.faults.add(fault, method="sendMessage", chat=chat, times=1)
    for asked, replied in zip(ASKED, REPLIED, strict=True):
        await anna.says(asked)
        await oleg.replies(topic, replied)
    await oleg.sees(topic, ASKED[-1])
    await anna.sees(REPLIED[-1])
    await comes_to(scene, lambda: outbox(scene), {})
    for verdict in (await carried_in(topic, scene, ASKED), await carried_to(anna, scene, REPLIED)):
        assert verdict.lost == verdict.disordered == []
        assert len(verdict.doubled) == int(fault.applied)


async def test_through_a_storm_of_all_of_it_everything_arrives_in_order(scene: Scene) -> None:
    anna, oleg, topic = await called(scene)
    for fault in (Fault.internal_error(), Fault.bad_gateway(), Fault.reset_before(), Fault.truncated_json()):
        scene.world.faults.add(fault, probability=0.08)
    doubling = scene.world.faults.add(Fault.reset_after(), method="sendMessage", after=3, times=1)
    scene.world.faults.add(Fault.reset_after(), method="sendMessage", probability=0.1)
    asked, replied = [f"слово {n}." for n in range(15)], [f"слово в ответ {n}." for n in range(15)]
    for mine, theirs in zip(asked, replied, strict=True):
        await anna.says(mine)
        await oleg.replies(topic, theirs)
        await asyncio.sleep(0.05)
    await anna.sees(replied[-1], within=20)
    await oleg.sees(topic, asked[-1], within=20)
    for verdict in (await carried_in(topic, scene, asked), await carried_to(anna, scene, replied)):
        assert verdict.lost == verdict.disordered == []
    assert doubling.struck


async def test_a_chat_in_penalty_is_never_called_before_its_time(scene: Scene) -> None:
    anna, oleg, topic = await called(scene)
    boris = scene.customer("Борис")
    scene.world.faults.add(Fault.too_many_requests(4), method="sendMessage", chat=scene.group.id, times=1)
    await anna.says("первое")
    await scene.world.changes.until(
        lambda change: change.what == "call" and change.details["call"].status == 429, 15
    )
    struck = next(call for call in scene.world.log.calls(chat=scene.group.id) if call.status == 429)
    await oleg.replies(topic, "этого ждать не надо")  # its acknowledgement in the group has to wait
    await boris.says("и мой зонтик поёт")  # a new topic of the same group
    await anna.sees("этого ждать не надо", within=3)
    await oleg.sees(await oleg.topic("Борис"), "и мой зонтик поёт")
    await oleg.sees(topic, "первое")
    later = [call.at for call in scene.world.log.calls(chat=scene.group.id) if call.n > struck.n]
    assert min(later) - struck.at >= 4


async def test_a_penalty_outlives_a_restart(set_up: SetUp) -> None:
    async with set_up() as scene:
        async with scene.at_work():
            anna, oleg, topic = await called(scene)
            limited = Fault.too_many_requests(5)
            scene.world.faults.add(limited, method="sendMessage", chat=scene.group.id, times=1)
            await anna.says("не забудьте про меня")
            await scene.world.changes.until(
                lambda change: change.what == "call" and change.details["call"].status == 429, 15
            )
        struck = next(call for call in scene.world.log.calls(chat=scene.group.id) if call.status == 429)
        async with scene.at_work():
            await oleg.sees(topic, "не забудьте про меня")
        later = [call.at for call in scene.world.log.calls("sendMessage", chat=scene.group.id)]
        assert min(at for at in later if at > struck.at) - struck.at >= 5


async def test_a_few_chats_that_are_limited_each_for_itself_do_not_stop_the_others(scene: Scene) -> None:
    limited = [scene.customer(f"Клиент {n}") for n in range(4)]
    for n, person in enumerate(limited):
        scene.world.faults.add(Fault.too_many_requests(30), method="sendMessage", chat=person.id, times=1)
        await person.says("как вернуть деньги")
        await scene.world.changes.until(
            lambda change, who=person.id: (
                change.what == "call"
                and change.details["call"].chat == who
                and change.details["call"].status == 429
            ),
            15,
        )
        other = scene.customer(f"Сосед {n}")
        await other.says("как вернуть деньги")
        await other.sees("оформите возврат", within=20)


async def test_a_bot_that_is_refused_everywhere_falls_silent(scene: Scene) -> None:
    everywhere = scene.world.faults.add(Fault.too_many_requests(3), method="sendMessage")
    people = [scene.customer(f"Клиент {n}") for n in range(12)]
    for person in people[:3]:
        await person.says("как вернуть деньги")
    await scene.world.changes.until(
        lambda _: len([call for call in scene.world.log.calls("sendMessage") if call.status == 429]) >= 3, 15
    )
    silent_from = scene.world.log.calls("sendMessage")[-1].at
    scene.world.faults.remove(everywhere)
    for person in people[3:]:
        await person.says("как вернуть деньги")
    await asyncio.gather(*(person.sees("оформите возврат", within=20) for person in people))
    later = [call.at for call in scene.world.log.calls("sendMessage") if call.at > silent_from]
    assert min(later) - silent_from >= 2.5, "only what was on its way may follow"


async def test_trouble_that_lasts_is_met_with_longer_and_longer_pauses(scene: Scene) -> None:
    anna, oleg, topic = await called(scene)
    rule = scene.world.faults.add(Fault.internal_error(), method="sendMessage", chat=anna.id)
    await oleg.replies(topic, "когда-нибудь дойдёт")
    await anna.sees_nothing(for_seconds=2.5)
    assert 2 <= rule.struck <= 4
    scene.world.faults.remove(rule)
    await anna.sees("когда-нибудь дойдёт")


async def test_a_server_that_is_down_for_a_while_loses_nothing(set_up: SetUp) -> None:
    async with set_up() as scene, scene.at_work():
        anna, oleg, topic = await called(scene)
        rule = scene.world.faults.add(Fault.internal_error(), method="sendMessage")
        await oleg.replies(topic, "ответ до обрыва")
        await scene.world.changes.until(lambda _: rule.struck > 0, 15)
        await scene.server.stop()
        scene.world.faults.clear()
        await anna.says("вопрос во время обрыва")
        await anna.sees_nothing(for_seconds=1)
        async with BotApiServer(scene.world, port=scene.server.port):
            await anna.sees("ответ до обрыва")
            await oleg.sees(topic, "вопрос во время обрыва")
            assert (await carried_to(anna, scene, ["ответ до обрыва"])).clean
            assert (await carried_in(topic, scene, ["вопрос во время обрыва"])).clean


async def test_a_bot_that_starts_before_telegram_is_there_waits_for_it(set_up: SetUp) -> None:
    async with set_up() as scene:
        anna = scene.customer("Анна")
        await anna.says("как вернуть деньги")
        await scene.server.stop()
        async with scene.at_work():
            await anna.sees_nothing(for_seconds=0.7)
            async with BotApiServer(scene.world, port=scene.server.port):
                await anna.sees("оформите возврат")
