"""Under a question that went to people stand the nearest answers, and one press sends one."""

import pytest

from sandbox import Operator
from sandbox.chats import Message
from sandbox.content import samples
from sandbox.people.acting import answered, press
from sandbox.people.looking import buttons, words
from tests.stories.clock import in_a_hurry
from tests.stories.conftest import FAQ, Scene, SetUp
from tests.stories.forgery import forges, says_of
from tests.stories.looks import pieces
from tests.stories.waiting import comes_true

REFUND, WAIT = "Как вернуть деньги?", "Когда придут деньги за возврат?"
ALREADY = "На этот вопрос уже отправили ответ."
WITH_MAP = (
    """
- id: cash
  question: Где взять наличные в поездке?
  answer: "В <b>банкомате</b>."
  media: map.png
"""
    + FAQ
)


@pytest.mark.parametrize("forum", [True, False], ids=["topics", "plain group"])
async def test_a_press_sends_the_answer_as_the_operator_s_reply(
    set_up: SetUp, forum: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_a_hurry(monkeypatch)
    async with set_up(forum=forum) as scene, scene.at_work():
        anna, oleg, ivan = scene.customer("Анна"), scene.operator("Олег"), scene.operator("Иван")
        asked = await anna.says("можно ли вернуть")
        await anna.presses("Позвать оператора")
        await anna.sees("Передали вопрос людям")
        topic = await oleg.topic("Анна") if forum else None
        card = await oleg.sees(topic, "Ждёт ответа")
        carried = await oleg.sees(topic, "можно ли вернуть")
        assert REFUND in buttons(carried)
        again = says_of(carried, REFUND)
        assert await oleg.presses(topic, REFUND, on=carried) == "Отправили клиенту."
        copy = await anna.sees("Анна, оформите возврат")
        assert copy["reply_to_message"]["message_id"] == asked["message_id"]
        assert buttons(copy) == []
        assert await comes_true(scene.world, lambda: buttons(carried) == [f"✅ Отправлено: {REFUND}"])
        assert await comes_true(scene.world, lambda: oleg.reaction_on(carried) == "👍")
        assert await comes_true(scene.world, lambda: "Ведёт Олег" in words(card))
        assert await presses_in_group(ivan, again, carried) == ALREADY
        await anna.sees_nothing(0.2)
        await oleg.replies(topic, "Деньги уже пришли?", to=None if forum else carried)
        await anna.sees("Деньги уже пришли?")


async def test_what_the_customer_was_just_given_is_not_suggested(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("хочу возврат")
    await anna.sees("оформите возврат")
    await anna.presses("Позвать оператора")
    await anna.sees("Передали вопрос людям")
    assert REFUND not in buttons(await oleg.sees(await oleg.topic("Анна"), "хочу возврат"))


async def test_nothing_likely_means_no_buttons(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("кто украл мой зонтик")
    topic = await oleg.topic("Анна")
    await oleg.sees(topic, "FAQ ответа не нашёл")
    assert buttons(await oleg.sees(topic, "кто украл мой зонтик")) == []


async def test_the_buttons_survive_an_edit(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    asked = await anna.says("можно ли вернуть")
    await anna.presses("Позвать оператора")
    topic = await oleg.topic("Анна")
    await oleg.sees(topic, "Ждёт ответа")
    carried = await oleg.sees(topic, "можно ли вернуть")
    await anna.edits(asked, "можно ли вернуть!")
    await oleg.sees(topic, "можно ли вернуть!")
    assert REFUND in buttons(carried)


async def test_only_the_group_can_press(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("можно ли вернуть")
    await anna.presses("Позвать оператора")
    told = await anna.sees("Передали вопрос людям")
    topic = await oleg.topic("Анна")
    await oleg.sees(topic, "Ждёт ответа")
    carried = await oleg.sees(topic, "можно ли вернуть")
    assert not await forges(anna, says_of(carried, REFUND), told)
    for nonsense in ("send:nothing:1", "send:1", "send:00000000:99999", "faq:77", "propose:1:2"):
        await presses_in_group(oleg, f"hint:{nonsense}", carried)
    await anna.sees_nothing(0.2)


async def test_an_answer_with_a_picture_is_sent_with_it(set_up: SetUp) -> None:
    async with set_up() as scene:
        (scene.folder / "map.png").write_bytes(samples.picture(1, 2, 3))
        scene.faq.write_text(WITH_MAP, "utf-8")
        async with scene.at_work():
            anna, oleg = scene.customer("Анна"), scene.operator("Олег")
            await anna.says("наличные")
            await anna.presses("Позвать оператора")
            topic = await oleg.topic("Анна")
            await oleg.sees(topic, "Ждёт ответа")
            await oleg.sees(topic, "наличные")
            await oleg.presses(topic, "Где взять наличные в поездке?")
            shown = await anna.sees_photo("В банкомате.")
            assert pieces(shown, "bold") == ["банкомате"]


async def test_a_reply_in_an_entry_s_words_counts_as_that_entry(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("можно ли вернуть")
    await anna.presses("Позвать оператора")
    topic = await oleg.topic("Анна")
    await oleg.sees(topic, "Ждёт ответа")
    carried = await oleg.sees(topic, "можно ли вернуть")
    await oleg.replies(topic, "анна, оформите возврат в разделе заказы")
    await anna.sees("анна, оформите возврат")
    assert await presses_in_group(oleg, says_of(carried, REFUND), carried) == ALREADY


async def presses_in_group(operator: Operator, data: str, on: Message) -> str | None:
    """A press in the group of a button that may not be there any more."""
    callback = press(operator.world, operator.group, operator.account, on, {"callback_data": data})
    assert callback is not None
    return await answered(operator.world, callback, 5)
