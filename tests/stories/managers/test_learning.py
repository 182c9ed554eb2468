"""What helped becomes a phrasing by one press of a manager; what was refused never comes back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from sandbox import Manager
from sandbox.chats import Message
from sandbox.people.looking import buttons, words
from tests.stories.clock import Clock
from tests.stories.conftest import Scene, SetUp
from tests.stories.forgery import forges, says_of
from tests.stories.waiting import keeps_asking

HERS = "хочу мои деньги обратно"
EAGER = {"faq_sure": 0.97, "faq_unsure": 0.02}
"""A desk that would rather offer a choice."""
HOME = "Предложения (1)"


@asynccontextmanager
async def school(
    set_up: SetUp, patch: pytest.MonkeyPatch, **more: Any
) -> AsyncIterator[tuple[Scene, Clock, Manager]]:
    """A desk with a clock to push and a manager to press."""
    clock = Clock(patch)
    async with set_up(desk={**EAGER, **more}) as scene, scene.at_work():
        maria = scene.manager()
        await maria.starts()
        yield scene, clock, maria


async def helped(scene: Scene, name: str = "Анна", text: str = HERS, **more: Any) -> None:
    """Somebody asks in words of their own, chooses the refund among three, and it helps."""
    someone = scene.customer(name, **more)
    await someone.says(text)
    await someone.sees("Вы об этом?")
    await someone.presses("Как вернуть деньги?")
    await someone.sees("оформите возврат")
    await someone.presses("Помогло")


async def learns(clock: Clock, maria: Manager) -> Message:
    """An hour goes by, and the manager looks what there is to decide."""
    clock.passes(hours=1, minutes=1)
    await keeps_asking(maria, "/faq", HOME)
    await maria.presses(HOME)
    return await maria.sees("Предложени")


async def test_words_that_helped_are_answered_at_once_after_one_press(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with school(set_up, monkeypatch) as (scene, clock, maria):
        await helped(scene)
        await helped(scene, "Борис", "Хочу мои деньги обратно!!!")
        sheet = await learns(clock, maria)
        told = words(sheet)
        assert "Добавить формулировку в\u00a0запись «Как вернуть деньги?»?" in told
        assert "хочу мои деньги обратно" in told.lower()
        assert "Так спрашивали: 2\u00a0человека" in told
        assert buttons(sheet) == ["Добавить", "Не надо", "Другая запись", "« База знаний"]
        assert await maria.presses("Добавить") == "Добавлено"
        done = words(await maria.sees("Всё разобрано"))
        assert "✅ Добавлено в\u00a0«Как вернуть деньги?»: " in done
        vera = scene.customer("Вера")
        await keeps_asking(vera, "ХОЧУ МОИ ДЕНЬГИ ОБРАТНО", "Вера, оформите возврат")


async def test_a_slip_of_the_finger_is_taken_back(set_up: SetUp, monkeypatch: pytest.MonkeyPatch) -> None:
    async with school(set_up, monkeypatch) as (scene, clock, maria):
        await helped(scene)
        await learns(clock, maria)
        await maria.presses("Добавить")
        await maria.sees("Всё разобрано")
        assert await maria.presses("Отменить") == "Вернул как было"
        await maria.sees("Предложение 1 из\u00a01")
        await keeps_asking(scene.customer("Вера"), HERS, "Вы об этом?")
        assert await maria.presses("Не надо") == "Больше не предложу"
        assert "✖️ Не нужно: хочу мои деньги обратно" in words(await maria.sees("Всё разобрано"))


async def test_what_was_refused_never_comes_back(set_up: SetUp, monkeypatch: pytest.MonkeyPatch) -> None:
    async with school(set_up, monkeypatch) as (scene, clock, maria):
        await helped(scene)
        sheet = await learns(clock, maria)
        again = says_of(sheet, "Добавить")
        await maria.presses("Не надо")
        emptied = await maria.sees("Всё разобрано")
        await helped(scene, "Борис", "деньги обратно хочу мои")
        await helped(scene, "Вера", "вещи мои мне верните", id=3003)
        other = words(await learns(clock, maria))
        assert "вещи мои мне верните" in other
        assert (
            await forges(maria, again, emptied) == "Поздно: это уже решили. Изменить запись можно в\u00a0/faq"
        )


async def test_who_calls_a_person_instead_of_choosing_speaks_against_all_that_was_offered(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with school(set_up, monkeypatch) as (scene, clock, maria):
        await helped(scene)
        boris = scene.customer("Борис")
        await boris.says(HERS)
        await boris.sees("Вы об этом?")
        await boris.presses("Позвать оператора")
        await boris.sees("Передали вопрос людям")
        await helped(scene, "Вера", "вещи мои мне верните", id=3003)
        assert "вещи мои мне верните" in words(await learns(clock, maria))
        await maria.presses("Не надо")
        assert "Всё разобрано" in words(await maria.sees("Всё разобрано"))


async def test_the_words_were_for_another_entry(set_up: SetUp, monkeypatch: pytest.MonkeyPatch) -> None:
    async with school(set_up, monkeypatch) as (scene, clock, maria):
        await helped(scene)
        await learns(clock, maria)
        await maria.presses("Другая запись")
        which = await maria.sees("К\u00a0какой записи добавить эти слова?")
        assert "Как вернуть деньги?" not in buttons(which)
        await maria.presses("Назад")
        await maria.sees("Предложение 1 из\u00a01")
        await maria.presses("Другая запись")
        await maria.sees("К\u00a0какой записи добавить эти слова?")
        await maria.presses("Когда придут деньги за возврат?")
        assert "✅ Добавлено в\u00a0«Когда придут деньги за возврат?»" in words(
            await maria.sees("Всё разобрано")
        )
        vera = scene.customer("Вера")
        await keeps_asking(vera, HERS, "Деньги приходят за три дня.")


async def test_only_managers_of_this_moment_decide(set_up: SetUp, monkeypatch: pytest.MonkeyPatch) -> None:
    async with school(set_up, monkeypatch) as (scene, clock, maria):
        await helped(scene)
        sheet = await learns(clock, maria)
        boris = scene.customer("Борис")
        await boris.says("цена доставки")
        his = await boris.sees("Доставка стоит 300")
        for caption in ("Добавить", "Не надо", "Другая запись"):
            refused = await forges(boris, says_of(sheet, caption), his)
            assert refused == "Решать, что войдёт в\u00a0базу знаний, могут только менеджеры"
        for forged in ("prop:list:0", "prop:digest:0", "prop:undo:1"):
            assert "могут только менеджеры" in (await forges(boris, forged, his) or "")
        await boris.sees_nothing(0.2)
        assert await maria.presses("Добавить") == "Добавлено"


async def test_a_press_that_says_nonsense_does_nothing(scene: Scene) -> None:
    maria = scene.manager()
    await maria.starts()
    hello = await maria.sees("Здравствуйте")
    assert not await forges(maria, "prop", hello)
    for forged in (
        "prop:add:9999",
        "prop:to:1:xyz",
        "prop:add:",
        "prop:x:1",
        "prop:add:²",
        "prop:add:" + "9" * 40,
    ):
        assert await forges(maria, forged, hello) == "Этого предложения уже нет"
    await maria.says("/faq")
    await maria.sees("База знаний")


async def test_an_operator_s_reply_becomes_an_entry(scene: Scene) -> None:
    maria, anna, oleg = scene.manager(), scene.customer("Анна"), scene.operator("Олег")
    await maria.starts()
    await maria.sees("Здравствуйте")
    await anna.says("почему мой зонтик поёт по ночам?")
    topic = await oleg.topic("Анна")
    await oleg.sees(topic, "поёт по ночам")
    await oleg.replies(topic, "Анна, это модель «Соловей», звук отключается кнопкой под ручкой.")
    await anna.sees("модель «Соловей»")
    await oleg.presses(topic, "В FAQ")
    await oleg.presses(topic, "Отправить менеджерам")
    await maria.sees("Олег предлагает новую запись в\u00a0базу знаний: «почему мой зонтик поёт по ночам?»")
    await maria.presses("Посмотреть")
    sheet = words(await maria.sees("Олег предлагает новую запись:"))
    assert "Ответ:\nЭто модель «Соловей», звук отключается кнопкой под ручкой." in sheet
    await maria.presses("Создать запись")
    await maria.presses("Сохранить")
    await maria.sees("Сохранено")
    await maria.says("/faq")
    assert not [each for each in buttons(await maria.sees("База знаний")) if "Предложения" in each]
