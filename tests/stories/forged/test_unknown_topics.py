"""The database that knew the topics is gone: whoever writes in one hears of it, and so do managers."""

from collections.abc import AsyncIterator

import pytest

from sandbox.chats import Topic
from sandbox.people.looking import words
from tests.faults.database import comes_to
from tests.stories.conftest import Scene, SetUp

PUZZLE = "почему мой зонтик поёт по ночам?"
WORD = "Этой темы нет в базе данных"


def _asked_for(scene: Scene) -> object:
    """The update that the bot wants next: those before it are not brought again."""
    return scene.world.log.calls("getUpdates")[-1].params.get("offset")


@pytest.fixture
async def begun_anew(set_up: SetUp) -> AsyncIterator[tuple[Scene, Topic]]:
    """A desk at work on an empty database, while the group has Anna's topic from the former one."""
    async with set_up() as scene:
        async with scene.at_work():
            oleg = scene.operator("Олег")
            await scene.customer("Анна").says(PUZZLE)
            topic = await oleg.topic("Анна")
            await oleg.sees(topic, PUZZLE)
            newest = scene.world.log.updates()[-1].update_id
            await comes_to(scene, lambda: _asked_for(scene), newest + 1)
        for each in scene.folder.glob("otklik.db*"):
            each.unlink()
        async with scene.at_work():
            yield scene, topic


async def test_a_reply_gets_a_word_each_time_and_managers_one_alarm(begun_anew: tuple[Scene, Topic]) -> None:
    scene, topic = begun_anew
    oleg, maria = scene.operator("Олег"), scene.manager()
    await maria.starts()
    await maria.sees("Здравствуйте")
    for text in ("Так задумано", "Ещё раз"):
        mine = await oleg.replies(topic, text)
        told = await oleg.sees(topic, WORD)
        assert told["reply_to_message"]["message_id"] == mine["message_id"]
    await maria.sees("в темах, которых нет в базе данных")
    assert sum("в темах, которых" in words(each) for each in await maria.reads()) == 1


async def test_an_answer_to_a_copy_of_the_customer_s_words_gets_one_too(
    begun_anew: tuple[Scene, Topic],
) -> None:
    scene, topic = begun_anew
    oleg = scene.operator("Олег")
    copy = (await oleg.reads(topic))[-1]
    await oleg.replies(topic, "Так задумано", to=copy)
    await oleg.sees(topic, WORD)


async def test_the_customer_s_next_message_opens_a_new_topic(begun_anew: tuple[Scene, Topic]) -> None:
    scene, former = begun_anew
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says(PUZZLE)
    await anna.sees("Передали вопрос людям")
    if len(oleg.topics()) == 1:
        await scene.world.changes.until(lambda _: len(oleg.topics()) > 1, 15)
    topic = await oleg.topic("Анна")
    assert topic.id != former.id
    await oleg.replies(topic, "Так задумано")
    await anna.sees("Так задумано")


async def test_operators_talk_among_themselves_undisturbed(begun_anew: tuple[Scene, Topic]) -> None:
    scene, topic = begun_anew
    oleg, vera = scene.operator("Олег"), scene.operator("Вера")
    theirs = await oleg.opens_topic("Курилка")
    said = await vera.replies(theirs, "Кто сегодня дежурит?")
    await oleg.replies(theirs, "Я", to=said)
    note = await oleg.replies(topic, "// а чья это тема?")
    await vera.replies(topic, "не помню", to=note)
    await oleg.replies(topic, "Так задумано")
    await oleg.sees(topic, WORD)
    assert all(each["_by"] != scene.bot.id for each in await oleg.reads(theirs))
    assert sum(WORD in words(each) for each in await oleg.reads(topic)) == 1
