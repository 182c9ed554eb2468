"""Where the first of a choice stands out its answer is shown folded: a right guess costs no press."""

import pytest

from sandbox import Fault
from sandbox.content import samples
from sandbox.people.looking import buttons, words
from tests.stories.clock import Clock
from tests.stories.conftest import FAQ, Scene, SetUp
from tests.stories.forgery import forges, says_of
from tests.stories.looks import pieces
from tests.stories.waiting import newcomers_hear

GUESS = "Возможно, вы об этом:"
REFUND, WAIT, DELIVERY = "Как вернуть деньги?", "Когда придут деньги за возврат?", "Сколько стоит доставка?"
PERSON = "Позвать оператора"
BELOW = ["Помогло", PERSON]
HIS = "Анна, оформите возврат в разделе «Заказы»."


async def test_the_first_is_shown_folded_above_the_others(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("деньги")
    guess = await anna.sees(GUESS)
    assert pieces(guess, "bold") == [REFUND]
    assert pieces(guess, "expandable_blockquote") == [HIS]
    assert words(guess).splitlines()[-1] == (
        "Если не\u00a0то, выберите другой вопрос или позовите оператора: повторять не\u00a0придётся."
    )
    assert buttons(guess) == [REFUND, WAIT, DELIVERY, PERSON]
    await anna.presses(REFUND)
    answer = await anna.sees(HIS)
    assert (answer is guess, words(answer), buttons(answer)) == (True, HIS, BELOW)
    assert await anna.presses("Помогло") == "Рады, что помогло!"
    assert buttons(await anna.sees(HIS)) == []
    assert oleg.topics() == []


async def test_it_speaks_the_customer_s_language(scene: Scene) -> None:
    ann = scene.customer("Ann", language="en")
    await ann.says("money")
    guess = await ann.sees("This may be what you mean:")
    assert pieces(guess, "bold")[0] == "How do I get a refund?"
    assert pieces(guess, "expandable_blockquote") == ["Ask for it in Orders."]
    assert "Orders" in pieces(guess, "bold")
    assert buttons(guess)[::3] == ["How do I get a refund?", "Call an operator"]


async def test_another_question_takes_its_place(scene: Scene) -> None:
    anna = scene.customer("Анна")
    await anna.says("деньги")
    guess = await anna.sees(GUESS)
    again = says_of(guess, WAIT)
    await anna.presses(WAIT)
    answer = await anna.sees("Деньги приходят за три дня.")
    assert answer is guess
    assert (words(answer), buttons(answer)) == ("Деньги приходят за три дня.", BELOW)
    for _ in range(40):
        await forges(anna, again, answer)
    assert (words(answer), buttons(answer)) == ("Деньги приходят за три дня.", BELOW)


async def test_not_that_is_one_press_to_a_person_who_sees_what_was_asked_and_offered(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("деньги")
    guess = await anna.sees(GUESS)
    again = says_of(guess, "Позвать оператора")
    await anna.presses("Позвать оператора")
    await anna.sees("Передали вопрос людям")
    topic = await oleg.topic("Анна")
    card = words(await oleg.sees(topic, "№\u00a01 · Анна"))
    assert f"FAQ предложил: {REFUND}; {WAIT}; {DELIVERY}" in card
    carried = await oleg.sees(topic, "деньги")
    assert REFUND not in buttons(carried)  # its answer has been read already
    assert "уже у операторов" in (await forges(anna, again, guess) or "")
    assert len(oleg.topics()) == 1


async def test_nothing_is_folded_that_does_not_stand_out(scene: Scene) -> None:
    anna = scene.customer("Анна")
    await anna.says("можно ли вернуть")
    choice = await anna.sees("Вы об этом?")
    assert REFUND in buttons(choice)
    assert pieces(choice, "expandable_blockquote") == []


@pytest.mark.parametrize(
    "more",
    ["call_person: true", "media: map.png", "sure: 0.99", "long"],
)
async def test_what_cannot_stand_folded_is_a_button_as_ever(set_up: SetUp, more: str) -> None:
    async with set_up() as scene:
        (scene.folder / "map.png").write_bytes(samples.picture(9, 9, 9))
        if more == "long":
            changed = FAQ.replace("оформите возврат", "оформите возврат " * 235)
        else:
            changed = FAQ.replace("- id: refund\n", f"- id: refund\n  {more}\n")
        scene.faq.write_text(changed, "utf-8")
        async with scene.at_work():
            anna = scene.customer("Анна")
            await anna.says("деньги")
            choice = await anna.sees("Вы об этом?")
            assert buttons(choice)[0] == REFUND
            assert pieces(choice, "expandable_blockquote") == []


async def test_links_code_emoji_and_quotes_of_an_answer_survive(set_up: SetUp) -> None:
    rich = (
        "До <a href='https://example.com/r'>ссылки</a>, <code>ORDER</code> и "
        "<tg-emoji emoji-id='5368324170671202286'>👍</tg-emoji>:"
        "<blockquote>Без <b>комиссии</b>.</blockquote>конец"
    )
    async with set_up() as scene:
        scene.faq.write_text(
            FAQ.replace("{{ customer.first_name }}, оформите возврат в разделе «Заказы».", rich), "utf-8"
        )
        async with scene.at_work():
            anna = scene.customer("Анна")
            await anna.says("деньги")
            guess = await anna.sees(GUESS)
            assert pieces(guess, "expandable_blockquote") == ["До ссылки, ORDER и 👍:\nБез комиссии.\nконец"]
            assert pieces(guess, "blockquote") == []
            assert pieces(guess, "code") == ["ORDER"]
            assert pieces(guess, "text_link") == ["ссылки"]
            assert pieces(guess, "bold") == [REFUND, "комиссии"]


async def test_what_telegram_refuses_to_fold_comes_plain(scene: Scene) -> None:
    fault = Fault.saying("Bad Request: QUOTES_ARE_OUT_OF_FASHION")
    scene.world.faults.add(fault, having=lambda params: "expandable" in str(params.get("text")))
    anna = scene.customer("Анна")
    await anna.says("деньги")
    guess = await anna.sees(GUESS)
    assert HIS in words(guess)
    assert buttons(guess) == [REFUND, WAIT, DELIVERY, PERSON]


async def test_each_of_several_questions_has_its_own(scene: Scene) -> None:
    anna = scene.customer("Анна")
    await anna.says("Сколько стоит доставка? И когда вернут деньги?")
    await anna.sees("Доставка стоит 300")
    guess = await anna.sees(GUESS)
    assert pieces(guess, "blockquote") == ["И когда вернут деньги?"]
    assert pieces(guess, "expandable_blockquote") == [HIS]


async def test_an_entry_that_is_gone_meanwhile(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("деньги")
    guess = await anna.sees(GUESS)
    scene.faq.write_text("- {id: parcel, question: Где посылка?, answer: В письме.}\n", "utf-8")
    await newcomers_hear(scene.customer, "Где посылка?", "В письме.")
    assert "больше нет в списке" in (await anna.presses(WAIT, on=guess) or "")
    assert "больше нет в списке" in (await anna.presses(REFUND, on=guess) or "")
    assert [each.name for each in oleg.topics() if "Анна" in each.name] == []


async def test_helped_stays_helped_whatever_else_was_pressed_at_the_same_time(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both presses get their answer, and what is learnt is what helped: the digest tells it."""
    clock = Clock(monkeypatch)
    async with set_up() as scene, scene.at_work():
        anna, maria = scene.customer("Анна"), scene.manager()
        await maria.starts()
        await anna.says("деньги")
        guess = await anna.sees(GUESS)
        late = says_of(guess, WAIT)
        await anna.presses(REFUND)
        await anna.sees(HIS)
        await anna.presses("Помогло")
        await forges(anna, late, guess)
        await anna.sees("Деньги приходят за три дня.")
        await anna.says("оператор")
        await anna.sees("Передали вопрос людям")
        clock.passes(minutes=1)
        await maria.says("/faq digest")
        told = words(await maria.sees("Помогло"))
        assert "100" in told


async def test_a_choice_made_while_people_are_there_already_is_still_answered(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("деньги")
    guess = await anna.sees(GUESS)
    await anna.says("почему мой зонтик поёт по ночам?")
    topic = await oleg.topic("Анна")
    await oleg.sees(topic, "зонтик")
    await anna.presses(REFUND, on=guess)
    assert words(await anna.sees(HIS)) == HIS
    assert len(oleg.topics()) == 1
