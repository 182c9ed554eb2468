"""People greet, thank and swear; the bot answers as one would, and asks neither the FAQ nor people."""

import pytest

from sandbox.people.looking import buttons, words
from tests.stories.conftest import Scene


async def test_a_greeting_is_answered_with_a_greeting(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    for said, answer in (
        ("Добрый вечер!!!", "Здравствуйте! Чем помочь?"),
        ("ghbdtn", "Здравствуйте! Чем помочь?"),
        ("у меня вопрос", "Слушаю вас!"),
        ("???", "Да, мы здесь!"),
        ("ты бот?", "Я бот поддержки"),
        ("🚲", "Вопроса здесь не видно"),
        ("ок, понятно", "Хорошо!"),
        ("спасибо, оператор!", "Пожалуйста!"),
        ("всего доброго", "Всего доброго!"),
    ):
        await anna.says(said)
        assert buttons(await anna.sees(answer)) == ["Позвать оператора"]
    assert oleg.topics() == []


async def test_a_greeting_in_english(scene: Scene) -> None:
    ann = scene.customer("Ann", language="en")
    for said, answer in (
        ("hi there", "Hello! How can we help?"),
        ("are you a bot?", "I am the support bot"),
        ("thx!", "You are welcome!"),
    ):
        await ann.says(said)
        assert buttons(await ann.sees(answer)) == ["Call an operator"]


async def test_thanks_leave_the_answer_as_it_is(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("цена доставки")
    answer = await anna.sees("Доставка стоит 300")
    await anna.says("спасибо")
    await anna.sees("Пожалуйста!")
    assert buttons(answer) == ["Помогло", "Позвать оператора"]
    await anna.presses("Позвать оператора", on=answer)
    await anna.sees("Передали вопрос людям")
    topic = await oleg.topic("Анна")
    card = words(await oleg.sees(topic, "№\u00a01 · Анна"))
    assert "цена доставки" in card
    assert "спасибо" not in card
    await oleg.sees(topic, "цена доставки")
    assert "спасибо" not in "".join(words(each) for each in await oleg.reads(topic))


async def test_an_expletive_is_met_with_help(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("Блин!")
    assert buttons(await anna.sees("что-то пошло не так")) == ["Позвать оператора", "Пожаловаться"]
    assert oleg.topics() == []
    await anna.presses("Пожаловаться")
    await anna.sees("Спасибо, что сказали об этом")


@pytest.mark.parametrize("said", ["вы издеваетесь?!", "Хочу пожаловаться на курьера: нахамил"])
async def test_anger_and_complaints_go_the_complaint_s_way(scene: Scene, said: str) -> None:
    anna, oleg, maria = scene.customer("Анна"), scene.operator("Олег"), scene.manager()
    await maria.starts()
    await anna.says(said)
    await anna.sees("Спасибо, что сказали об этом")
    topic = await oleg.topic("🔥 Анна")
    await oleg.sees(topic, said)
    await maria.sees("🔥 Жалоба: Анна")


async def test_anger_in_an_open_matter_makes_it_a_complaint(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("оператор")
    topic = await oleg.topic("Анна")
    await anna.says("это безобразие")
    await oleg.sees(topic, "это безобразие")
    await oleg.sees(topic, "Клиент жалуется")
    await anna.sees("Спасибо, что сказали об этом")


async def test_anger_with_a_question_in_it_is_a_question(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("верните деньги! жулики!")
    await anna.sees("оформите возврат")
    assert oleg.topics() == []


async def test_it_did_not_help_is_as_good_as_the_button(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("цена доставки")
    await anna.sees("Доставка стоит 300")
    await anna.says("не помогло")
    await anna.sees("Передали вопрос людям")
    topic = await oleg.topic("Анна")
    await oleg.sees(topic, "FAQ предложил: Сколько стоит доставка?")
    await oleg.sees(topic, "цена доставки\n\nне помогло")
