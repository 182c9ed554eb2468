"""The menu of a large knowledge base has pages: every entry is reached by buttons, in one message."""

from sandbox import Customer
from sandbox.chats import Message
from sandbox.people.looking import buttons, words
from tests.stories.conftest import Scene, SetUp
from tests.stories.waiting import comes_true, is_no_longer_offered

MORE = "Дальше"
BACK = "‹ Назад"
BUTTONS_OF_TELEGRAM = 100


def base(sections: int, entries: int) -> str:
    """A knowledge base with so many entries in its first section, and one in each of the others."""
    sizes = [entries, *[1] * (sections - 1)]
    return "".join(
        f"- id: e-{section}-{number}\n"
        f"  category: Раздел {section}\n"
        f"  question: Вопрос {section}-{number}?\n"
        f"  answer: Ответ {section}-{number}.\n"
        for section, size in enumerate(sizes)
        for number in range(size)
    )


async def turned(scene: Scene, anna: Customer, message: Message, caption: str) -> None:
    """She turns the page: the same message shows other buttons."""
    before = buttons(message)
    await anna.presses(next(each for each in before if each.startswith(caption)), on=message)
    assert await comes_true(scene.world, lambda: buttons(message) != before)
    assert len(buttons(message)) < BUTTONS_OF_TELEGRAM


async def pages(scene: Scene, anna: Customer, message: Message, named: str) -> list[str]:
    """All buttons with such a name on the message's pages, from the one shown to the last."""
    found = [each for each in buttons(message) if each.startswith(named)]
    while any(each.startswith(MORE) for each in buttons(message)):
        await turned(scene, anna, message, MORE)
        found += [each for each in buttons(message) if each.startswith(named)]
    return found


async def test_every_entry_of_a_long_section_is_reached(set_up: SetUp) -> None:
    async with set_up() as scene:
        scene.faq.write_text(base(2, 250), "utf-8")
        async with scene.at_work():
            anna = scene.customer("Анна")
            await anna.starts()
            await anna.presses("Раздел 0", on=await anna.sees("Здравствуйте"))
            section = await anna.sees("Выберите вопрос")
            assert BACK not in buttons(section)
            assert await pages(scene, anna, section, "Вопрос") == [f"Вопрос 0-{n}?" for n in range(250)]
            await turned(scene, anna, section, BACK)
            assert "Позвать оператора" in buttons(section)
            await turned(scene, anna, section, MORE)
            await anna.presses("Вопрос 0-249?", on=section)
            await anna.sees("Ответ 0-249.")


async def test_every_section_of_a_long_list_is_reached(set_up: SetUp) -> None:
    async with set_up() as scene:
        scene.faq.write_text(base(101, 1), "utf-8")
        async with scene.at_work():
            anna = scene.customer("Анна")
            await anna.starts()
            greeting = await anna.sees("Здравствуйте")
            text = words(greeting)
            assert await pages(scene, anna, greeting, "Раздел") == [f"Раздел {n}" for n in range(101)]
            assert words(greeting) == text
            await anna.presses("Раздел 100", on=greeting)
            await anna.sees("Выберите вопрос")
            await anna.presses("Вопрос 100-0?")
            await anna.sees("Ответ 100-0.")


async def test_a_press_on_a_page_that_is_gone_does_no_harm(set_up: SetUp) -> None:
    async with set_up() as scene:
        scene.faq.write_text(base(40, 30), "utf-8")
        async with scene.at_work():
            anna = scene.customer("Анна")
            await anna.starts()
            greeting = await anna.sees("Здравствуйте")
            await turned(scene, anna, greeting, MORE)
            await turned(scene, anna, greeting, BACK)
            await anna.presses("Раздел 0", on=greeting)
            section = await anna.sees("Выберите вопрос")
            await turned(scene, anna, section, MORE)
            scene.faq.write_text(base(2, 14), "utf-8")
            await is_no_longer_offered(scene.customer("Нетерпеливый"), "Раздел 2")
            last = [f"Вопрос 0-{n}?" for n in (12, 13)]
            await anna.presses("Дальше (3 / 3) ›", on=section)
            assert await comes_true(scene.world, lambda: buttons(section)[:2] == last)
            await anna.presses("Дальше (2 / 3) ›", on=greeting)
            assert await comes_true(scene.world, lambda: buttons(greeting)[:2] == ["Раздел 0", "Раздел 1"])
            scene.faq.write_text(base(1, 1).replace("Раздел 0", "Другое"), "utf-8")
            await is_no_longer_offered(scene.customer("Нетерпеливая"), "Раздел 0")
            await anna.presses(BACK, on=section)
            assert await comes_true(scene.world, lambda: buttons(section) == ["Позвать оператора"])
