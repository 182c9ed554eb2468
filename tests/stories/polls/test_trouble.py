"""What can go wrong with a poll: the channel refuses it or loses it, an answer is lost, the process dies."""

import pytest

from sandbox import Fault
from sandbox.people import acting
from sandbox.people.looking import buttons
from tests.stories.clock import Clock
from tests.stories.conftest import Scene, SetUp
from tests.stories.delivered.conftest import copies, subscribers
from tests.stories.polls.test_polls import POLL, QUESTION, in_channel
from tests.stories.waiting import comes_true

TO_CHANNEL = "/poll Когда вам писать?\nУтром\nВечером"


def polls_in(scene: Scene) -> int:
    """How many polls stand in the channel."""
    return sum("poll" in each and not each.get("_deleted") for each in scene.channel.messages.values())


async def test_a_channel_that_refuses_is_tried_again_by_a_press(scene: Scene) -> None:
    maria = scene.manager("Мария")
    scene.world.admit(scene.channel, scene.bot, can_post_messages=False)
    await maria.says(TO_CHANNEL)
    await maria.presses("Опубликовать")
    await maria.sees("боту не хватает прав")
    assert polls_in(scene) == 0
    scene.world.admit(scene.channel, scene.bot, can_post_messages=True)
    await maria.presses("Опубликовать в канале ещё раз")
    await in_channel(scene)
    assert await comes_true(scene.world, lambda: buttons_of(scene) == ["Обновить", "Завершить"])


def buttons_of(scene: Scene) -> list[str]:
    """Below the newest message to the manager that has any."""
    chat = scene.world.private_chat(scene.bot, scene.world.accounts[1001])
    found = [buttons(each) for each in chat.messages.values() if buttons(each)]
    return found[-1] if found else []


async def test_what_may_be_in_the_channel_is_not_put_there_twice(scene: Scene) -> None:
    maria = scene.manager("Мария")
    scene.world.faults.add(Fault.reset_after(), method="sendPoll", times=1)
    await maria.says(TO_CHANNEL)
    await maria.presses("Опубликовать")
    await maria.sees("неясно, вышел ли опрос")
    asked = await in_channel(scene)
    await scene.customer("Вера").votes(asked, "Утром")  # now we know that it is there, and by what name
    assert await comes_true(scene.world, lambda: buttons_of(scene) == ["Обновить", "Завершить"])
    await maria.presses("Обновить")
    await maria.sees("Проголосовали: 1")
    assert polls_in(scene) == 1
    await maria.presses("Завершить")
    await maria.presses("Да, завершить")
    await maria.sees("остановите его там сами")


async def test_a_poll_deleted_by_hand_ends_with_the_votes_it_had(scene: Scene) -> None:
    maria = scene.manager("Мария")
    await maria.says(TO_CHANNEL)
    await maria.presses("Опубликовать")
    asked = await in_channel(scene)
    await scene.customer("Вера").votes(asked, "Утром")
    assert await comes_true(scene.world, lambda: scene.world.log.updates("poll") != [])
    acting.delete(scene.world, scene.channel, asked)
    await maria.presses("Завершить")
    await maria.presses("Да, завершить")
    ended = await maria.sees("Опрос в канале удалили")
    assert "Утром\u00a0— 1" in ended["text"]


async def test_a_channel_that_took_the_right_away_is_said(scene: Scene) -> None:
    maria = scene.manager("Мария")
    await maria.says(TO_CHANNEL)
    await maria.presses("Опубликовать")
    await in_channel(scene)
    scene.world.faults.add(Fault.saying("Bad Request: CHAT_ADMIN_REQUIRED"), method="stopPoll")
    await maria.presses("Завершить")
    await maria.presses("Да, завершить")
    await maria.sees("остановите его там сами")


async def test_the_clock_ends_it_although_the_bot_was_away(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    async with set_up() as scene:
        maria = scene.manager("Мария")
        async with scene.at_work():
            (anna,) = await subscribers(scene, "Анна")
            await maria.says(f"{POLL}\nдо завтра в 12:00")
            assert "Закончится завтра в" in (await maria.sees("Так выглядит опрос"))["text"]
            await maria.presses("Опубликовать")
            await anna.sees(QUESTION)
            await anna.presses("Да")
            asked = await in_channel(scene)
        clock.passes(days=2)
        async with scene.at_work():
            assert await comes_true(scene.world, lambda: bool(asked["poll"]["is_closed"]), 30)
            await maria.sees(f"Опрос «{QUESTION}» закончился")
            assert "Проголосовали: 1" in (await maria.sees("Опрос закончился"))["text"]


async def test_whoever_may_not_have_got_it_is_asked_again_when_a_manager_says_so(scene: Scene) -> None:
    maria = scene.manager("Мария")
    anna, boris, vera = await subscribers(scene, "Анна", "Борис", "Вера")
    scene.world.faults.add(Fault.reset_after(), method="sendMessage", chat=anna.id, times=1)
    await boris.blocks()
    await maria.says(POLL)
    await maria.sees("2 человека (и 1 заблокировал бота)")
    await maria.presses("Кому: каналу и подписчикам")
    await maria.presses("Кому: только каналу")
    await maria.sees("Спросим только подписчиков")
    await maria.presses("Опубликовать")
    await vera.sees(QUESTION)
    shown = await maria.sees("Неясно, дошло ли: 1")
    assert "Спросили 1 из" in shown["text"]
    await maria.presses("Отправить ещё раз")
    await maria.sees("Спросили 2 из")
    assert [copies(each, QUESTION) for each in (anna, boris, vera)] == [2, 0, 1]
    await anna.presses("Нет")
    await maria.presses("Обновить")
    await maria.sees("Проголосовали: 1")
    assert polls_in(scene) == 0


async def test_whoever_unsubscribes_before_it_is_sent_is_not_asked(set_up: SetUp) -> None:
    async with set_up() as scene:
        scene.limits |= {"bulk_per_second": 1}
        maria = scene.manager("Мария")
        async with scene.at_work():
            people = await subscribers(scene, *(f"Клиент {n}" for n in range(6)))
            await maria.says(POLL)
            await maria.presses("Опубликовать")
            assert await comes_true(scene.world, lambda: copies(people[0], QUESTION) > 0)
            await people[-1].says("/unsubscribe")
            await maria.sees("Спросили 5 из\u00a05", within=30)
        assert [copies(person, QUESTION) for person in people] == [1] * 5 + [0]


async def test_a_poll_goes_on_after_the_process_died(set_up: SetUp) -> None:
    async with set_up() as scene:
        scene.limits |= {"bulk_per_second": 4}
        maria = scene.manager("Мария")
        async with scene.at_work():
            people = await subscribers(scene, *(f"Клиент {n}" for n in range(8)))
            await maria.says(POLL)
            await maria.presses("Опубликовать")
            assert await comes_true(scene.world, lambda: copies(people[0], QUESTION) > 0)
        async with scene.at_work():
            await maria.sees("Спросили 8 из", within=30)
        assert [copies(each, QUESTION) for each in people] == [1] * 8
        assert polls_in(scene) == 1
