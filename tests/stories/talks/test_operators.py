"""Operators answer from their group: the topic shows the state, the card the matter, notes stay inside."""

import pytest

from sandbox import Customer, Operator
from sandbox.chats import Topic
from sandbox.people.looking import buttons, words
from tests.stories.clock import in_a_hurry
from tests.stories.conftest import Scene, SetUp
from tests.stories.forgery import forges, says_of
from tests.stories.waiting import comes_true

QUESTION = "почему мой зонтик поёт по ночам?"


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    in_a_hurry(monkeypatch)


async def called(scene: Scene, **more: str) -> tuple[Customer, Operator, Topic]:
    """A customer whose question stands in her topic."""
    anna, oleg = scene.customer("Анна", **more), scene.operator("Олег")
    await anna.says(QUESTION)
    await anna.sees("Передали вопрос людям")
    topic = await oleg.topic("Анна")
    await oleg.sees(topic, "Ждёт ответа")
    await oleg.sees(topic, QUESTION)
    return anna, oleg, topic


async def test_the_title_and_the_card_show_how_the_matter_stands(scene: Scene) -> None:
    anna, oleg, topic = await called(scene)
    assert topic.name == "🔵 Анна"
    await oleg.replies(topic, "Здравствуйте, смотрю")
    await anna.sees("Здравствуйте, смотрю")
    card = await oleg.sees(topic, "🟡 Ведёт Олег")
    await oleg.sees_kind(topic, "forum_topic_edited")
    assert topic.name == "🟡 Анна"
    assert buttons(card) == ["Закрыть", "В FAQ"]
    assert await oleg.presses(topic, "Закрыть") == "Закрыли, клиенту сообщим."
    await oleg.sees(topic, "✅ Закрыта")
    await oleg.sees_kind(topic, "forum_topic_edited")
    assert topic.name == "✅ Анна"
    await anna.sees("Как мы справились?")
    assert await oleg.presses(topic, "Открыть снова") == "Открыли снова."
    await oleg.sees(topic, "🟡 Ведёт Олег")
    await oleg.sees_kind(topic, "forum_topic_edited")
    assert topic.name == "🟡 Анна"


async def test_the_card_says_who_this_is_and_what_there_was_before(scene: Scene) -> None:
    anna, oleg, topic = await called(scene, last_name="<b>Хитрая</b>", username="anna_sample")
    card = words((await oleg.reads(topic))[1])
    assert card.startswith("🤖 №\u00a01 · Анна <b>Хитрая</b> · @anna_sample")
    assert "язык: ru" in card
    assert "сегодня в" in card
    await oleg.replies(topic, "/close")
    await anna.presses("4 — Хорошо")
    await anna.sees("Ваша оценка: 4")
    await anna.says("/operator")
    await anna.sees("№\u00a02 у операторов")
    again = words(await oleg.sees(topic, "№\u00a02 · Анна"))
    assert "Заявок раньше: 1 · оценки: 4" in again
    assert QUESTION not in again
    assert len(oleg.topics()) == 1


async def test_the_card_s_buttons_say_what_they_did(scene: Scene) -> None:
    anna, oleg, topic = await called(scene)
    ivan = scene.operator("Иван")
    assert oleg.buttons(topic) == ["Взять", "Закрыть"]
    card = (await oleg.reads(topic))[1]
    assert await ivan.presses(topic, "Взять", on=card) == "Заявка ваша."
    await oleg.sees(topic, "🟡 Ведёт Иван")
    await ivan.presses(topic, "Закрыть", on=card)
    await anna.sees("Как мы справились?")
    await oleg.sees(topic, "✅ Закрыта")
    await ivan.replies(topic, "/close")
    await ivan.sees(topic, "уже закрыта")


async def test_two_operators_press_at_once(scene: Scene) -> None:
    _, oleg, topic = await called(scene)
    card = (await oleg.reads(topic))[1]
    ivan = scene.operator("Иван")
    first = await oleg.touches(topic, "Закрыть", on=card)
    second = await ivan.touches(topic, "Закрыть", on=card)
    await oleg.sees(topic, "✅ Закрыта")
    await ivan.presses(topic, "Открыть снова")
    assert first is not None
    assert second is not None
    assert (first.text, second.text) == ("Закрыли, клиенту сообщим.", "Уже сделано.")


async def test_customers_cannot_press_what_stands_on_a_card(scene: Scene) -> None:
    anna, oleg, topic = await called(scene)
    card = (await oleg.reads(topic))[1]
    hers = (await anna.reads())[-1]
    assert not await forges(anna, says_of(card, "Закрыть"), hers)
    assert not await forges(anna, says_of(card, "Взять"), hers)
    await oleg.sees_nothing(topic, 0.3)
    assert topic.name == "🔵 Анна"


@pytest.mark.parametrize("forged", ["card:close:777", "card:close:", "card:explode:1", "card:1"])
async def test_a_card_s_press_that_means_nothing(scene: Scene, forged: str) -> None:
    _, oleg, topic = await called(scene)
    maria = scene.manager()
    await maria.starts()
    await maria.sees("Здравствуйте")
    card = (await oleg.reads(topic))[1]
    card["reply_markup"]["inline_keyboard"][0][0]["callback_data"] = forged
    assert not await oleg.presses(topic, "Взять", on=card)
    await maria.sees_nothing(0.2)


async def test_the_first_reply_takes_the_ticket_and_a_colleague_may_help(scene: Scene) -> None:
    anna, oleg, topic = await called(scene)
    ivan = scene.operator("Иван")
    reply = await oleg.replies(topic, "Сейчас узнаю")
    await anna.sees("Сейчас узнаю")
    await oleg.sees(topic, "🟡 Ведёт Олег")
    assert await comes_true(scene.world, lambda: topic.name == "🟡 Анна"), "its change is said in the topic"
    await ivan.replies(topic, "Это к складу")
    await anna.sees("Это к складу")
    await oleg.sees(topic, "Это к складу")
    await oleg.sees_nothing(topic, 0.2)
    assert await comes_true(scene.world, lambda: oleg.reaction_on(reply) == "👍")


async def test_notes_never_leave(scene: Scene) -> None:
    anna, oleg, topic = await called(scene)
    noted = [
        await oleg.replies(topic, "// похоже на мошенника"),
        await oleg.replies(topic, "/note проверить адрес"),
        await oleg.sends_photo(topic, caption="// снимок для своих"),
    ]
    await oleg.replies(topic, "Разбираемся")
    await anna.sees("Разбираемся")
    assert [words(each) for each in await anna.reads()][2:] == ["Разбираемся"]
    assert await comes_true(scene.world, lambda: all(oleg.reaction_on(each) == "✍" for each in noted))
    await oleg.edits(noted[0], "похоже на мошенника")
    await anna.sees_nothing(0.2)


async def test_talk_among_colleagues_stays_inside(scene: Scene) -> None:
    anna, oleg, topic = await called(scene)
    ivan = scene.operator("Иван", username="ivan_sample")
    await ivan.says_in_general("Всем доброе утро")
    first = await oleg.replies(topic, "Сейчас посмотрю")
    await ivan.replies(topic, "Я бы вернул деньги", to=first)
    await oleg.replies(topic, "@ivan_sample глянь, пожалуйста")
    await oleg.replies(topic, "Спросим у @IVAN_sample, он знает")
    await oleg.replies(topic, "Пишите на @shop_sample")
    await oleg.replies(topic, "Дополню", to=first)
    await anna.sees("Дополню")
    mine = [words(each) for each in await anna.reads()][2:]
    assert mine == ["Сейчас посмотрю", "Пишите на @shop_sample", "Дополню"]


async def test_an_anonymous_administrator_is_an_operator(scene: Scene) -> None:
    anna, oleg, topic = await called(scene)
    boss = scene.operator("Начальник", anonymous=True)
    await boss.replies(topic, "Здравствуйте, это старший смены")
    await anna.sees("это старший смены")
    await oleg.sees(topic, "🟡 Ведёт Операторы")


async def test_a_reply_after_closing_opens_the_matter_again_and_says_so(scene: Scene) -> None:
    anna, oleg, topic = await called(scene)
    await oleg.replies(topic, "Сделали")
    await oleg.replies(topic, "/close")
    await anna.sees("Как мы справились?")
    await oleg.sees(topic, "✅ Закрыта")
    await oleg.replies(topic, "И ещё: заберите зонтик")
    await anna.sees("И ещё: заберите зонтик")
    await oleg.sees(topic, "Вы ответили после закрытия, и заявка №\u00a01 снова открыта.")
    await anna.says("Спасибо!")
    await oleg.sees(topic, "Спасибо!")
    await oleg.replies(topic, "/close")
    again = await anna.sees("Как мы справились?")
    await anna.presses("5 — Вау!", on=again)
    await oleg.replies(topic, "И ещё: вот чехол")
    await anna.sees("вот чехол")
    await oleg.replies(topic, "/close")
    await anna.sees("Заявка №\u00a01 закрыта. Если что-то осталось, просто напишите.")
    assert [each for each in await anna.reads() if "5 — Вау!" in buttons(each)][1:] == []


async def test_the_operator_may_write_first_to_somebody_known(scene: Scene) -> None:
    anna, oleg, topic = await called(scene)
    await oleg.replies(topic, "/close")
    await anna.sees("Как мы справились?")
    await anna.presses("5 — Вау!")
    await anna.sees("Ваша оценка: 5 — Вау!")
    await oleg.replies(topic, "Забыл сказать: гарантия год")
    await anna.sees("Забыл сказать: гарантия год")
    await oleg.sees(topic, "снова открыта")


async def test_changes_in_a_row_make_one_edit(set_up: SetUp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    async with set_up() as scene, scene.at_work():
        anna, oleg, topic = await called(scene)
        for command in ("/take", "/close", "/reopen", "/close", "/reopen"):
            await oleg.replies(topic, command)
        await anna.says("ну что там?")
        await oleg.sees(topic, "ну что там?")
        await oleg.sees(topic, "🟡 Ведёт Олег")
        await oleg.sees_kind(topic, "forum_topic_edited")
        card = (await oleg.reads(topic))[1]
        assert card["_version"] == 1


async def test_without_topics_operators_reply_to_messages(set_up: SetUp) -> None:
    async with set_up(forum=False) as scene, scene.at_work():
        anna, oleg = scene.customer("Анна"), scene.operator("Олег")
        await anna.says(QUESTION)
        card = await oleg.sees(None, "Ждёт ответа")
        asked = await oleg.sees(None, "👤 Анна · №\u00a01")
        assert QUESTION in words(asked)
        await oleg.says_in_general("Кто возьмёт зонтик?")
        await oleg.replies(None, "Это особенность модели", to=asked)
        await anna.sees("Это особенность модели")
        await oleg.replies(None, "А где чек?", to=card)
        await anna.sees("А где чек?")
        maria = scene.manager()
        await maria.says("/broadcast green Мы переехали")
        await maria.presses("Опубликовать")
        told = await oleg.sees(None, "Мы переехали")
        await oleg.replies(None, "Всё, разобрались", to=told)
        await oleg.sees(None, "Это осталось в группе")
        assert [words(each) for each in await anna.reads()][2:] == ["Это особенность модели", "А где чек?"]
        assert await oleg.presses(None, "Закрыть") == "Закрыли, клиенту сообщим."
        await anna.sees("Как мы справились?")
