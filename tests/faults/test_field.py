"""The rows on which support bots of the field lose messages: each at its best here.

The row of fourteen kinds is told in tests/stories/talks/test_kinds.py, in topics and in a plain group.
The row of kill -9 is tests/faults/test_kill.py.
"""

from typing import Literal

import pytest

from sandbox import Fault
from tests.faults.sights import QUESTION, called, carried_in, carried_to
from tests.stories.conftest import Scene, SetUp

BURST = [f"{n}: и зонтик опять поёт" for n in range(1, 6)]
Spelling = Literal["thread not found", "TOPIC_DELETED"]


async def test_a_burst_of_five_from_a_new_customer_is_five_messages_in_one_topic(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    for text in BURST:
        await anna.says(text)
    topic = await oleg.topic("Анна")
    await oleg.sees(topic, BURST[-1])
    assert (await carried_in(topic, scene, BURST)).clean
    assert len(oleg.topics()) == 1
    await anna.says("и всем потом тоже слышно?")
    await oleg.sees(topic, "и всем потом тоже слышно?")
    assert len(oleg.topics()) == 1


async def test_an_album_of_three_is_an_album_with_its_captions(set_up: SetUp) -> None:
    async with set_up(desk={"album_wait_seconds": 0.6}) as scene, scene.at_work():
        anna, oleg, topic = await called(scene)
        await anna.sends_album(["photo", "video", "photo"], caption="вот он, зонтик")
        await oleg.sees_photo(topic, "вот он, зонтик")
        await oleg.sees_kind(topic, "video")
        album = [each for each in await oleg.reads(topic) if "media_group_id" in each]
        assert [kind for each in album for kind in ("photo", "video") if kind in each] == [
            "photo",
            "video",
            "photo",
        ]
        assert len({each["media_group_id"] for each in album}) == 1


async def test_an_anonymous_administrators_reply_is_delivered(scene: Scene) -> None:
    anna, _, topic = await called(scene)
    boss = scene.operator("Начальник", anonymous=True)
    mine = await boss.replies(topic, "Здравствуйте, это старший смены")
    assert mine["from"]["is_bot"]  # which is why others drop it
    await anna.sees("это старший смены")


@pytest.mark.parametrize("spelling", ["thread not found", "TOPIC_DELETED"])
async def test_a_deleted_topic_is_made_anew_and_the_same_message_goes_there_once(
    scene: Scene, spelling: Spelling
) -> None:
    anna, oleg, topic = await called(scene)
    scene.world.faults.add(Fault.topic_deleted(spelling), chat=scene.group.id, thread=topic.id)
    await oleg.deletes_topic(topic)
    await anna.says("тема пропала, а я нет")
    fresh = await oleg.topic("Анна")
    assert fresh.id != topic.id
    await oleg.sees(fresh, "тема пропала, а я нет")
    assert oleg.buttons(fresh) == ["Взять", "Закрыть"]
    await anna.says("и ещё слово")
    await oleg.sees(fresh, "и ещё слово")
    assert (await carried_in(fresh, scene, ["тема пропала, а я нет", "и ещё слово"])).clean
    assert [each.id for each in oleg.topics()] == [fresh.id]
    await oleg.replies(fresh, "Мы здесь")
    await anna.sees("Мы здесь")


async def test_a_closed_topic_is_reopened_and_the_message_goes_there(scene: Scene) -> None:
    anna, oleg, topic = await called(scene)
    await oleg.closes_topic(topic)
    await anna.says("тема закрыта, а вопрос нет")
    await oleg.sees(topic, "тема закрыта, а вопрос нет")
    assert not topic.closed
    assert oleg.topics() == [topic]


async def test_a_topic_found_closed_only_by_the_refusal_is_reopened(scene: Scene) -> None:
    anna, oleg, topic = await called(scene)
    scene.world.faults.add(Fault.topic_closed(), method="sendMessage", thread=topic.id, times=1)
    await anna.says("закрыли, пока никто не видел")
    await oleg.sees(topic, "закрыли, пока никто не видел")
    assert len(scene.world.log.calls("reopenForumTopic")) == 1
    assert (await carried_in(topic, scene, ["закрыли, пока никто не видел"])).clean


async def test_one_429_delays_a_message_and_nothing_more(scene: Scene) -> None:
    anna, oleg, topic = await called(scene)
    scene.world.faults.add(Fault.too_many_requests(1), method="sendMessage", chat=scene.group.id, times=1)
    scene.world.faults.add(Fault.too_many_requests(1), method="sendMessage", chat=anna.id, times=1)
    await anna.says("подожду, если надо")
    await oleg.replies(topic, "И мы подождём")
    await oleg.sees(topic, "подожду, если надо")
    await anna.sees("И мы подождём")
    assert (await carried_in(topic, scene, ["подожду, если надо"])).clean
    assert (await carried_to(anna, scene, ["И мы подождём"])).clean


async def test_three_messages_sent_while_the_bot_was_down_are_three(set_up: SetUp) -> None:
    async with set_up() as scene:
        async with scene.at_work():
            anna, oleg, topic = await called(scene)
        missed = ["вас нет?", "я подожду", "уже пять минут"]
        for text in missed:
            await anna.says(text)
        await oleg.replies(topic, "Я-то здесь")
        async with scene.at_work():
            await oleg.sees(topic, missed[-1])
            await anna.sees("Я-то здесь")
        assert (await carried_in(topic, scene, [QUESTION, *missed])).clean
