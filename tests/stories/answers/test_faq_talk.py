"""The FAQ speaks when it is sure, asks when it is not, and otherwise calls people with what was asked."""

import pytest

from sandbox.people.looking import buttons, words
from tests.stories.clock import Clock
from tests.stories.conftest import Scene, SetUp
from tests.stories.forgery import forges, says_of

QUESTIONS = {"Как вернуть деньги?", "Когда придут деньги за возврат?", "Сколько стоит доставка?"}
NOBODY_KNOWS = "почему мой зонтик поёт по ночам?"


async def test_sure_of_it(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("ХОЧУ ВОЗВРАТ!!! 😡")
    answer = await anna.sees("Анна, оформите возврат в разделе «Заказы».")
    assert buttons(answer) == ["Помогло", "Позвать оператора"]
    assert await anna.presses("Помогло") == "Рады, что помогло!"
    assert buttons(await anna.sees("Анна, оформите возврат")) == []
    assert oleg.topics() == []


async def test_unsure_and_the_choice_turns_into_the_answer(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("можно ли вернуть")
    choice = await anna.sees("Вы об этом?")
    *offered, person = buttons(choice)
    assert 1 <= len(offered) <= 3
    assert set(offered) <= QUESTIONS
    assert person == "Позвать оператора"
    await anna.presses("Когда придут деньги за возврат?")
    answer = await anna.sees("Деньги приходят за три дня.")
    assert answer["message_id"] == choice["message_id"]
    assert buttons(answer) == ["Помогло", "Позвать оператора"]
    await anna.presses("Позвать оператора")
    await anna.sees("Передали вопрос людям")
    topic = await oleg.topic("Анна")
    card = words(await oleg.sees(topic, "№\u00a01 · Анна"))
    assert "можно ли вернуть" in card
    assert card.splitlines()[-1] == "FAQ предложил: Когда придут деньги за возврат?"
    await oleg.sees(topic, "можно ли вернуть")


async def test_nothing_fitting_in_the_choice(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("можно ли вернуть")
    offered = buttons(await anna.sees("Вы об этом?"))[:-1]
    await anna.presses("Позвать оператора")
    assert buttons(await anna.sees("Вы об этом? Если не\u00a0то, позовите оператора")) == []
    await anna.sees("Передали вопрос людям")
    topic = await oleg.topic("Анна")
    card = words(await oleg.sees(topic, "№\u00a01 · Анна"))
    assert f"FAQ предложил: {'; '.join(offered)}" in card
    await oleg.sees(topic, "можно ли вернуть")


async def test_no_match_means_people_and_no_pretending(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says(NOBODY_KNOWS)
    told = await anna.sees("Передали вопрос людям, заявка №\u00a01.")
    assert "Ответ придёт сюда" in words(told)
    topic = await oleg.topic("Анна")
    card = words(await oleg.sees(topic, "№\u00a01 · Анна"))
    assert NOBODY_KNOWS in card
    assert "FAQ ответа не нашёл" in card
    await oleg.sees(topic, NOBODY_KNOWS)
    await anna.sees_nothing(0.2)


async def test_what_to_expect_is_said_once_a_ticket(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says(NOBODY_KNOWS)
    await anna.sees("Передали вопрос людям")
    await anna.says("как вернуть деньги")
    await anna.says("ау")
    await oleg.sees(await oleg.topic("Анна"), "ау")
    await anna.sees_nothing(0.2)


async def test_the_question_itself_is_handed_over_however_old(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    async with set_up() as scene, scene.at_work():
        anna, oleg = scene.customer("Анна"), scene.operator("Олег")
        await anna.says("цена доставки")
        old = await anna.sees("Доставка стоит 300")
        clock.passes(hours=5)
        await anna.says("хочу возврат")
        await anna.sees("оформите возврат")
        clock.passes(hours=5)
        await anna.presses("Позвать оператора", on=old)
        await anna.sees("Передали вопрос людям")
        topic = await oleg.topic("Анна")
        card = words(await oleg.sees(topic, "№\u00a01 · Анна"))
        assert "FAQ предложил: Сколько стоит доставка?" in card
        assert "возврат" not in card
        await oleg.sees(topic, "цена доставки")
        await anna.says("ещё тут")
        await oleg.sees(topic, "ещё тут")
        assert "хочу возврат" not in [message.get("text") for message in await oleg.reads(topic)]


async def test_an_answer_of_a_closed_matter_opens_a_new_one_with_it(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("цена доставки")
    answer = await anna.sees("Доставка стоит 300")
    await anna.says("оператор")
    topic = await oleg.topic("Анна")
    await oleg.sees(topic, "№\u00a01 · Анна")
    await oleg.replies(topic, "/close")
    await anna.sees("Как мы справились?")
    await anna.presses("Позвать оператора", on=answer)
    await anna.sees("Передали вопрос людям, заявка №\u00a02")
    assert "Сколько стоит доставка?" in words(await oleg.sees(topic, "№\u00a02 · Анна"))


@pytest.mark.parametrize(
    "wish", ["оператор", "Позовите живого человека!", "jgthfnjh", "соедините с менеджером пожалуйста"]
)
async def test_people_are_asked_for_in_words(scene: Scene, wish: str) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says(wish)
    await anna.sees("Передали вопрос людям")
    await oleg.sees(await oleg.topic("Анна"), wish)


async def test_questions_asked_before_come_along_but_not_those_that_were_helped(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("цена доставки")
    await anna.sees("Доставка стоит 300")
    await anna.presses("Помогло")
    await anna.says("хочу возврат")
    await anna.sees("оформите возврат")
    await anna.says("можно ли вернуть")
    await anna.sees("Вы об этом?")
    await anna.says(NOBODY_KNOWS)
    topic = await oleg.topic("Анна")
    card = words(await oleg.sees(topic, "№\u00a01 · Анна"))
    assert [
        line for line in card.splitlines() if line in {"хочу возврат", "можно ли вернуть", NOBODY_KNOWS}
    ] == [
        "хочу возврат",
        "можно ли вернуть",
        NOBODY_KNOWS,
    ]
    assert words(await oleg.sees(topic, NOBODY_KNOWS)).split("\n\n") == [
        "хочу возврат",
        "можно ли вернуть",
        NOBODY_KNOWS,
    ]
    assert "цена доставки" not in card


async def test_pressing_for_people_again_only_says_so(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("цена доставки")
    answer = await anna.sees("Доставка стоит 300")
    again = says_of(answer, "Позвать оператора")
    await anna.presses("Позвать оператора")
    await anna.sees("Передали вопрос людям")
    topic = await oleg.topic("Анна")
    await oleg.sees(topic, "цена доставки")
    assert "уже у операторов" in (await forges(anna, again, answer) or "")
    await anna.says("и когда привезут?")
    await oleg.sees(topic, "и когда привезут?")
    said = [words(each) for each in await oleg.reads(topic)]
    assert len([each for each in said if each == "цена доставки"]) == 1
    assert len(oleg.topics()) == 1


async def test_nobody_presses_under_another_s_question(scene: Scene) -> None:
    anna, boris, oleg = scene.customer("Анна"), scene.customer("Борис"), scene.operator("Олег")
    await anna.says("можно ли вернуть")
    choice = await anna.sees("Вы об этом?")
    await boris.says("цена доставки")
    his = await boris.sees("Доставка стоит 300")
    shown, pick = buttons(choice), says_of(choice, "Как вернуть деньги?")
    for forged in (pick, says_of(choice, "Позвать оператора"), pick.replace("pick", "helped")[:-2]):
        assert not await forges(boris, forged, his)
    await boris.sees_nothing(0.2)
    assert oleg.topics() == []
    assert buttons((await anna.reads())[-1]) == shown


@pytest.mark.parametrize(
    "forged",
    [
        "faq:pick:1:99",
        "faq:pick:1:-1",
        "faq:person:9" + "9" * 30,
        "faq:helped:abc",
        "faq:helped:",
        "faq",
        "x",
    ],
)
async def test_a_press_that_says_nonsense_does_nothing(scene: Scene, forged: str) -> None:
    anna, maria, oleg = scene.customer("Анна"), scene.manager(), scene.operator("Олег")
    await maria.starts()
    await anna.says("можно ли вернуть")
    choice = await anna.sees("Вы об этом?")
    assert not await forges(anna, forged, choice)
    await anna.says("цена доставки")
    await anna.sees("Доставка стоит 300")
    await maria.sees_nothing(0.2)
    assert len(await maria.reads()) == 2
    assert oleg.topics() == []
