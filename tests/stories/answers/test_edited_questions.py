"""A question that is put right is looked at again, and operators read the words as they are now."""

import pytest

from sandbox.people.looking import words
from tests.stories.clock import in_a_hurry
from tests.stories.conftest import Scene


async def test_another_question_gets_another_answer(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    hers = await anna.says("цена доставки")
    await anna.sees("Доставка стоит 300")
    await anna.edits(hers, "хочу возврат")
    await anna.sees("Вы изменили вопрос, поэтому смотрим заново.")
    await anna.sees("оформите возврат")
    await anna.presses("Позвать оператора")
    topic = await oleg.topic("Анна")
    card = words(await oleg.sees(topic, "№\u00a01 · Анна"))
    assert "хочу возврат" in card
    assert "цена доставки" not in card
    await oleg.sees(topic, "хочу возврат")


async def test_what_nobody_knows_now_goes_to_people(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    hers = await anna.says("цена доставки")
    await anna.sees("Доставка стоит 300")
    await anna.edits(hers, "почему мой зонтик поёт по ночам?")
    await anna.sees("Передали вопрос людям")
    await oleg.sees(await oleg.topic("Анна"), "почему мой зонтик поёт по ночам?")


async def test_a_slip_put_right_is_not_answered_twice(scene: Scene) -> None:
    anna = scene.customer("Анна")
    hers = await anna.says("цена даставки")
    await anna.sees("Доставка стоит 300")
    await anna.edits(hers, "цена доставки")
    await anna.says("спасибо")
    await anna.sees("Пожалуйста!")
    assert sum("Доставка стоит" in words(each) for each in await anna.reads()) == 1


async def test_a_greeting_that_became_a_question_is_answered(scene: Scene) -> None:
    anna = scene.customer("Анна")
    hers = await anna.says("привет")
    await anna.sees("Чем помочь?")
    await anna.edits(hers, "привет!")
    await anna.edits(hers, "привет, цена доставки?")
    await anna.sees("Доставка стоит 300")
    assert sum("Чем помочь?" in words(each) for each in await anna.reads()) == 1


async def test_long_afterwards_nothing_is_answered_anew(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    hers = await anna.says("цена доставки")
    await anna.sees("Доставка стоит 300")
    scene.world.clock.shift(120)
    await anna.edits(hers, "хочу возврат")
    await anna.says("оператор")
    card = words(await oleg.sees(await oleg.topic("Анна"), "№\u00a01 · Анна"))
    assert "хочу возврат" in card
    assert "оформите возврат" not in "".join(words(each) for each in await anna.reads())


async def test_the_card_tells_the_words_as_they_are_now(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_a_hurry(monkeypatch)
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    hers = await anna.says("почему мой зонтик поёт?")
    topic = await oleg.topic("Анна")
    card = await oleg.sees(topic, "№\u00a01 · Анна")
    await oleg.sees(topic, "почему мой зонтик поёт?")
    await anna.sees("Передали вопрос людям")
    await anna.edits(hers, "почему мой чайник молчит?")
    changed = await oleg.sees(topic, "№\u00a01 · Анна")
    assert changed["message_id"] == card["message_id"]
    assert "почему мой чайник молчит?" in words(changed)
    assert "зонтик" not in words(changed)
