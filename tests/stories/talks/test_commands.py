"""What operators order with a slash: it works where it should, says what it did, and never leaves."""

from collections.abc import Sequence

import pytest

from sandbox import Customer, Operator
from sandbox.chats import Message, Topic
from sandbox.people.looking import words
from tests.stories.clock import in_a_hurry
from tests.stories.conftest import Scene, SetUp
from tests.stories.waiting import comes_true

QUESTION = "почему мой зонтик поёт по ночам?"


async def called(scene: Scene) -> tuple[Customer, Operator, Topic]:
    """A customer whose question stands in her topic."""
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says(QUESTION)
    topic = await oleg.topic("Анна")
    await oleg.sees(topic, "Ждёт ответа")
    await oleg.sees(topic, QUESTION)
    await anna.sees("Передали вопрос людям")
    return anna, oleg, topic


def all_marked(oleg: Operator, commands: Sequence[Message]) -> bool:
    return all(oleg.reaction_on(each) == "👌" for each in commands)


async def obeyed(scene: Scene, oleg: Operator, *commands: Message) -> bool:
    """Each was acknowledged with a quiet mark."""
    return await comes_true(scene.world, lambda: all_marked(oleg, commands))


async def test_take_close_and_reopen(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    in_a_hurry(monkeypatch)
    anna, oleg, topic = await called(scene)
    take = await oleg.replies(topic, "/take")
    await oleg.sees(topic, "🟡 Ведёт Олег")
    close = await oleg.replies(topic, "/close@support_bot")
    await anna.sees("Как мы справились?")
    await oleg.sees(topic, "✅ Закрыта")
    reopen = await oleg.replies(topic, "/REOPEN")
    await oleg.sees(topic, "🟡 Ведёт Олег")
    assert await obeyed(scene, oleg, take, close, reopen)
    assert len(await anna.reads()) == 3


async def test_what_is_so_already_is_said(scene: Scene) -> None:
    _, oleg, topic = await called(scene)
    await oleg.replies(topic, "/reopen")
    await oleg.sees(topic, "Заявка №\u00a01 и так открыта.")
    await oleg.replies(topic, "/take")
    await oleg.replies(topic, "/take")
    await oleg.sees(topic, "Заявка №\u00a01 уже в работе.")
    await oleg.replies(topic, "/close")
    await oleg.replies(topic, "/close")
    said = await oleg.sees(topic, "Заявка №\u00a01 уже закрыта.")
    assert said["reply_to_message"]["text"] == "/close"
    await oleg.replies(topic, "/take")
    await oleg.sees(topic, "Заявка №\u00a01 уже закрыта.")


async def test_another_operator_takes_over(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    in_a_hurry(monkeypatch)
    _, oleg, topic = await called(scene)
    ivan = scene.operator("Иван")
    await oleg.replies(topic, "/take")
    await oleg.sees(topic, "🟡 Ведёт Олег")
    await ivan.replies(topic, "/take")
    await oleg.sees(topic, "🟡 Ведёт Иван")


@pytest.mark.parametrize("typed", ["/clsoe", "/закрыть", "/stats", "/ close", "/"])
async def test_an_unknown_command_never_leaves(scene: Scene, typed: str) -> None:
    anna, oleg, topic = await called(scene)
    await oleg.replies(topic, typed)
    await oleg.replies(topic, "Скоро отвечу")
    await anna.sees("Скоро отвечу")
    assert [words(each) for each in await anna.reads()][2:] == ["Скоро отвечу"]


async def test_an_unknown_command_is_explained(scene: Scene) -> None:
    _, oleg, topic = await called(scene)
    await oleg.replies(topic, "/clsoe <b>")
    await oleg.sees(topic, "Команды /clsoe нет, клиенту ничего не ушло.")


async def test_a_command_to_another_bot_is_none_of_our_business(scene: Scene) -> None:
    anna, oleg, topic = await called(scene)
    await oleg.replies(topic, "/close@weather_bot")
    await oleg.replies(topic, "/forecast@weather_bot завтра")
    await oleg.replies(topic, "Скоро отвечу")
    await anna.sees("Скоро отвечу")
    assert [words(each) for each in await anna.reads()][2:] == ["Скоро отвечу"]
    await oleg.sees(topic, "🟡 Ведёт Олег")
    assert await comes_true(scene.world, lambda: topic.name == "🟡 Анна"), "its change is said in the topic"
    await oleg.sees_nothing(topic, 0.2)


async def test_commands_need_a_customer(scene: Scene) -> None:
    anna, oleg, _ = await called(scene)
    await oleg.says_in_general("/close")
    await oleg.sees(None, "Команды работают в теме клиента.")
    smoking = await oleg.opens_topic("Курилка")
    await oleg.replies(smoking, "/close")
    await oleg.sees(smoking, "Команды работают в теме клиента.")
    await oleg.replies(smoking, "Всем привет")
    await anna.sees_nothing(0.2)


async def test_without_topics_a_command_answers_a_message(set_up: SetUp) -> None:
    async with set_up(forum=False) as scene, scene.at_work():
        anna, boris, oleg = scene.customer("Анна"), scene.customer("Борис"), scene.operator("Олег")
        await anna.says(QUESTION)
        hers = await oleg.sees(None, "👤 Анна")
        await boris.says("а мой зонтик молчит!")
        his = await oleg.sees(None, "👤 Борис")
        await oleg.replies(None, "/close")
        await oleg.sees(None, "отправьте команду ответом на его сообщение")
        await oleg.replies(None, "Передал мастеру", to=his)
        await boris.sees("Передал мастеру")
        undo = await oleg.replies(None, "/undo", to=his)
        assert await obeyed(scene, oleg, undo)
        assert len(await boris.reads()) == 2
        closing = await oleg.replies(None, "/close", to=hers)
        await anna.sees("Заявка №\u00a01 закрыта.")
        assert await obeyed(scene, oleg, closing)
        await boris.sees_nothing(0.1)


async def test_undo_takes_the_last_reply_back_and_then_the_one_before(scene: Scene) -> None:
    anna, oleg, topic = await called(scene)
    ivan = scene.operator("Иван")
    await oleg.replies(topic, "Первый ответ")
    await anna.sees("Первый ответ")
    await oleg.sends_photo(topic, caption="Не тот снимок")
    await anna.sees_photo("Не тот снимок")
    await ivan.replies(topic, "Чужой ответ")
    await anna.sees("Чужой ответ")
    undone = [await oleg.replies(topic, "/undo")]
    assert await obeyed(scene, oleg, *undone)
    assert [words(each) for each in await anna.reads()][2:] == ["Первый ответ", "Чужой ответ"]
    undone.append(await oleg.replies(topic, "/undo"))
    assert await obeyed(scene, oleg, *undone)
    assert [words(each) for each in await anna.reads()][2:] == ["Чужой ответ"]
    await oleg.replies(topic, "/undo")
    await oleg.sees(topic, "Забирать нечего")


async def test_undo_takes_back_the_very_reply_it_answers(scene: Scene) -> None:
    anna, oleg, topic = await called(scene)
    first = await oleg.replies(topic, "Первый ответ")
    await oleg.replies(topic, "Второй ответ")
    await anna.sees("Второй ответ")
    undo = await oleg.replies(topic, "/undo", to=first)
    assert await obeyed(scene, oleg, undo)
    assert [words(each) for each in await anna.reads()][2:] == ["Второй ответ"]


async def test_undo_at_once_takes_back_what_was_just_written(set_up: SetUp) -> None:
    async with set_up() as scene:
        scene.limits |= {"chat_per_second": 3, "chat_burst": 1}
        async with scene.at_work():
            anna, oleg, topic = await called(scene)
            for text in ("Первый ответ", "Второй ответ", "Третий ответ", "Ой, это не вам"):
                await oleg.replies(topic, text)
            undone = [await oleg.replies(topic, "/undo"), await oleg.replies(topic, "/undo")]
            assert await comes_true(scene.world, lambda: all_marked(oleg, undone), within=15)
            assert [words(each) for each in await anna.reads()][2:] == ["Первый ответ", "Второй ответ"]


async def test_undo_two_days_later_is_too_late_and_said(scene: Scene) -> None:
    anna, oleg, topic = await called(scene)
    await oleg.replies(topic, "Навсегда")
    await anna.sees("Навсегда")
    scene.world.clock.shift(49 * 3600)
    await oleg.replies(topic, "/undo")
    await oleg.sees(topic, "Забрать ответ уже нельзя")
    assert words((await anna.reads())[-1]) == "Навсегда"


async def test_orders_under_a_picture(scene: Scene) -> None:
    anna, oleg, topic = await called(scene)
    await oleg.sends_photo(topic, caption="/note снимок со склада")
    await oleg.sends_photo(topic, caption="/take")
    await oleg.sees(topic, "То, что стоит рядом с /take, клиенту не ушло")
    await oleg.sends_photo(topic, caption="/close Вот ваш зонтик")
    await anna.sees("Как мы справились?")
    assert [each["caption"] for each in await anna.reads() if "photo" in each] == ["Вот ваш зонтик"]
