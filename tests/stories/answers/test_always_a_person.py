"""Some questions always need a person: what can be said is said first, and people are called at once."""

from collections.abc import AsyncIterator

import pytest

from sandbox.people.looking import buttons
from tests.stories.conftest import FAQ, Scene, SetUp

ENTRIES = """
- id: stolen
  category: {ru: Срочное, en: Urgent}
  question: {ru: "У меня украли телефон", en: "My phone was stolen"}
  phrasings: {ru: [кража телефона], en: [stolen phone]}
  answer: {ru: "Заблокируем номер сразу.", en: "We will block the number at once."}
  call_person: true
- id: court
  category: {ru: Срочное, en: Urgent}
  question: {ru: "Как подать в суд?", en: "How do I go to court?"}
  call_person: true
- id: locals
  category: {ru: Срочное, en: Urgent}
  question: {ru: "Где взять справку о прописке?", en: "Where do I get a registration paper?"}
  answer: "В МФЦ."
  languages: [ru]
"""


@pytest.fixture
async def desk(set_up: SetUp) -> AsyncIterator[Scene]:
    async with set_up() as scene:
        scene.faq.write_text(FAQ + ENTRIES, "utf-8")
        async with scene.at_work():
            yield scene


async def test_the_answer_is_said_and_a_person_comes(desk: Scene) -> None:
    anna, oleg = desk.customer("Анна"), desk.operator("Олег")
    await anna.says("у меня украли телефон")
    assert buttons(await anna.sees("Заблокируем номер сразу.")) == []
    await anna.sees("Передали вопрос людям, заявка №\u00a01")
    await oleg.sees(await oleg.topic("Анна"), "у меня украли телефон")


async def test_in_english(desk: Scene) -> None:
    ann, oleg = desk.customer("Ann", language="en"), desk.operator("Олег")
    await ann.says("my phone was stolen")
    await ann.sees("We will block the number at once.")
    await ann.sees("Your question is with our people now")
    await oleg.topic("Ann")


async def test_without_an_answer_a_person_comes_all_the_same(desk: Scene) -> None:
    anna, oleg = desk.customer("Анна"), desk.operator("Олег")
    await anna.says("как подать в суд?")
    await anna.sees("Передали вопрос людям")
    await oleg.sees(await oleg.topic("Анна"), "как подать в суд?")


async def test_chosen_among_others_it_calls_a_person_too(desk: Scene) -> None:
    anna, oleg = desk.customer("Анна"), desk.operator("Олег")
    await anna.says("телефон")
    choice = await anna.sees("Вы об этом?")
    await anna.presses("У меня украли телефон")
    assert await anna.sees("Заблокируем номер сразу.") is choice
    assert buttons(choice) == []
    await anna.sees("Передали вопрос людям")
    await oleg.sees(await oleg.topic("Анна"), "телефон")


async def test_picked_in_the_menu_it_calls_a_person_too(desk: Scene) -> None:
    anna, oleg = desk.customer("Анна"), desk.operator("Олег")
    await anna.starts()
    await anna.presses("Срочное")
    await anna.presses("Как подать в суд?")
    await anna.sees("Передали вопрос людям")
    await oleg.sees(await oleg.topic("Анна"), "Как подать в суд?")


async def test_an_entry_for_others_is_neither_shown_nor_said(desk: Scene) -> None:
    ann, anna = desk.customer("Ann", language="en"), desk.customer("Анна")
    await ann.starts()
    await ann.presses("Urgent")
    section = await ann.sees("Urgent")
    assert "Where do I get a registration paper?" not in buttons(section)
    await anna.starts()
    await anna.presses("Срочное")
    assert "Где взять справку о прописке?" in buttons(await anna.sees("Выберите вопрос"))
