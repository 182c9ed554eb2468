"""One message with several questions gets every one of them answered, offered or handed over."""

from sandbox.people.looking import buttons, words
from tests.stories.conftest import Scene
from tests.stories.looks import pieces


async def test_both_are_answered_and_each_under_its_question(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("Здравствуйте! Сколько стоит доставка? И как вернуть деньги?")
    first, second = await anna.sees("Доставка стоит 300"), await anna.sees("оформите возврат")
    assert pieces(first, "blockquote") == ["Здравствуйте! Сколько стоит доставка?"]
    assert pieces(second, "blockquote") == ["И как вернуть деньги?"]
    assert buttons(first) == buttons(second) == ["Помогло", "Позвать оператора"]
    assert oleg.topics() == []


async def test_what_is_known_is_answered_and_people_take_the_rest_once(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    asked = "почему мой зонтик поёт по ночам? сколько стоит доставка? и кто его этому научил?"
    await anna.says(asked)
    await anna.sees("Доставка стоит 300")
    told = await anna.sees("передали людям, заявка №\u00a01")
    assert "зонтик поёт" in pieces(told, "blockquote")[0]
    assert "доставка" not in words(told)
    topic = await oleg.topic("Анна")
    card = words(await oleg.sees(topic, "№\u00a01 · Анна"))
    assert "FAQ предложил: Сколько стоит доставка?" in card
    assert "FAQ ответа не нашёл" in card
    await oleg.sees(topic, asked)
    await anna.sees_nothing(0.2)


async def test_what_is_unsure_is_offered_on_its_own(scene: Scene) -> None:
    anna = scene.customer("Анна")
    await anna.says("Сколько стоит доставка? деньги?")
    await anna.sees("Доставка стоит 300")
    choice = await anna.sees("Возможно, вы об этом")
    assert pieces(choice, "blockquote") == ["деньги?"]
    await anna.presses("Когда придут деньги за возврат?")
    assert await anna.sees("Деньги приходят за три дня.") is choice


async def test_one_that_helped_does_not_hide_the_other_from_people(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("Сколько стоит доставка? И как вернуть деньги?")
    first, second = await anna.sees("Доставка стоит 300"), await anna.sees("оформите возврат")
    await anna.presses("Помогло", on=first)
    await anna.presses("Позвать оператора", on=second)
    await anna.sees("Передали вопрос людям")
    await oleg.sees(await oleg.topic("Анна"), "И как вернуть деньги?")


async def test_people_hear_that_an_answer_of_the_same_message_did_not_help(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("Сколько стоит доставка? И почему мой зонтик поёт по ночам?")
    answer = await anna.sees("Доставка стоит 300")
    topic = await oleg.topic("Анна")
    await oleg.sees(topic, "зонтик поёт")
    await anna.presses("Позвать оператора", on=answer)
    line = await oleg.sees(topic, "Ответ FAQ клиенту не помог")
    assert "Сколько стоит доставка?" in words(line)


async def test_several_questions_in_english(scene: Scene) -> None:
    ann = scene.customer("Ann", language="en")
    await ann.says("How much is delivery? Also, why does my umbrella sing at night?")
    assert pieces(await ann.sees("Delivery is 300"), "blockquote") == ["How much is delivery?"]
    assert "umbrella" in words(await ann.sees("Passed this question to our people"))
