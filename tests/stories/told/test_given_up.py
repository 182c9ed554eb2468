"""What stood aside for too long goes: whoever waited for it gets a word, and none goes round in circles."""

from datetime import timedelta

import pytest

from sandbox import Fault
from sandbox.people.looking import words
from tests.faults.database import comes_to, inbox, outbox, sql
from tests.faults.sights import called
from tests.faults.troubles import heard, until
from tests.stories.clock import Clock
from tests.stories.conftest import Scene, SetUp
from tests.stories.managers.test_ban_list import at_her_place
from tests.stories.managers.test_stuck import SPOIL, stands
from tests.stories.told.conftest import WITHIN
from tests.stories.told.test_set_aside import brought_to_a_stop

LOST = "Не всё, что вы писали, дошло до людей"
NOT_DELIVERED = "Клиенту не доставлено: бот слишком долго не мог это отправить"
NOT_READ = "Это сообщение бот так и не обработал"


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is gathered for some seconds is so for a moment."""
    monkeypatch.setattr("bot.engine.sweeping.EVERY", timedelta(0))
    monkeypatch.setattr("bot.engine.sweeping.LOOK_EVERY", 0.2)
    for module in ("tickets.lines", "bot.rooms.stuck.way_back"):
        monkeypatch.setattr(f"{module}.GATHERING", timedelta(seconds=0.3))


async def test_a_customer_whose_messages_were_never_read_is_asked_once_to_write_again(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    async with set_up() as scene:
        async with scene.at_work():
            maria = await at_her_place(scene)
            anna, *_ = await called(scene)
            sql(scene, SPOIL, anna.id)
            for number in range(3):
                await anna.says(f"сломанное слово {number}")
            await stands(scene, 3)
            clock.passes(days=40)
            await anna.sees(LOST, within=WITHIN)
            told = await maria.sees("Удалены 3 отложенных сообщения", within=WITHIN)
            assert "слово" not in words(told)
            await until(lambda: inbox(scene).keys() <= {"handled"}, within=WITHIN)
            await maria.says("/stuck")
            await maria.sees("Ничего не отложено")
        assert len([line for line in heard(anna) if LOST in line]) == 1


async def stand_aside(scene: Scene, count: int) -> None:
    """So many parcels stand aside."""
    await until(lambda: outbox(scene).get("uncertain") == count, within=WITHIN)


async def test_a_reply_that_never_left_is_told_on_the_ticket(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    async with set_up() as scene:
        anna, oleg, topic = await brought_to_a_stop(
            scene, "customer", lambda anna, oleg, topic: oleg.replies(topic, "сломанное слово")
        )
        async with scene.at_work():
            await stand_aside(scene, 1)
            clock.passes(days=40)
            told = await oleg.sees(topic, NOT_DELIVERED, within=WITHIN)
            assert words(told).startswith("🤖")
            await until(lambda: not outbox(scene).get("uncertain"), within=WITHIN)
            await oleg.replies(topic, "другое слово")
            await anna.sees("другое слово")
        assert all(LOST not in words(each) for each in await anna.reads())


async def test_a_message_that_was_never_shown_is_told_to_both_sides(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    async with set_up() as scene:
        anna, oleg, topic = await brought_to_a_stop(
            scene, "group", lambda anna, oleg, topic: anna.says("сломанное слово")
        )
        async with scene.at_work():
            await stand_aside(scene, 1)
            clock.passes(days=40)
            await anna.sees(LOST, within=WITHIN)
            await oleg.sees(topic, "Сообщение клиента сюда не попало", within=WITHIN)
        assert len([line for line in heard(anna) if LOST in line]) == 1


async def test_an_operator_whose_message_was_never_read_hears_it_there(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    async with set_up() as scene:
        async with scene.at_work():
            anna, oleg, topic = await called(scene)
            sql(scene, SPOIL, anna.id)
            mine = await oleg.replies(topic, "сломанное слово")
            told = await oleg.sees(topic, "пока не смог обработать", within=WITHIN)
            assert told["reply_to_message"]["message_id"] == mine["message_id"]
            await oleg.replies(topic, "и ещё одно")
            await stands(scene, 2)
        clock.passes(days=40)
        async with scene.at_work():
            await oleg.sees(topic, NOT_READ, within=WITHIN)
            await until(lambda: inbox(scene).keys() <= {"handled"}, within=WITHIN)
        lines = heard(oleg, topic)
        assert sum("пока не смог обработать" in line for line in lines) == 1
        assert sum(NOT_READ in line for line in lines) == 1


async def test_a_word_that_is_refused_or_cannot_be_made_goes_round_in_no_circle(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anna's chat takes nothing, and the word to Boris cannot be made: what they wrote goes all the same."""
    clock = Clock(monkeypatch)
    async with set_up() as scene:
        async with scene.at_work():
            maria = await at_her_place(scene)
            (anna, *_), (boris, *_) = await called(scene), await called(scene, "Борис")
            for each in (anna, boris):
                sql(scene, SPOIL, each.id)
                await each.says("сломанное слово")
            await stands(scene, 2)
        scene.world.faults.add(Fault.saying("Bad Request: no way"), method="sendMessage", chat=anna.id)
        sql(scene, "UPDATE customers SET created_at = 'spoilt' WHERE telegram_id = ?", boris.id)
        clock.passes(days=40)
        async with scene.at_work():
            await until(lambda: inbox(scene).keys() <= {"handled"}, within=WITHIN)
            await comes_to(scene, lambda: outbox(scene), {}, within=WITHIN)
            await maria.sees("Удалено 1 отложенное сообщение", within=WITHIN)
            refused = scene.world.log.calls("sendMessage", chat=anna.id)
        async with scene.at_work():
            await maria.says("/stuck")
            await maria.sees("Ничего не отложено")
            assert scene.world.log.calls("sendMessage", chat=anna.id) == refused
            await comes_to(scene, lambda: outbox(scene), {}, within=WITHIN)
