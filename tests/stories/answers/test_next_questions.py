"""Below an answer the next questions are offered, where a desk answers boldly enough."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from sandbox.content import samples
from sandbox.people.looking import buttons, words
from tests.stories.conftest import FAQ, Scene, SetUp
from tests.stories.forgery import forges, says_of

BOLD = {"faq_sure": 0.8}
ASKED, ANSWER = "когда вернут деньги", "Анна, оформите возврат в разделе «Заказы»."
OTHER, ITS_ANSWER = "Когда придут деньги за возврат?", "Деньги приходят за три дня."
BELOW = ["Помогло", "Позвать оператора"]


@asynccontextmanager
async def bold(set_up: SetUp, faq: str = FAQ) -> AsyncIterator[Scene]:
    """A desk that answers sooner than is measured."""
    async with set_up(desk=BOLD) as scene:
        (scene.folder / "map.png").write_bytes(samples.picture(9, 9, 9))
        scene.faq.write_text(faq, "utf-8")
        async with scene.at_work():
            yield scene


async def test_one_press_from_an_answer_to_the_one_that_was_meant(set_up: SetUp) -> None:
    async with bold(set_up) as scene:
        anna, oleg = scene.customer("Анна"), scene.operator("Олег")
        await anna.says(ASKED)
        answer = await anna.sees(ANSWER)
        assert buttons(answer) == [OTHER, *BELOW]
        await anna.presses(OTHER)
        assert await anna.sees(ITS_ANSWER) is answer
        assert buttons(answer) == BELOW
        assert await anna.presses("Помогло") == "Рады, что помогло!"
        assert oleg.topics() == []


async def test_neither_of_them_is_one_press_to_a_person(set_up: SetUp) -> None:
    async with bold(set_up) as scene:
        anna, oleg = scene.customer("Анна"), scene.operator("Олег")
        await anna.says(ASKED)
        answer = await anna.sees(ANSWER)
        late = says_of(answer, OTHER)
        await anna.presses("Позвать оператора")
        await anna.sees("Передали вопрос людям")
        topic = await oleg.topic("Анна")
        card = words(await oleg.sees(topic, "№\u00a01 · Анна"))
        assert f"FAQ предложил: Как вернуть деньги?; {OTHER}" in card
        await oleg.sees(topic, ASKED)
        await forges(anna, late, answer)
        assert await anna.sees(ITS_ANSWER) is answer
        assert len(oleg.topics()) == 1


async def test_an_edit_that_changes_only_what_is_next_up_is_not_answered_anew(set_up: SetUp) -> None:
    async with bold(set_up) as scene:
        anna = scene.customer("Анна")
        hers = await anna.says(ASKED)
        await anna.sees(ANSWER)
        await anna.edits(hers, "как вернуть деньги")
        await anna.says("спасибо")
        await anna.sees("Пожалуйста!")
        assert sum(ANSWER in words(each) for each in await anna.reads()) == 1


async def test_nothing_is_next_up_after_an_answer_that_is_sure_as_measured(scene: Scene) -> None:
    anna = scene.customer("Анна")
    await anna.says("цена за доставку")
    assert buttons(await anna.sees("Доставка стоит 300")) == BELOW


@pytest.mark.parametrize(("more", "below"), [("media: map.png", BELOW), ("call_person: true", [])])
async def test_nothing_stands_below_an_answer_that_cannot_give_way(
    set_up: SetUp, more: str, below: list[str]
) -> None:
    async with bold(set_up, FAQ.replace("- id: refund\n", f"- id: refund\n  {more}\n")) as scene:
        anna = scene.customer("Анна")
        await anna.says(ASKED)
        assert buttons(await anna.sees(ANSWER)) == below
