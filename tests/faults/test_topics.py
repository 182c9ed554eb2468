"""Topics deleted by the dozen, forbidden or switched off: what customers write arrives all the same."""

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from sandbox import Customer
from sandbox.people.looking import words
from tests.faults.sights import QUESTION, called
from tests.faults.troubles import heard, until
from tests.stories.conftest import Scene, SetUp


async def test_a_topic_deleted_while_several_write_costs_one_topic_each(scene: Scene) -> None:
    people = [scene.customer(name) for name in ("Анна", "Борис", "Вера")]
    oleg = scene.operator()
    for person in people:
        await person.says(QUESTION)
    gone = [await oleg.topic(person.account.first_name) for person in people]
    for topic in gone:
        await oleg.sees(topic, "Ждёт ответа")
        await oleg.sees(topic, QUESTION)
    for topic in gone:
        await oleg.deletes_topic(topic)
    for person in people:
        await person.says("и ещё")
    await until(lambda: len(oleg.topics()) == 3)
    for person in people:
        await oleg.sees(await oleg.topic(person.account.first_name), "и ещё")
    assert len(oleg.topics()) == 3


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Topics are tried again after a moment."""
    monkeypatch.setattr("bot.telegram.recovery.NO_RIGHTS_FOR", timedelta(seconds=0.5))
    monkeypatch.setattr("bot.telegram.recovery.NO_FORUM_FOR", timedelta(seconds=0.5))


@pytest.mark.usefixtures("soon")
async def test_without_the_right_to_topics_the_group_itself_is_used_until_it_is_back(set_up: SetUp) -> None:
    async with set_up() as scene:
        scene.world.admit(scene.group, scene.bot, can_delete_messages=True)
        maria = scene.manager()
        async with scene.at_work():
            await maria.starts()
            anna, oleg = scene.customer(), scene.operator()
            await anna.says(QUESTION)
            await oleg.sees(None, "Ждёт ответа")
            message = await oleg.sees(None, QUESTION)
            assert message["text"].startswith("👤 Анна")
            await maria.sees("Не получается создавать темы")
            await oleg.replies(None, "разберёмся", to=message)
            await anna.sees("разберёмся")
            scene.world.admit(scene.group, scene.bot, can_manage_topics=True)
            await writes_until(anna, lambda: oleg.topics() != [])
            await anna.says("спасибо")
            await oleg.sees(await oleg.topic("Анна"), "спасибо")
            told = await maria.sees("снова есть темы")
            assert heard(maria).count(words(told)) == 1, "said once, not at every try"
            assert "Не получается создавать темы" not in " ".join(heard(maria))


async def test_a_restart_tries_topics_again_at_once(set_up: SetUp) -> None:
    async with set_up() as scene:
        scene.world.admit(scene.group, scene.bot, can_delete_messages=True)
        anna, oleg = scene.customer(), scene.operator()
        async with scene.at_work():
            await anna.says(QUESTION)
            await oleg.sees(None, "👤 Анна")
        scene.world.admit(scene.group, scene.bot, can_manage_topics=True)
        async with scene.at_work():
            await anna.says("спасибо")
            await oleg.sees(await oleg.topic("Анна"), "спасибо")


@pytest.mark.usefixtures("soon")
async def test_topics_switched_off_and_on_again(set_up: SetUp) -> None:
    async with set_up() as scene, scene.at_work():
        maria = scene.manager()
        await maria.starts()
        anna, oleg, topic = await called(scene)
        scene.group.is_forum = False
        await anna.says("раз")
        stray = await oleg.sees(None, "раз")
        line = await oleg.sees(None, "👤 Анна")
        assert line["reply_to_message"]["message_id"] == stray["message_id"]
        await maria.sees("Не получается создавать темы")
        await anna.says("два")
        headed = await oleg.sees(None, "два")
        assert headed["text"].startswith("👤 Анна")
        await oleg.replies(None, "слышу", to=stray)
        await anna.sees("слышу")
        scene.group.is_forum = True
        await writes_until(anna, lambda: "ещё" in heard(oleg, topic))
        await anna.says("три")
        await oleg.sees(topic, "три")


async def writes_until(customer: Customer, wanted: Callable[[], bool]) -> None:
    """She goes on writing until things are well again."""
    ends = time.monotonic() + 20
    while not wanted():
        assert time.monotonic() < ends, "topics are not tried again"
        await customer.says("ещё")
        await asyncio.sleep(0.2)


async def test_no_right_to_reopen_a_closed_topic(scene: Scene) -> None:
    """Opened by a colleague, closed, and our rights are gone: the group itself hears it."""
    anna, oleg, topic = await called(scene)
    topic.creator_id = oleg.id
    await oleg.closes_topic(topic)
    scene.world.admit(scene.group, scene.bot, can_delete_messages=True)
    await anna.says("вы ещё здесь?")
    message = await oleg.sees(None, "вы ещё здесь?")
    assert message["text"].startswith("👤 Анна")
    await oleg.replies(None, "здесь", to=message)
    await anna.sees("здесь")
