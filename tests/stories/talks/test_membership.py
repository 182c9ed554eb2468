"""What becomes of the bot in a chat is noticed at once: a block, a return, rights given and taken, topics."""

import pytest

from sandbox.people.looking import words
from tests.stories.conftest import Scene, SetUp
from tests.stories.talk import Talk, talking

RIGHTS = {"can_manage_topics": True, "can_delete_messages": True, "can_pin_messages": True}


async def test_a_block_and_a_return_are_told_while_a_ticket_is_open(talk: Talk) -> None:
    await talk.anna.blocks()
    await talk.oleg.sees(talk.topic, "Анна: клиент заблокировал бота.")
    await talk.anna.unblocks()
    await talk.oleg.sees(talk.topic, "Анна: клиент вернулся")
    await talk.carried("рады видеть")


async def test_nobody_is_told_of_a_block_without_a_ticket(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.starts()
    await anna.sees("Здравствуйте")
    await anna.blocks()
    await anna.unblocks()
    await anna.says("/operator")
    topic = await oleg.topic("Анна")
    await oleg.sees(topic, "Ждёт ответа")
    assert "заблокировал" not in "".join(words(each) for each in await oleg.reads(topic))


@pytest.mark.parametrize(
    ("lost", "told"),
    [("can_manage_topics", "«Управление темами»"), ("can_pin_messages", "«Закрепление сообщений»")],
)
async def test_managers_hear_which_right_was_taken_and_that_it_is_back(
    scene: Scene, lost: str, told: str
) -> None:
    maria = scene.manager()
    await maria.starts()
    await maria.sees("Здравствуйте")
    scene.world.admit(scene.group, scene.bot, **{**RIGHTS, lost: False})
    line = words(await maria.sees("⚠️ Боту в «Операторы» не хватает прав:"))
    assert told in line
    assert line.count("—") == 1
    scene.world.admit(scene.group, scene.bot, **RIGHTS)
    await maria.sees("✅ У бота в «Операторы» снова есть все нужные права.")


async def test_managers_hear_that_the_bot_was_demoted_or_removed(scene: Scene) -> None:
    maria = scene.manager()
    await maria.starts()
    scene.world.demote(scene.group, scene.bot)
    await maria.sees("бот должен быть администратором в «Операторы»")
    scene.world.expel(scene.channel, scene.bot)
    await maria.sees("⚠️ Бота удалили из «Статус».")
    scene.world.admit(scene.world.supergroup("Чужая"), scene.bot, status="member")
    scene.world.expel(scene.group, scene.bot)
    await maria.sees("⚠️ Бота удалили из «Операторы».")


async def test_a_promotion_brings_topics_at_once(set_up: SetUp) -> None:
    async with set_up() as scene:
        scene.world.admit(scene.group, scene.bot, can_delete_messages=True)
        async with scene.at_work():
            anna, oleg = scene.customer("Анна"), scene.operator("Олег")
            await anna.says("/operator раз")
            await oleg.sees(None, "раз")
            scene.world.admit(scene.group, scene.bot, **RIGHTS)
            await anna.says("два")
            await oleg.sees(await oleg.topic("Анна"), "два")


async def test_topics_that_were_switched_on_are_noticed_by_the_next_word(set_up: SetUp) -> None:
    async with set_up() as scene:
        scene.group.is_forum = False
        async with scene.at_work():
            anna, oleg = scene.customer("Анна"), scene.operator("Олег")
            await anna.says("/operator раз")
            first = await oleg.sees(None, "раз")
            scene.group.is_forum = True
            await oleg.replies(None, "включил темы", to=first)
            await anna.sees("включил темы")
            await anna.says("два")
            await oleg.sees(await oleg.topic("Анна"), "два")


async def test_the_old_way_stays_where_nothing_changes(set_up: SetUp) -> None:
    async with talking(set_up, forum=False) as talk:
        await talk.carried("без тем как без тем")
        assert not talk.oleg.topics()
