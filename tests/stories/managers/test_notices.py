"""Notices with all that belongs to them, at the Bot API: pictures, promises, silence, maintenance."""

from datetime import UTC, datetime

import pytest

from sandbox import Manager
from sandbox.people.looking import buttons
from tests.stories.clock import Clock
from tests.stories.conftest import Scene, SetUp

NOON = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
"""Noon in Moscow."""
COMPONENTS = {"payments": {"name": "Оплата", "words": ["карта"]}}


async def greeted(scene: Scene) -> Manager:
    maria = scene.manager("Мария")
    await maria.starts()
    await maria.sees("Здравствуйте")
    return maria


async def test_a_picture_goes_into_the_post_with_its_words(scene: Scene) -> None:
    maria, anna = scene.manager("Мария"), scene.customer("Анна")
    await maria.sends_photo(caption="/broadcast red Не проходит оплата картой")
    await maria.sees_photo("Не проходит оплата картой")
    await maria.sees("Так будет выглядеть новый пост")
    assert await maria.presses("Опубликовать") == "Опубликовано"
    await anna.sees_in(scene.channel, "Не проходит оплата картой")
    [post] = [each for each in scene.channel.messages.values() if "photo" in each]
    await maria.says("/incidents")
    listed = await maria.sees("не закрыто")
    await maria.presses("Не проходит оплата картой", on=listed)
    await maria.presses("Обновить", on=listed)
    await maria.sees("Что нового?")
    await maria.says("Чиним")
    preview = await maria.sees("Так станет выглядеть")
    await maria.presses("Опубликовать", on=preview)
    await anna.sees_in(scene.channel, "Обновление")
    assert "photo" in post
    assert "Чиним" in post["caption"]


async def test_a_promise_reminds_and_goes_on_by_one_press(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch, NOON)
    async with set_up() as scene, scene.at_work():
        maria, anna = await greeted(scene), scene.customer("Анна")
        await maria.says("/broadcast red Не проходят оплаты. Следующее обновление в 12:30")
        await maria.sees("Так будет выглядеть")
        await maria.presses("Опубликовать")
        post = await anna.sees_in(scene.channel, "Не проходят оплаты")
        clock.passes(minutes=25)
        reminder = await maria.sees("обещаны новости")
        assert buttons(reminder) == ["Новостей нет, ещё 30 минут", "Написать", "Решено"]
        assert await maria.presses("Новостей нет", on=reminder) == "Опубликовано"
        await anna.sees_in(scene.channel, "🔴 Обновление")
        assert "обновлено 12:25, следующее до 12:55" in post["text"]
        assert [each["type"] for each in post["entities"]].count("date_time") >= 2
        clock.passes(minutes=31)
        await maria.sees("не вышли")


async def test_a_silent_correction_changes_the_post_and_calls_nobody(scene: Scene) -> None:
    maria, anna, oleg = scene.manager("Мария"), scene.customer("Анна"), scene.operator("Олег")
    await maria.says("/broadcast red Не работает вхот")
    await maria.sees("Так будет выглядеть")
    await maria.presses("Опубликовать")
    post = await anna.sees_in(scene.channel, "вхот")
    await maria.says("/incidents")
    listed = await maria.sees("не закрыто")
    await maria.presses("вхот", on=listed)
    await maria.presses("Исправить", on=listed)
    await maria.sees("Как правильно?")
    await maria.says("Не работает вход")
    preview = await maria.sees("Так станет выглядеть")
    await maria.presses("Изменить…", on=preview)
    await maria.presses("Кому: всем, кого касается", on=preview)
    await maria.presses("Кому: только канал", on=preview)
    await maria.sees("Тихая правка")
    await maria.presses("Опубликовать", on=preview)
    await oleg.sees(None, "клиентам уведомление не пришло")
    await anna.sees_in(scene.channel, "Не работает вход")
    assert "Не работает вход" in post["text"]
    assert [each for each in scene.channel.messages.values() if "Исправление" in each.get("text", "")] == []


async def test_forty_changes_leave_one_preview_that_publishes(set_up: SetUp) -> None:
    async with set_up(desk={"components": COMPONENTS}) as scene, scene.at_work():
        maria, anna = scene.manager("Мария"), scene.customer("Анна")
        await maria.says("/broadcast red Не проходит оплата")
        preview = await maria.sees("Так будет выглядеть")
        await maria.presses("Изменить…", on=preview)
        await maria.presses("Что затронуто…", on=preview)
        for _ in range(20):
            await maria.presses("Оплата", on=preview)
            await maria.presses("✓ Оплата", on=preview)
        await maria.presses("Оплата", on=preview)
        assert await maria.presses("Опубликовать", on=preview) == "Опубликовано"
        post = await anna.sees_in(scene.channel, "Не проходит оплата")
        assert post["text"].splitlines()[:2] == ["🔴 Сбой", "Оплата"]


async def test_maintenance_begins_by_the_clock_and_ends_by_a_person(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch, NOON)
    async with set_up() as scene, scene.at_work():
        maria, anna = await greeted(scene), scene.customer("Анна")
        await maria.says("/maintenance сегодня 14:00–15:00 Обновляем базу")
        await maria.sees("Так будет выглядеть")
        await maria.presses("Опубликовать")
        await anna.sees_in(scene.channel, "🛠 Плановые работы")
        clock.passes(minutes=61)
        await anna.sees_in(scene.channel, "работы начнутся сегодня в\xa014:00")
        clock.passes(minutes=60)
        await anna.sees_in(scene.channel, "Работы начались")
        clock.passes(minutes=50)
        asked = await maria.sees("Успеваем?")
        assert buttons(asked) == ["Закончены", "Ещё 30 минут"]
        assert await maria.presses("Закончены", on=asked) == "Опубликовано"
        await anna.sees_in(scene.channel, "✅ Работы закончены")
        await maria.says("/maintenance")
        await maria.sees("Плановых работ нет")


async def test_maintenance_is_not_for_everybody(scene: Scene) -> None:
    anna = scene.customer("Анна")
    await anna.says("/maintenance завтра 02:00-04:00 Обман")
    await anna.sees("только менеджеры")
    assert scene.channel.messages == {}
