"""What still concerns the group's old id after it has moved is let go quietly, not tried for ever."""

from typing import Any

import pytest

from sandbox import Fault
from tests.faults.sights import QUESTION
from tests.faults.troubles import until
from tests.stories.conftest import MANAGER, Scene, SetUp


async def test_a_mark_for_a_message_of_the_old_group_is_not_put_on_another(set_up: SetUp) -> None:
    async with set_up(forum=False) as scene, scene.at_work():
        anna, oleg = scene.customer("Анна"), scene.operator("Олег")
        await anna.says(QUESTION)
        await oleg.sees(None, QUESTION)
        message = await oleg.sees(None, QUESTION)
        rule = scene.world.faults.add(Fault.internal_error(), chat=anna.id)
        await oleg.replies(None, "ответ из прежней группы", to=message)
        await until(lambda: rule.struck > 0)
        scene.world.migrate(scene.group)
        await anna.says("уже в новой")
        await oleg.sees(None, "уже в новой")
        scene.world.faults.remove(rule)
        await anna.sees("ответ из прежней группы")
        await anna.says("и ещё раз")
        await oleg.sees(None, "и ещё раз")
        await oleg.sees_nothing(None)
        assert len([call for call in scene.world.log.calls(chat=scene.group.id) if call.error]) <= 2
        assert all("_reactions" not in each or not each["_reactions"] for each in await oleg.reads(None))


async def test_in_the_new_group_each_ticket_has_its_card_again(set_up: SetUp) -> None:
    async with set_up(forum=False) as scene, scene.at_work():
        anna, oleg = scene.customer("Анна"), scene.operator("Олег")
        await anna.says(QUESTION)
        await oleg.sees(None, QUESTION)
        await oleg.sees(None, QUESTION)
        scene.world.migrate(scene.group, forum=True)
        await anna.says("мы переехали?")
        topic = await oleg.topic("Анна")
        await oleg.sees(topic, "мы переехали?")
        assert oleg.buttons(topic) == ["Взять", "Закрыть"]
        await oleg.presses(topic, "Закрыть")
        await anna.sees("Как мы справились?")


async def test_what_was_written_in_the_new_group_before_we_knew_of_it_is_heard(set_up: SetUp) -> None:
    async with set_up(forum=False) as scene:
        maria = scene.operator("Мария", id=MANAGER)
        async with scene.at_work():
            await maria.says_in_general("/help")
            await maria.sees(None, "/broadcast")
        scene.world.migrate(scene.group)
        await maria.says_in_general("/broadcast red Не проходит оплата")
        await maria.says_in_general("/help")
        async with scene.at_work():
            await maria.sees(None, "Так будет выглядеть")
            await maria.sees(None, "/broadcast")


@pytest.mark.parametrize("forged", [-100_777, 2**62, -1_000_000_000_777])
async def test_a_supergroup_is_believed_no_move(scene: Scene, forged: int) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says(QUESTION)
    topic = await oleg.topic("Анна")
    await oleg.sees(topic, QUESTION)
    await oleg.replies(topic, "ещё здесь")
    await anna.sees("ещё здесь")
    made: Any = scene.world.log.updates("message")[-1]
    message = {name: made.body["message"][name] for name in ("message_id", "date", "chat", "from")}
    scene.world.garble(
        scene.bot, {"update_id": made.update_id + 1, "message": message | {"migrate_to_chat_id": forged}}
    )
    await anna.says("и группа на месте")
    await oleg.sees(topic, "и группа на месте")
