"""After a ticket: five captions, one press that counts, a comment in the same chat, and managers who hear."""

import pytest

from sandbox import Customer, Fault, Operator
from sandbox.chats import Message, Topic
from sandbox.people.looking import buttons, words
from tests.stories.clock import Clock, in_a_hurry
from tests.stories.conftest import Scene, SetUp
from tests.stories.forgery import forges, says_of

QUESTION = "почему мой зонтик поёт по ночам?"
CAPTIONS = ["1 — Отвратительно", "2 — Плохо", "3 — Нормально", "4 — Хорошо", "5 — Вау!"]
ANY_CHARACTERS = "<b>Ужас</b> & <script> 😡👩‍👩‍👧 {0} {name} %s &lt; `код` _подчёркнуто_"


async def closed(scene: Scene, name: str = "Анна") -> tuple[Customer, Operator, Topic, Message]:
    """A customer whose question was answered and closed; the request to rate."""
    anna, oleg = scene.customer(name), scene.operator("Олег")
    await anna.says(QUESTION)
    topic = await oleg.topic(name)
    await oleg.sees(topic, "Ждёт ответа")
    await oleg.replies(topic, "Это особенность модели")
    await anna.sees("Это особенность модели")
    await oleg.replies(topic, "/close")
    return anna, oleg, topic, await anna.sees("закрыта. Как мы справились?")


async def test_five_captions_and_a_way_back(scene: Scene) -> None:
    anna, _, _, request = await closed(scene)
    rows = request["reply_markup"]["inline_keyboard"]
    assert [[button["text"] for button in row] for row in rows[:5]] == [[caption] for caption in CAPTIONS]
    assert buttons(request)[5:] == ["Проблема вернулась"]
    await anna.presses("5 — Вау!")
    thanked = await anna.sees("Ваша оценка: 5 — Вау!")
    assert thanked["message_id"] == request["message_id"]
    assert buttons(thanked) == ["Проблема вернулась"]


async def test_only_the_first_press_counts(scene: Scene) -> None:
    anna, _, _, request = await closed(scene)
    maria = scene.manager()
    await maria.starts()
    await maria.sees("Здравствуйте")
    worst = says_of(request, "1 — Отвратительно")
    await anna.presses("4 — Хорошо")
    await anna.sees("Ваша оценка: 4 — Хорошо")
    assert await forges(anna, worst, request) == "Оценка уже получена, спасибо!"
    await anna.sees_nothing(0.2)
    await maria.sees_nothing(0)
    assert len(await maria.reads()) == 2


@pytest.mark.parametrize("grade", ["0", "6", "-1", "99999999999999999999", "x"])
async def test_there_are_five_grades(scene: Scene, grade: str) -> None:
    anna, _, _, request = await closed(scene)
    survey = says_of(request, "1 —").split(":")[1]
    assert not await forges(anna, f"rate:{survey}:{grade}", request)
    await anna.presses("3 — Нормально")
    await anna.sees("Ваша оценка: 3 — Нормально")


async def test_nobody_else_rates_comments_or_reopens(scene: Scene) -> None:
    anna, oleg, topic, request = await closed(scene)
    worst, back = says_of(request, "1 —"), says_of(request, "Проблема вернулась")
    boris = scene.customer("Борис")
    await boris.starts()
    his = await boris.sees("Здравствуйте")
    for forged in (worst, back, worst.replace("rate", "comment").rpartition(":")[0]):
        assert not await forges(boris, forged, his)
    await boris.sees_nothing(0.2)
    await anna.presses("5 — Вау!")
    await anna.sees("Ваша оценка: 5")
    assert "снова открыта" not in "".join(words(each) for each in await oleg.reads(topic))


async def test_a_comment_may_hold_anything(scene: Scene) -> None:
    anna, _, _, _ = await closed(scene)
    maria, petr = scene.manager(), Customer(scene.world, scene.bot, "Пётр", id=4004)
    await maria.starts()
    await maria.sees("Здравствуйте")
    await anna.presses("1 — Отвратительно")
    await anna.sees("Напишите, что случилось")
    first = words(await maria.sees("Оценка 1 по заявке №\u00a01: Анна, отвечал Олег."))
    assert "комментарий придёт сюда" in first
    await anna.says(ANY_CHARACTERS)
    kept = await anna.sees("записали каждое слово")
    assert buttons(kept) == ["Это новый вопрос", "Позвать оператора"]
    told = await maria.sees(ANY_CHARACTERS)
    assert words(told).startswith("Комментарий к оценке 1, заявка №\u00a01, Анна:")
    assert await petr.reads() == []


async def test_a_comment_as_long_as_telegram_allows(scene: Scene) -> None:
    anna, _, _, _ = await closed(scene)
    maria = scene.manager()
    await maria.starts()
    await anna.presses("2 — Плохо")
    await anna.sees("Напишите, что случилось")
    await anna.says("<🤬" * 2047 + "Я.")
    await anna.sees("записали каждое слово")
    beginning = words(await maria.sees("Комментарий к оценке 2")).partition("\n\n")[2]
    rest = words(await maria.sees("Комментарий к оценке 2")).partition("\n\n")[2]
    assert beginning + rest == "<🤬" * 2047 + "Я."


async def test_the_group_hears_once_of_managers_who_cannot_be_reached(set_up: SetUp) -> None:
    async with set_up(desk={"managers": [1001, 4004, 4005]}) as scene, scene.at_work():
        maria, oleg = scene.manager(), scene.operator("Олег")
        await maria.starts()
        anna, _, _, _ = await closed(scene)
        scene.world.faults.add(Fault.too_many_requests(1), chat=4005, times=1)  # refused a little later
        await anna.presses("2 — Плохо")
        await maria.sees("Оценка 2 по заявке №\u00a01: Анна")
        await oleg.sees(None, "Оценка 2 по заявке №\u00a01: Анна")
        await oleg.sees_nothing(None, 1.5)


async def test_a_desk_without_managers_tells_its_operators(set_up: SetUp) -> None:
    async with set_up(desk={"managers": []}) as scene, scene.at_work():
        anna, oleg, _, _ = await closed(scene)
        await anna.presses("1 — Отвратительно")
        await oleg.sees(None, "Оценка 1 по заявке №\u00a01: Анна")


async def test_the_comment_was_a_question(scene: Scene) -> None:
    anna, oleg, topic, _ = await closed(scene)
    await anna.presses("5 — Вау!")
    await anna.sees("Ваша оценка: 5")
    await anna.says("цена доставки")
    kept = await anna.sees("записали каждое слово")
    await anna.presses("Это новый вопрос")
    await anna.sees("Доставка стоит 300")
    assert (
        buttons(next(each for each in await anna.reads() if each["message_id"] == kept["message_id"])) == []
    )
    await anna.says("а зонтик всё поёт")
    await anna.sees("Передали вопрос людям, заявка №\u00a02")
    await oleg.sees(topic, "цена доставки\n\nа зонтик всё поёт")


async def test_a_picture_after_rating_goes_to_people(scene: Scene) -> None:
    anna, oleg, topic, _ = await closed(scene)
    await anna.presses("4 — Хорошо")
    await anna.sees("Ваша оценка: 4")
    await anna.sends_photo(caption="вот ещё сломалось")
    await anna.sees("Передали вопрос людям, заявка №\u00a02")
    await oleg.sees_photo(topic, "вот ещё сломалось")


async def test_asking_for_people_after_rating_is_no_comment(scene: Scene) -> None:
    anna, oleg, topic, _ = await closed(scene)
    await anna.presses("5 — Вау!")
    await anna.sees("Ваша оценка: 5")
    await anna.says("позовите оператора")
    await anna.sees("Передали вопрос людям, заявка №\u00a02")
    await oleg.sees(topic, "позовите оператора")


async def test_words_long_after_rating_are_a_question(set_up: SetUp, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    async with set_up() as scene, scene.at_work():
        anna, _, _, _ = await closed(scene)
        await anna.presses("5 — Вау!")
        await anna.sees("Ваша оценка: 5")
        clock.passes(minutes=9)
        await anna.says("Спасибо!")
        await anna.sees("записали каждое слово")
        boris, _, _, _ = await closed(scene, "Борис")
        await boris.presses("5 — Вау!")
        await boris.sees("Ваша оценка: 5")
        clock.passes(minutes=11)
        await boris.says("цена доставки")
        await boris.sees("Доставка стоит 300")


async def test_it_came_back(scene: Scene) -> None:
    anna, oleg, topic, _ = await closed(scene)
    await anna.presses("3 — Нормально")
    await anna.sees("Ваша оценка: 3")
    await anna.presses("Проблема вернулась")
    await anna.sees("Снова открыли заявку №\u00a01.")
    await oleg.sees(topic, "Клиент говорит: проблема вернулась. Заявка №\u00a01 снова открыта.")
    await anna.says("Опять поёт")
    await oleg.sees(topic, "Опять поёт")
    await anna.presses("Проблема вернулась")
    await anna.sees("Ваша заявка уже у операторов")


async def test_the_very_ticket_comes_back(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    in_a_hurry(monkeypatch)
    anna, oleg, topic, first = await closed(scene)
    await anna.says("/operator другое дело")
    await oleg.sees(topic, "другое дело")
    await oleg.replies(topic, "/close")
    await anna.sees("Заявка №\u00a02 закрыта. Как мы справились?")
    await anna.presses("Проблема вернулась", on=first)
    await anna.sees("Снова открыли заявку №\u00a01.")
    await oleg.sees(topic, "Заявка №\u00a01 снова открыта.")
    await oleg.sees_kind(topic, "forum_topic_edited")
    await scene.world.changes.until(lambda _: topic.name == "🟡 Анна", 15)
    assert topic.name == "🟡 Анна"
    await scene.operator("Иван").replies(topic, "/take")
    await oleg.sees(topic, "🟡 Ведёт Иван")
    await oleg.replies(topic, "/close")
    await anna.sees("Заявка №\u00a01 закрыта. Как мы справились?")


async def test_asked_later_and_across_a_restart(set_up: SetUp) -> None:
    async with set_up(desk={"rating_delay_seconds": 1}) as scene:
        async with scene.at_work():
            anna, oleg = scene.customer("Анна"), scene.operator("Олег")
            await anna.says(QUESTION)
            topic = await oleg.topic("Анна")
            await oleg.sees(topic, "Ждёт ответа")
            closing = await oleg.replies(topic, "/close")
            await scene.world.changes.until(lambda _: oleg.reaction_on(closing) == "👌", 15)
            await anna.sees("Передали вопрос людям")
        await anna.sees_nothing(0.1)
        async with scene.at_work():
            await anna.sees("Как мы справились?")
            await anna.sees_nothing(0.7)


async def test_a_matter_reopened_in_time_is_not_asked_about(set_up: SetUp) -> None:
    async with set_up(desk={"rating_delay_seconds": 0.5}) as scene, scene.at_work():
        anna, oleg = scene.customer("Анна"), scene.operator("Олег")
        await anna.says(QUESTION)
        topic = await oleg.topic("Анна")
        await anna.sees("Передали вопрос людям")
        await oleg.replies(topic, "/close")
        await oleg.replies(topic, "/reopen")
        await anna.sees_nothing(1.2)
        await oleg.replies(topic, "/close")
        await anna.sees("Как мы справились?")


async def test_the_request_arrives_although_telegram_stumbled(scene: Scene) -> None:
    scene.world.faults.add(Fault.internal_error(), method="sendMessage", after=3, times=2)
    anna, _, _, _ = await closed(scene)
    await anna.presses("5 — Вау!")
    await anna.sees("Ваша оценка: 5")
