"""The configuration names files in whatever shape people have them, and customers are answered from them."""

from pathlib import Path

import pytest

from sandbox.people.looking import buttons, words
from tests.stories.conftest import SetUp

SHAPES = Path(__file__).parents[2] / "knowledge" / "shapes" / "samples"


@pytest.mark.parametrize(
    ("name", "question", "answer"),
    [
        ("two_languages.csv", "как вернуть товар", "Напишите нам в течение 14 дней; деньги придут за 3 дня."),
        ("keywords.md", "декаф", "1. эспрессо\n2. капучино\n\nОбъём — Цена"),
        ("help_center.html", "как заморозить абонемент", "• откройте «Профиль»;\n• нажмите «Заморозить»"),
        ("site.json", "Do you ship abroad?", "• EU: 5–7 days"),
    ],
)
async def test_customers_are_answered(set_up: SetUp, name: str, question: str, answer: str) -> None:
    async with set_up(desk={"faq": [str(SHAPES / name)]}) as scene, scene.at_work():
        anna = scene.customer("Анна")
        await anna.says(question)
        assert answer in words(await anna.sees(answer.partition("\n")[0]))


async def test_what_is_not_in_use_is_neither_shown_nor_found(set_up: SetUp) -> None:
    async with set_up(desk={"faq": [str(SHAPES / "helpdesk.csv")]}) as scene, scene.at_work():
        ann = scene.customer("Ann", language="en")
        await ann.starts()
        await ann.presses("Other questions")
        section = await ann.sees("Pick a question")
        assert buttons(section)[:2] == ["How long does delivery take?", "How much is delivery?"]
        await ann.says("Do you wrap gifts?")
        assert "for €3" not in words(await ann.sees(""))


async def test_a_table_that_is_changed_is_used_and_a_broken_one_is_not(set_up: SetUp) -> None:
    async with set_up() as scene:
        scene.faq.unlink()
        scene.faq = scene.folder / "faq.csv"
        scene.faq.write_text("query,response\nГде вы?,У реки.\n", "utf-8")
        async with scene.at_work():
            anna, maria = scene.customer("Анна"), scene.manager()
            await maria.starts()
            await anna.says("Где вы?")
            await anna.sees("У реки.")
            scene.faq.write_text("query,response\nГде вы?,\n", "utf-8")
            alarm = await maria.sees("faq.csv")
            assert "строка 2" in words(alarm)
            await anna.says("Где вы?")
            await anna.sees("У реки.")
