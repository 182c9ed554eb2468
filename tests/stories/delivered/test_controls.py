"""Who published sees how far a broadcast is, and can pause it, go on, cancel it, decide what is uncertain."""

from sandbox import Customer, Fault
from sandbox.changing import erase
from sandbox.chats import Message
from sandbox.people.looking import buttons, words
from tests.stories.conftest import Scene, SetUp
from tests.stories.delivered.conftest import copies, subscribers
from tests.stories.forgery import forges, says_of
from tests.stories.managers.test_incidents import goes_on, publishes
from tests.stories.waiting import comes_true

SLOW = {"bulk_per_second": 0.5}
"""Slow enough that a press comes in the middle of it also on a busy machine."""
NAMES = tuple(f"Клиент {n}" for n in range(8))


def told(people: list[Customer], text: str) -> int:
    return sum(copies(person, text) for person in people)


async def at_rest(scene: Scene, people: list[Customer], text: str) -> int:
    """How many have it once what was on its way has landed."""
    before = told(people, text)
    await people[-1].sees_nothing(for_seconds=1)
    assert told(people, text) - before <= 2
    return told(people, text)


async def under_way(scene: Scene, people: list[Customer], text: str) -> Message:
    """The progress of a broadcast that has told the first."""
    assert await comes_true(scene.world, lambda: told(people, text) > 0)
    return await scene.manager().sees("Рассылка идёт")


async def test_a_pause_holds_it_and_going_on_ends_it(set_up: SetUp) -> None:
    async with set_up() as scene:
        scene.limits |= SLOW
        maria = scene.manager("Мария")
        async with scene.at_work():
            people = await subscribers(scene, *NAMES)
            await publishes(maria, "red Не проходит оплата")
            shown = await under_way(scene, people, "Не проходит оплата")
            assert "осталось ~" in shown["text"]
            assert await maria.presses("Пауза", on=shown) == "Рассылка на паузе"
            await maria.sees("Рассылка на паузе")
            held = await at_rest(scene, people, "Не проходит оплата")
            assert held < len(people)
            assert buttons(shown) == ["Продолжить", "Отменить рассылку"]
            toasts = [await maria.presses("Продолжить", on=shown)]
            assert toasts == ["Отправляем дальше"]
            await maria.sees("Рассылка закончена", within=60)
        assert [copies(person, "Не проходит оплата") for person in people] == [1] * len(people)


async def test_a_pause_outlives_a_restart(set_up: SetUp) -> None:
    async with set_up() as scene:
        scene.limits |= SLOW
        maria = scene.manager("Мария")
        async with scene.at_work():
            people = await subscribers(scene, *NAMES)
            await publishes(maria, "red Не проходит оплата")
            shown = await under_way(scene, people, "Не проходит оплата")
            await maria.presses("Пауза", on=shown)
            await maria.sees("Рассылка на паузе")
            held = await at_rest(scene, people, "Не проходит оплата")
        scene.limits |= {"bulk_per_second": 30}  # there is nothing to catch any more in the middle of it
        async with scene.at_work():
            await people[-1].sees_nothing(for_seconds=1)
            assert told(people, "Не проходит оплата") == held
            await maria.presses("Продолжить", on=shown)
            await maria.sees("Рассылка закончена", within=60)
        assert [copies(person, "Не проходит оплата") for person in people] == [1] * len(people)


async def test_a_cancelled_one_tells_nobody_else_however_often_it_is_pressed(set_up: SetUp) -> None:
    async with set_up() as scene:
        scene.limits |= SLOW
        maria = scene.manager("Мария")
        async with scene.at_work():
            people = await subscribers(scene, *NAMES)
            await publishes(maria, "red Не проходит оплата")
            shown = await under_way(scene, people, "Не проходит оплата")
            cancel = says_of(shown, "Отменить рассылку")
            resume = cancel.replace("cancel", "resume")
            assert await forges(maria, cancel, shown) == "Рассылка отменена"
            await maria.sees("Рассылка отменена")
            toasts = [await forges(maria, each, shown) for each in [cancel, resume] * 20]
            assert set(toasts) == {"Здесь уже нечего менять"}
            held = await at_rest(scene, people, "Не проходит оплата")
            assert held < len(people)
            assert buttons(shown) == []


async def test_who_clears_the_chat_finds_the_progress_again(set_up: SetUp) -> None:
    async with set_up() as scene:
        scene.limits |= SLOW
        maria = scene.manager("Мария")
        async with scene.at_work():
            people = await subscribers(scene, *NAMES)
            await publishes(maria, "red Не проходит оплата")
            shown = await under_way(scene, people, "Не проходит оплата")
            erase(scene.world, maria.chat, shown)
            again = await maria.sees("Рассылка идёт")
            assert await maria.presses("Пауза", on=again) == "Рассылка на паузе"
            await maria.sees("Рассылка на паузе")
            await maria.says("/incidents")
            listed = await maria.sees("не закрыто")
            await maria.presses("Не проходит оплата", on=listed)
            assert await maria.presses("Рассылка: ход и пауза", on=listed) == "Ход рассылки теперь внизу"
            assert await comes_true(scene.world, lambda: not buttons(again))
            assert await maria.presses("Продолжить") == "Отправляем дальше"
            await maria.sees("Рассылка закончена", within=60)
            said = [words(each) for each in maria.chat.messages.values() if not each.get("_deleted")]
            assert sum("Рассылка" in each for each in said) == 2


async def test_the_role_is_asked_for_at_the_press(set_up: SetUp) -> None:
    async with set_up() as scene:
        scene.limits |= SLOW
        maria = scene.manager("Мария")
        async with scene.at_work():
            people = await subscribers(scene, *NAMES)
            await publishes(maria, "red Не проходит оплата")
            shown = await under_way(scene, people, "Не проходит оплата")
            own = await people[0].sees("Не проходит оплата")
            toast = await forges(people[0], says_of(shown, "Пауза"), own)
            assert toast is not None
            assert "только менеджеры" in toast
            await maria.sees("Рассылка закончена", within=60)


async def test_what_may_have_arrived_waits_for_a_decision(set_up: SetUp) -> None:
    async with set_up() as scene, scene.at_work():
        maria = scene.manager("Мария")
        anna, boris = await subscribers(scene, "Анна", "Борис")
        scene.world.faults.add(Fault.reset_after(), chat=anna.id, times=1)
        scene.world.faults.add(Fault.reset_before(), chat=boris.id, times=1)
        await publishes(maria, "red Не проходит оплата")
        shown = await maria.sees("Рассылка закончена")
        assert "Неясно, дошло\u00a0ли: 2" in shown["text"]
        assert buttons(shown) == ["Отправить ещё раз", "Считать доставленными"]
        assert await maria.presses("Отправить ещё раз", on=shown) == "Отправим ещё раз"
        await boris.sees("Не проходит оплата")
        assert await comes_true(scene.world, lambda: "Отправлено 2 из" in shown["text"])
        assert (copies(anna, "Не проходит оплата"), copies(boris, "Не проходит оплата")) == (2, 1)
        assert buttons(shown) == []


async def test_what_may_have_arrived_can_count_as_delivered(set_up: SetUp) -> None:
    async with set_up() as scene, scene.at_work():
        maria = scene.manager("Мария")
        (anna,) = await subscribers(scene, "Анна")
        scene.world.faults.add(Fault.reset_after(), chat=anna.id, times=1)
        await publishes(maria, "red Не проходит оплата")
        shown = await maria.sees("Неясно, дошло")
        assert await maria.presses("Считать доставленными", on=shown) == "Хорошо, считаем доставленными"
        assert await comes_true(scene.world, lambda: "Отправлено 1 из" in shown["text"])
        assert buttons(shown) == []
        assert copies(anna, "Не проходит оплата") == 1


async def test_news_overtake_what_was_not_sent_yet(set_up: SetUp) -> None:
    async with set_up() as scene:
        scene.limits |= SLOW
        maria = scene.manager("Мария")
        async with scene.at_work():
            people = await subscribers(scene, *NAMES)
            await publishes(maria, "red Не проходит оплата")
            shown = await under_way(scene, people, "Не проходит оплата")
            await maria.presses("Пауза", on=shown)
            await goes_on(maria, "Не проходит оплата", "Обновить", "Нашли причину")
            assert await comes_true(scene.world, lambda: "Рассылка остановлена" in shown["text"])
            await maria.sees("Рассылка закончена", within=60)
        assert [copies(person, "Нашли причину") for person in people] == [1] * len(people)
        assert told(people, "Сбой") < len(people)
