"""A notice is told to the people it concerns, goes on in reply to what they got, and its end is told too."""

from sandbox.people.looking import buttons
from tests.stories.conftest import Scene
from tests.stories.delivered.conftest import subscribers
from tests.stories.managers.test_incidents import goes_on, publishes


async def test_people_are_told_and_the_manager_sees_how_far_it_is(scene: Scene) -> None:
    maria = scene.manager("Мария")
    anna, _ = await subscribers(scene, "Анна", "Борис")
    await publishes(maria, "red Не проходит оплата картой")
    told = await anna.sees("Не проходит оплата картой")
    assert told["text"].startswith("🔴 Сбой")
    done = await maria.sees("Рассылка закончена")
    assert "Отправлено 2 из\u00a02" in done["text"]
    assert buttons(done) == []

    await goes_on(maria, "Не проходит оплата картой", "Обновить", "Нашли причину, чиним")
    further = await anna.sees("Нашли причину, чиним")
    assert further["reply_to_message"]["message_id"] == told["message_id"]
    await goes_on(maria, "Не проходит оплата картой", "Решено")
    ended = await anna.sees("✅ Решено")
    assert ended["reply_to_message"]["message_id"] == further["message_id"]
