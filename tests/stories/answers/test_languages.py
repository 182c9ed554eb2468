"""Each side is spoken to in its own language."""

import re

import pytest

from sandbox.people.looking import buttons, words
from tests.stories.conftest import Scene
from tests.stories.forgery import forges

CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


async def test_an_english_customer_of_russian_operators(scene: Scene) -> None:
    ann, oleg, maria = scene.customer("Ann", language="en"), scene.operator("Oleg"), scene.manager()
    await maria.starts()
    await ann.starts()
    await ann.says("how much is delivery")
    await ann.sees("Delivery is 300 roubles.")
    await ann.presses("Call an operator")
    await ann.sees("Your question is with our people now, ticket No.\u00a01.")
    topic = await oleg.topic("Ann")
    card = words(await oleg.sees(topic, "Ждёт ответа"))
    assert "язык: en" in card
    assert "FAQ предложил: Сколько стоит доставка?" in card
    await oleg.replies(topic, "Three hundred")
    await oleg.replies(topic, "/close")
    request = await ann.sees("Ticket No.\u00a01 is closed. How did we do?")
    assert buttons(request)[0] == "1 — Terrible"
    await ann.presses("1 — Terrible")
    await ann.sees("We are sorry it went this way.")
    await maria.sees("Оценка 1 по заявке №\u00a01: Ann")
    await ann.says("Too slow")
    await ann.sees("every word is kept")
    await ann.presses("It came back")
    await ann.sees("Ticket No.\u00a01 is open again.")
    await oleg.sees(topic, "проблема вернулась")
    ours = "".join(words(each) + "".join(buttons(each)) for each in await ann.reads())
    assert CYRILLIC.findall(ours) == []


async def test_the_language_can_be_chosen_and_stays(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна", language="ru"), scene.operator("Олег")
    await anna.says("/language")
    question = await anna.sees("На каком языке вам удобнее?")
    assert buttons(question) == ["Русский", "English"]
    await anna.presses("English")
    chosen = await anna.sees("All right, English it is.")
    assert buttons(chosen) == ["Payment", "Delivery", "Call an operator", "Complain"]
    await anna.says("/start")
    await anna.sees("Hello, Анна!")
    await anna.says("как вернуть деньги")
    await anna.sees("Ask for it in Orders.")
    await anna.says("/operator")
    await anna.sees("Your question is with our people now")
    await oleg.sees(await oleg.topic("Анна"), "язык: en")


@pytest.mark.parametrize("forged", ["menu:language:de", "menu:language:", "menu:language:../../etc"])
async def test_only_languages_we_have(scene: Scene, forged: str) -> None:
    anna = scene.customer("Анна")
    await anna.says("/language")
    question = await anna.sees("На каком языке вам удобнее?")
    assert not await forges(anna, forged, question)
    await anna.says("/start")
    await anna.sees("Здравствуйте, Анна")
