"""A correction and a recall reach what was delivered; others get what is right from the first, or nothing."""

from sandbox import Manager
from sandbox.people.looking import words
from tests.stories.conftest import Scene, SetUp
from tests.stories.delivered.conftest import copies, subscribers
from tests.stories.managers.test_incidents import goes_on, publishes
from tests.stories.waiting import comes_true

WRONG, RIGHT = "Не проходит оплата вартой", "Не проходит оплата картой"
NAMES = tuple(f"Клиент {n}" for n in range(8))


async def corrects(maria: Manager, *, silently: bool = False) -> None:
    await maria.says("/incidents")
    listed = await maria.sees("не закрыто")
    await maria.presses(WRONG, on=listed)
    await maria.presses("Исправить", on=listed)
    await maria.sees("Как правильно?")
    await maria.says(RIGHT)
    preview = await maria.sees("Так станет выглядеть")
    if silently:
        await maria.presses("Изменить…", on=preview)
        await maria.presses("Кому: всем, кого касается", on=preview)
        await maria.presses("Кому: только канал", on=preview)
    assert await maria.presses("Опубликовать", on=preview) == "Опубликовано"


async def test_a_correction_edits_what_people_have(scene: Scene) -> None:
    maria = scene.manager("Мария")
    anna, boris = await subscribers(scene, "Анна", "Борис")
    await publishes(maria, f"red {WRONG}")
    told = await anna.sees(WRONG)
    await maria.sees("Рассылка закончена")
    await corrects(maria)
    assert await comes_true(scene.world, lambda: RIGHT in told["text"])
    await maria.sees("Исправлено у всех, кто получил")
    assert (copies(anna, WRONG), copies(boris, WRONG), copies(boris, RIGHT)) == (0, 0, 1)


async def test_a_silent_correction_leaves_nobody_with_wrong_words(scene: Scene) -> None:
    maria = scene.manager("Мария")
    [anna] = await subscribers(scene, "Анна")
    await publishes(maria, f"red {WRONG}")
    told = await anna.sees(WRONG)
    await maria.sees("Рассылка закончена")
    await corrects(maria, silently=True)
    assert await comes_true(scene.world, lambda: RIGHT in told["text"])
    assert copies(anna, RIGHT) == 1


async def test_who_has_not_got_it_yet_gets_the_right_text(set_up: SetUp) -> None:
    async with set_up() as scene:
        scene.limits |= {"bulk_per_second": 0.5}
        maria = scene.manager("Мария")
        async with scene.at_work():
            people = await subscribers(scene, *NAMES)
            await publishes(maria, f"red {WRONG}")
            assert await comes_true(scene.world, lambda: any(copies(each, WRONG) for each in people))
            shown = await maria.sees("Рассылка идёт")
            await maria.presses("Пауза", on=shown)
            await corrects(maria)
            await maria.presses("Продолжить", on=shown)
            everybody = lambda: all(copies(each, RIGHT) == 1 for each in people)  # noqa: E731
            assert await comes_true(scene.world, everybody, 60)
            sent = scene.world.log.calls("sendMessage", applied=True)
            wrong = [call for call in sent if WRONG in str(call.params["text"]) and call.chat != maria.id]
            assert len([call for call in wrong if call.chat in {each.id for each in people}]) < len(people)


async def test_a_recall_edits_what_people_have_and_stops_the_rest(set_up: SetUp) -> None:
    async with set_up() as scene:
        scene.limits |= {"bulk_per_second": 0.5}
        maria = scene.manager("Мария")
        async with scene.at_work():
            people = await subscribers(scene, *NAMES)
            await publishes(maria, f"red {RIGHT}")
            assert await comes_true(scene.world, lambda: any(copies(each, RIGHT) for each in people))
            await maria.presses("Пауза", on=await maria.sees("Рассылка идёт"))
            await goes_on(maria, RIGHT, "Отозвать")
            await maria.sees("Исправлено у всех, кто получил", within=30)
            await people[-1].sees_nothing(for_seconds=1)
        assert sum(copies(each, RIGHT) for each in people) == 0
        recalled = sum(copies(each, "Отозвано") for each in people)
        assert 0 < recalled < len(people)


async def test_a_message_that_was_deleted_is_left_alone(scene: Scene) -> None:
    maria = scene.manager("Мария")
    anna, boris = await subscribers(scene, "Анна", "Борис")
    await publishes(maria, f"red {WRONG}")
    await anna.deletes(await anna.sees(WRONG))
    told = await boris.sees(WRONG)
    await maria.sees("Рассылка закончена")
    await corrects(maria)
    assert await comes_true(scene.world, lambda: RIGHT in words(told))
    await maria.sees("Исправлено у всех, кто получил")
    assert copies(anna, RIGHT) == 0
