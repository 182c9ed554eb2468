"""What three people had to ask people about comes in the week's digest, and becomes an entry."""

from datetime import UTC, datetime

import pytest

from sandbox import Manager, Operator
from sandbox.people.looking import buttons, words
from tests.stories.clock import Clock
from tests.stories.conftest import Scene, SetUp
from tests.stories.waiting import keeps_asking

BEFORE_TEN = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
"""A Monday in Moscow, half past nine."""
ASKED = {
    "Анна": "как получить чек на почту",
    "Борис": "пришлите чек на почту",
    "Вера": "чек на почту не пришёл",
}
SHY = {"faq_unsure": 0.8}
"""A desk that would rather call people."""
REPLIES = {
    "Анна": "Анна, чек придёт на почту в течение часа",
    "Борис": "Чек придёт на почту в течение часа",
    "Вера": "Проверьте почту, чек по заказу 12345 придёт в течение часа",
}


async def ask_people(scene: Scene, oleg: Operator) -> None:
    """Three customers ask what no entry knows, and an operator answers each."""
    for name, text in ASKED.items():
        someone = scene.customer(name)
        await someone.says(text)
        await someone.sees("Передали вопрос людям")
        topic = await oleg.topic(name)
        await oleg.sees(topic, text)
        await oleg.replies(topic, REPLIES[name])
        await someone.sees("в течение часа")


async def greeted(scene: Scene) -> Manager:
    maria = scene.manager()
    await maria.starts()
    await maria.sees("Здравствуйте")
    return maria


async def test_from_three_questions_to_an_entry(set_up: SetUp, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch, BEFORE_TEN)
    async with set_up(desk=SHY) as scene, scene.at_work():
        maria, oleg = await greeted(scene), scene.operator("Олег")
        await ask_people(scene, oleg)
        clock.passes(minutes=20)
        await maria.sees_nothing(0.6)
        clock.passes(minutes=11)
        digest = await maria.sees("База знаний за\u00a07\u00a0дней")
        told = words(digest)
        assert "Вопросов: 3\n" in told
        assert "Бот ответил сразу: 0 (0\u00a0%)\nДошло до\u00a0людей: 3 (100\u00a0%)" in told
        assert "чек на почту" in told
        assert ": 3\u00a0человека, все за\u00a07\u00a0дней" in told
        assert buttons(digest) == ["Разобрать предложения (1)"]
        await maria.presses("Разобрать предложения")
        sheet = words(await maria.sees("В\u00a0базе знаний нет ответа на\u00a0вопрос:"))
        assert "Спрашивали: 3\u00a0человека, все за\u00a0последние 7\u00a0дней. Последний раз" in sheet
        assert "Черновик ответа из\u00a0слов операторов" in sheet
        assert "чек придёт на почту в течение часа" in sheet.lower()
        assert "12345" not in sheet
        assert "Анна" not in sheet
        await maria.presses("Создать запись")
        await maria.presses("Сохранить")
        await maria.sees("Сохранено")
        await keeps_asking(maria, "/faq try как получить чек на почту", "Бот ответит сам")
        ivan = scene.customer("Иван", id=4004)
        await ivan.says("как получить чек на почту")
        assert buttons(await ivan.sees("в течение часа")) == ["Помогло", "Позвать оператора"]
        await maria.says("/faq")
        assert not [each for each in buttons(await maria.sees("База знаний")) if "Предложения" in each]


async def test_two_people_are_not_yet_a_question(set_up: SetUp, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch, BEFORE_TEN)
    monkeypatch.delitem(ASKED, "Вера")
    async with set_up(desk=SHY) as scene, scene.at_work():
        maria, oleg = await greeted(scene), scene.operator("Олег")
        await ask_people(scene, oleg)
        clock.passes(minutes=31)
        digest = await maria.sees("База знаний за\u00a07\u00a0дней")
        assert "Вопросов: 2\n" in words(digest)
        assert buttons(digest) == []


async def test_nothing_to_say_and_nothing_said(set_up: SetUp, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch, BEFORE_TEN)
    async with set_up() as scene, scene.at_work():
        maria = await greeted(scene)
        clock.passes(minutes=31)
        await maria.sees_nothing(1)
        await maria.says("/faq digest")
        await maria.sees("За последние 7\u00a0дней рассказать не о\u00a0чем")


async def test_switched_off_or_at_another_time(set_up: SetUp, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch, BEFORE_TEN)
    zone = {"time_zone": "Asia/Vladivostok", "faq_digest": "mon 16:45"}
    async with set_up(desk=zone) as scene:
        async with scene.at_work():
            maria, anna = await greeted(scene), scene.customer("Анна")
            await anna.says("цена доставки")
            await anna.sees("Доставка стоит 300")
            await maria.sees_nothing(0.6)
            clock.passes(minutes=16)
            assert "Бот ответил сразу: 1 (100\u00a0%)" in words(
                await maria.sees("База знаний за\u00a07\u00a0дней")
            )
        scene.desk["faq_digest"] = ""
        async with scene.at_work():
            clock.passes(days=7, minutes=-10)
            await anna.says("верните деньги")
            await anna.sees("оформите возврат")
            clock.passes(minutes=15)
            await maria.sees_nothing(1.5)


async def test_missed_while_nobody_worked(set_up: SetUp, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch, BEFORE_TEN)
    async with set_up() as scene:
        async with scene.at_work():
            maria, anna = await greeted(scene), scene.customer("Анна")
            await anna.says("цена доставки")
            await anna.sees("Доставка стоит 300")
            await anna.presses("Помогло")
        clock.passes(hours=5)
        async with scene.at_work():
            told = words(await maria.sees("База знаний за\u00a07\u00a0дней"))
            assert "Помогло: 1 из\u00a01, кто отметил (100\u00a0%)" in told
            await maria.sees_nothing(0.6)
