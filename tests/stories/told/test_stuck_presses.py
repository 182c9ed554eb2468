"""Presses under /stuck: forty at once, one that comes twice, one of a manager who is none any more."""

import asyncio

from sandbox import Customer, Manager, Operator
from sandbox.chats import Message, Topic
from sandbox.people import acting
from tests.faults.database import comes_to, inbox, sql
from tests.faults.sights import called
from tests.faults.troubles import heard, until
from tests.stories.conftest import MANAGER, Scene, SetUp
from tests.stories.managers.test_ban_list import at_her_place
from tests.stories.managers.test_stuck import REPAIR, SPOIL, stands
from tests.stories.told.conftest import WITHIN

BROKEN = "сломанное слово"
RETRIED, GONE = "Пробуем ещё раз", "Этого в списке уже нет."
TRIED = "SELECT state, retried FROM inbox WHERE error IS NOT NULL"
NOT_YOURS = "Отложенные сообщения разбирают менеджеры."


async def listed(scene: Scene) -> tuple[Manager, Message, Customer, Operator, Topic]:
    """A message of Anna's stands aside and is on Maria's list; what was wrong has passed."""
    maria = await at_her_place(scene)
    anna, oleg, topic = await called(scene)
    sql(scene, SPOIL, anna.id)
    await anna.says(BROKEN)
    await stands(scene, 1)
    await maria.says("/stuck")
    shown = await maria.sees("Отложено 1 сообщение")
    sql(scene, REPAIR)
    return maria, shown, anna, oleg, topic


def carried(oleg: Operator, topic: Topic) -> int:
    return heard(oleg, topic).count(BROKEN)


async def test_forty_presses_do_it_once_and_each_is_answered(scene: Scene) -> None:
    maria, shown, _, oleg, topic = await listed(scene)
    button = shown["reply_markup"]["inline_keyboard"][0][1]
    presses = [acting.press(scene.world, maria.chat, maria.account, shown, button) for _ in range(40)]
    said = await asyncio.gather(*(acting.answered(scene.world, each, 20) for each in presses if each))
    assert sum(RETRIED in str(each) for each in said) == 1
    assert said.count(GONE) == 39
    await oleg.sees(topic, BROKEN)
    await maria.says("/stuck")
    await maria.sees("Ничего не отложено")
    assert carried(oleg, topic) == 1


async def test_a_press_that_comes_again_after_a_restart_does_nothing_again(set_up: SetUp) -> None:
    async with set_up() as scene:
        async with scene.at_work():
            maria, shown, anna, oleg, topic = await listed(scene)
            assert RETRIED in str(await maria.presses("Повторить", on=shown))
            await oleg.sees(topic, BROKEN)
        press = scene.world.log.updates("callback_query")[-1].update_id
        async with scene.at_work():
            sql(scene, SPOIL, anna.id)
            await anna.says(f"второе {BROKEN}")
            await stands(scene, 1)
            scene.world.duplicate(press)
            await maria.says("/stuck")
            await maria.sees("Отложено 1 сообщение")
        assert carried(oleg, topic) == 1
        assert inbox(scene)["quarantined"] == 1


async def test_who_is_no_manager_any_more_changes_nothing_by_an_old_button(set_up: SetUp) -> None:
    async with set_up() as scene:
        async with scene.at_work():
            maria, shown, anna, oleg, topic = await listed(scene)
        sql(scene, SPOIL, anna.id)  # or the next start would heal it
        scene.desk["managers"] = [MANAGER + 1]
        async with scene.at_work():
            await comes_to(scene, lambda: sql(scene, TRIED), [(2, 1)], within=WITHIN)
            sql(scene, REPAIR)
            for caption in ("Повторить", "Убрать"):
                assert await maria.presses(caption, on=shown) == NOT_YOURS
            assert inbox(scene)["quarantined"] == 1
            assert carried(oleg, topic) == 0
            attempts = "SELECT action, allowed FROM audit ORDER BY id DESC LIMIT 2"
            await until(
                lambda: sql(scene, attempts) == [("stuck drop", 0), ("stuck retry", 0)], within=WITHIN
            )
