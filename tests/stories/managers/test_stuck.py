"""Managers see what stands aside and let it go on or drop it; customers are not left alone with it."""

import pytest

from sandbox import Customer, Fault, Manager, Operator
from sandbox.chats import Topic
from sandbox.people.looking import buttons, words
from tests.faults.database import inbox, outbox, sql
from tests.faults.sights import called
from tests.faults.troubles import heard, until
from tests.stories.conftest import Scene, SetUp
from tests.stories.managers.test_ban_list import at_her_place

SPOIL = """UPDATE tickets SET opened_at = 'spoilt' WHERE customer_id =
(SELECT id FROM customers WHERE telegram_id = ?)"""
REPAIR = "UPDATE tickets SET opened_at = (SELECT max(received_at) FROM inbox) WHERE opened_at = 'spoilt'"
TOLD = "показать его людям пока не получилось"
CARRIED = "SELECT count(*) FROM outbox WHERE chat_id = ? AND act = 'carry'"
SPOIL_MESSAGE = """UPDATE messages SET content = '{"spoilt": 1}'
WHERE id = (SELECT min(message_id) FROM outbox WHERE chat_id = ?)"""


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses need not be long here."""
    monkeypatch.setattr("bot.engine.backoff.FIRST", 0.05)
    monkeypatch.setattr("bot.engine.dispatch.REST", 0.01)


async def spoilt(scene: Scene, name: str = "Анна") -> tuple[Customer, Operator, Topic]:
    """Somebody whose next messages cannot be handled."""
    customer, oleg, topic = await called(scene, name)
    sql(scene, SPOIL, customer.id)
    return customer, oleg, topic


async def stands(scene: Scene, count: int) -> None:
    """So many updates stand in quarantine."""
    await until(lambda: inbox(scene).get("quarantined", 0) == count, within=20)


async def test_nothing_stands_aside(scene: Scene) -> None:
    maria = await at_her_place(scene)
    await maria.says("/stuck")
    await maria.sees("Ничего не отложено")


async def test_a_message_comes_back_in_order_and_its_author_was_told_once(scene: Scene) -> None:
    maria = await at_her_place(scene)
    anna, oleg, topic = await spoilt(scene)
    said = [f"слово {number}" for number in range(4)]
    for text in said:
        await anna.says(text)
    await stands(scene, 4)
    await anna.sees(TOLD)
    await maria.says("/stuck")
    listed = await maria.sees("Отложено 4 сообщения")
    assert "1. Сообщение клиента: Анна, сегодня в" in words(listed)
    assert "Ошибка в самом боте (TypeError)." in words(listed)
    assert "Traceback" not in words(listed)
    await maria.presses("1. Показать")
    await maria.sees("слово 3")
    sql(scene, REPAIR)
    assert "4 сообщения" in str(await maria.presses("Повторить все", on=listed))
    await oleg.sees(topic, said[-1])
    assert [line for line in heard(oleg, topic) if line in said] == said
    await maria.sees("Ничего не отложено")
    assert len([line for line in heard(anna) if TOLD in line]) == 1


async def test_one_is_dropped_and_its_author_hears_of_it(scene: Scene) -> None:
    maria = await at_her_place(scene)
    anna, *_ = await spoilt(scene)
    await anna.says("сломанное слово")
    await anna.sees(TOLD)
    await maria.says("/stuck")
    listed = await maria.sees("Отложено 1 сообщение")
    assert "Повторить все" not in buttons(listed)
    assert await maria.presses("Убрать") == "Убрали."
    await anna.sees("напишите его, пожалуйста, ещё раз")
    await maria.sees("Ничего не отложено")
    assert inbox(scene).get("quarantined") is None


async def test_what_still_fails_comes_back_to_the_list(scene: Scene) -> None:
    maria = await at_her_place(scene)
    anna, *_ = await spoilt(scene)
    await anna.says("сломанное слово")
    await stands(scene, 1)
    await maria.says("/stuck")
    listed = await maria.sees("Отложено 1 сообщение")
    for _ in range(2):
        await maria.presses("Повторить", on=listed)
        await stands(scene, 1)
        await maria.says("/stuck")
        listed = await maria.sees("Отложено 1 сообщение")
    assert len([line for line in heard(anna) if TOLD in line]) <= 3


async def test_pressed_twice_or_too_late(scene: Scene) -> None:
    maria = await at_her_place(scene)
    anna, oleg, topic = await spoilt(scene)
    await anna.says("сломанное слово")
    await stands(scene, 1)
    await maria.says("/stuck")
    first = await maria.sees("Отложено 1 сообщение")
    await maria.says("/stuck")
    second = await maria.sees("Отложено 1 сообщение")
    sql(scene, REPAIR)
    await maria.presses("Повторить", on=first)
    await oleg.sees(topic, "сломанное слово")
    for caption in ("Повторить", "Убрать", "Показать"):
        fresh = caption in " ".join(buttons(second))
        if fresh and caption == "Показать":
            assert await maria.presses(caption, on=second) == "Этого в списке уже нет."
    assert await maria.presses("Повторить", on=second) == "Этого в списке уже нет."
    assert heard(oleg, topic).count("сломанное слово") == 1


async def test_the_role_is_asked_for_at_each_press(scene: Scene) -> None:
    maria, oleg = await at_her_place(scene), scene.operator("Олег")
    anna, *_ = await spoilt(scene)
    await anna.says("сломанное слово")
    await stands(scene, 1)
    boss: Manager | Operator = scene.operator("Мария", id=maria.id)
    await boss.says_in_general("/stuck")
    await oleg.sees(None, "Отложено 1 сообщение")
    refused = "Отложенные сообщения разбирают менеджеры."
    for caption in ("Показать", "Повторить", "Убрать"):
        assert await oleg.presses(None, caption) == refused
    await oleg.says_in_general("/stuck")
    await oleg.sees(None, refused)
    boris = scene.customer("Борис")
    await boris.says("/stuck")
    await boris.sees(refused)
    assert inbox(scene)["quarantined"] == 1


async def test_a_reply_that_was_set_aside_is_sent_again_or_its_topic_hears_that_it_was_dropped(
    set_up: SetUp,
) -> None:
    async with set_up() as scene:
        async with scene.at_work():
            maria = await at_her_place(scene)
            anna, oleg, topic = await called(scene)
            scene.world.faults.add(Fault.internal_error(), chat=anna.id)
            await oleg.replies(topic, "раз")
            await until(lambda: sql(scene, CARRIED, anna.id) == [(1,)])
        scene.world.faults.clear()
        sql(scene, SPOIL_MESSAGE, anna.id)
        async with scene.at_work():
            await until(lambda: outbox(scene).get("uncertain") == 1, within=20)
            await maria.says("/stuck")
            listed = await maria.sees("Отложено 1 сообщение")
            assert "Клиенту: Анна" in words(listed)
            ((first,),) = sql(scene, "SELECT id FROM outbox WHERE state = 1")
            await maria.presses("Повторить", on=listed)
            again = "SELECT count(*) FROM outbox WHERE state = 1 AND id > ?"
            await until(lambda: sql(scene, again, first) == [(1,)], within=20)
            await maria.says("/stuck")
            listed = await maria.sees("Отложено 1 сообщение")
            assert await maria.presses("Убрать", on=listed) == "Убрали."
            await oleg.sees(topic, "убрано менеджером")
            assert outbox(scene).get("uncertain") is None
