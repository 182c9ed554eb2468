"""What to expect is said honestly: nobody known, somebody there, the usual wait, or when we are back."""

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.people.looking import words
from tests.stories.clock import Clock
from tests.stories.conftest import Scene, SetUp

QUESTION = "почему мой зонтик поёт по ночам?"
HOURS = {"work_hours": ["mon-fri 09:00-18:00"], "time_zone": "Europe/Moscow"}
WEDNESDAY = datetime(2030, 5, 15, tzinfo=UTC)


async def test_nothing_is_promised_while_nothing_is_known(scene: Scene) -> None:
    anna = scene.customer("Анна")
    await anna.says(QUESTION)
    told = await anna.sees("Передали вопрос людям")
    assert words(told) == "Передали вопрос людям, заявка №\u00a01. Ответ придёт сюда, в этот чат."


async def test_who_is_there_now(set_up: SetUp, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    async with set_up() as scene, scene.at_work():
        for name in ("Олег", "Иван"):
            await scene.operator(name).says_in_general("Я на смене")
        anna, boris, oleg = scene.customer("Анна"), scene.customer("Борис"), scene.operator("Олег")
        await anna.says(QUESTION)
        await anna.sees("На связи 2\u00a0оператора. Ответ придёт сюда")
        clock.passes(hours=1)
        await oleg.says_in_general("Я ещё здесь")
        await boris.says(QUESTION)
        await boris.sees("На связи 1\u00a0оператор. Ответ придёт сюда")


async def test_the_usual_wait_is_measured(set_up: SetUp, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    async with set_up() as scene, scene.at_work():
        oleg = scene.operator("Олег")
        for name, minutes in (("Анна", 3), ("Борис", 12), ("Вера", 55)):
            customer = scene.customer(name)
            await customer.says(QUESTION)
            topic = await oleg.topic(name)
            await oleg.sees(topic, "Ждёт ответа")
            clock.passes(minutes=minutes)
            await oleg.replies(topic, "Отвечаю")
            await customer.sees("Отвечаю")
            await oleg.replies(topic, "Ещё строка")
            await customer.sees("Ещё строка")
        clock.passes(hours=2)
        gleb = scene.customer("Глеб")
        await gleb.says(QUESTION)
        told = words(await gleb.sees("Передали вопрос людям"))
        assert told.endswith("№\u00a04. Обычное время ожидания\u00a0— 12\u00a0минут.")
        clock.passes(days=8)
        dina = scene.customer("Дина")
        await dina.says(QUESTION)
        await dina.sees("Ответ придёт сюда")


@pytest.mark.parametrize(
    ("moscow", "returns"),
    [
        (timedelta(hours=7), "сегодня в\u00a09:00"),
        (timedelta(hours=20), "завтра в\u00a09:00"),
        (timedelta(days=2, hours=18), "в\u00a0понедельник в\u00a09:00"),
    ],
)
async def test_off_hours_the_time_of_return_is_said(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch, moscow: timedelta, returns: str
) -> None:
    Clock(monkeypatch, WEDNESDAY + moscow - timedelta(hours=3))
    async with set_up(desk=HOURS) as scene, scene.at_work():
        anna, oleg = scene.customer("Анна"), scene.operator("Олег")
        await oleg.says_in_general("Я ещё тут, но смена кончилась")
        await anna.says(QUESTION)
        told = words(await anna.sees("Передали вопрос людям, заявка №\u00a01"))
        assert told.endswith(f"Сейчас мы не на связи. Вернёмся {returns} и ответим здесь же.")
        topic = await oleg.topic("🔵 Анна")
        await oleg.sees(topic, QUESTION)
        await oleg.replies(topic, "Отвечу и ночью")
        await anna.sees("Отвечу и ночью")


async def test_within_hours_nothing_is_said_of_them(set_up: SetUp, monkeypatch: pytest.MonkeyPatch) -> None:
    Clock(monkeypatch, WEDNESDAY + timedelta(hours=7))
    async with set_up(desk=HOURS) as scene, scene.at_work():
        anna = scene.customer("Анна")
        await anna.says(QUESTION)
        assert "не на связи" not in words(await anna.sees("Передали вопрос людям"))


async def test_off_hours_a_complaint_is_told_when_too(set_up: SetUp, monkeypatch: pytest.MonkeyPatch) -> None:
    Clock(monkeypatch, WEDNESDAY + timedelta(hours=20))
    async with set_up(desk=HOURS) as scene, scene.at_work():
        ann = scene.customer("Ann", language="en")
        await ann.says("/complaint")
        told = words(await ann.sees("Thank you for telling us"))
        assert "We are back tomorrow at 9:00 AM and will answer right here." in told.replace("\u00a0", " ")
