"""Managers see who is banned, by whom and why, and let them in again by a press."""

from sandbox import Customer, Manager, Operator
from sandbox.people.looking import buttons, words
from tests.stories.conftest import Scene

FIRST = "почему мой зонтик поёт по ночам?"


async def banned(scene: Scene, oleg: Operator, name: str, reason: str) -> Customer:
    """Somebody who wrote and was banned for it."""
    customer = scene.customer(name)
    await customer.says(FIRST)
    topic = await oleg.topic(name)
    await oleg.sees(topic, FIRST)
    await oleg.replies(topic, f"/ban {reason}")
    await customer.sees("Мы больше не принимаем")
    return customer


async def at_her_place(scene: Scene) -> Manager:
    maria = scene.manager()
    await maria.starts()
    await maria.sees("Здравствуйте")
    return maria


async def test_nobody_is_banned(scene: Scene) -> None:
    maria = await at_her_place(scene)
    await maria.says("/banned")
    await maria.sees("Сейчас никто не заблокирован.")


async def test_a_manager_lets_somebody_in_again(scene: Scene) -> None:
    maria, oleg = await at_her_place(scene), scene.operator("Олег")
    anna = await banned(scene, oleg, "Анна", "шлёт <рекламу>")
    await banned(scene, oleg, "Борис", "грубит")
    await maria.says("/banned")
    listed = await maria.sees("Заблокированы 2 человека")
    assert "1. Борис\nОлег, сегодня в" in words(listed)
    assert "2. Анна\nОлег, сегодня в" in words(listed)
    assert ": шлёт <рекламу>" in words(listed)
    await anna.says("я больше не буду")
    assert await maria.presses("2. Разблокировать: Анна") == "Разблокировали, клиенту сообщим."
    await maria.sees("Заблокирован 1 человек")
    await anna.sees("Вы снова можете писать нам")
    topic = await oleg.topic("Анна")
    await oleg.sees(topic, "Блокировка снята: Мария.")
    await oleg.sees(topic, "я больше не буду")


async def test_the_press_asks_for_the_role(scene: Scene) -> None:
    maria, oleg = await at_her_place(scene), scene.operator("Олег")
    anna = await banned(scene, oleg, "Анна", "спам")
    boss = scene.operator("Мария", id=maria.id)
    await boss.says_in_general("/banned")
    await oleg.sees(None, "Заблокирован 1 человек")
    refused = "Список заблокированных ведут менеджеры"
    assert refused in str(await oleg.presses(None, "1. Разблокировать: Анна"))
    await oleg.says_in_general("/banned")
    await oleg.sees(None, refused)
    await anna.sees_nothing(0.2)
    assert await boss.presses(None, "1. Разблокировать: Анна") == "Разблокировали, клиенту сообщим."
    await anna.sees("Вы снова можете")


async def test_a_button_that_came_too_late(scene: Scene) -> None:
    maria, oleg = await at_her_place(scene), scene.operator("Олег")
    anna = await banned(scene, oleg, "Анна", "спам")
    await maria.says("/banned")
    listed = await maria.sees("Заблокирован 1 человек")
    topic = await oleg.topic("Анна")
    await oleg.replies(topic, "/unban")
    await anna.sees("Вы снова можете")
    assert await maria.presses("1. Разблокировать: Анна", on=listed) == "Эта блокировка уже снята."
    await maria.sees("Сейчас никто не заблокирован.")


async def test_a_long_list_has_pages(scene: Scene) -> None:
    maria, oleg = await at_her_place(scene), scene.operator("Олег")
    for number in range(7):
        await banned(scene, oleg, f"Клиент {number}", "спам")
    await maria.says("/banned")
    first = await maria.sees("Заблокировано 7 человек")
    assert [each for each in buttons(first) if "азблокировать" not in each] == ["Дальше ›"]
    assert "5. Клиент 2" in words(first)
    await maria.presses("Дальше ›")
    second = await maria.sees("6. Клиент 1")
    assert [each for each in buttons(second) if "азблокировать" not in each] == ["‹ Назад"]
    assert await maria.presses("6. Разблокировать") == "Разблокировали, клиенту сообщим."
    await maria.sees("6. Клиент 0")
