"""Who is no manager may be trusted with incidents, as far as their role goes and no further."""

from typing import Any

from sandbox import Manager
from sandbox.people.looking import words
from tests.stories.conftest import Scene, SetUp
from tests.stories.managers.test_incidents import channel_posts, publishes

DRAFTER, PUBLISHER = 1002, 1003
ROLES: dict[str, Any] = {"publishers": {DRAFTER: "draft", PUBLISHER: "publish"}}


def publisher(scene: Scene) -> Manager:
    return scene.manager("Пётр", id=PUBLISHER)


async def test_a_publisher_tells_of_an_incident(set_up: SetUp) -> None:
    async with set_up(desk=ROLES) as scene, scene.at_work():
        petr, anna = publisher(scene), scene.customer("Анна")
        await publishes(petr, "red Не проходит оплата")
        await anna.sees_in(scene.channel, "Не проходит оплата")
        await petr.says("/incidents")
        await petr.sees("не закрыто")


async def test_a_publisher_may_do_nothing_else_of_the_managers(set_up: SetUp) -> None:
    async with set_up(desk=ROLES) as scene, scene.at_work():
        petr = publisher(scene)
        for command in ("/faq", "/banned", "/stuck"):
            await petr.says(command)
            await petr.sees("менеджер")
        await petr.says("/help")
        text = words(await petr.sees("Кто сообщает о сбоях"))
        assert "/broadcast" in text
        assert "/faq" not in text


async def test_who_drafts_does_not_publish(set_up: SetUp) -> None:
    async with set_up(desk={"publishers": {DRAFTER: "publish"}}) as scene:
        vera = scene.manager("Вера", id=DRAFTER)
        async with scene.at_work():
            await vera.says("/broadcast red Не проходит оплата")
            preview = await vera.sees("Так будет выглядеть новый пост")
        scene.desk = ROLES
        async with scene.at_work():
            assert "Публиковать могут только" in (await vera.presses("Опубликовать", on=preview) or "")
            assert channel_posts(scene) == []


async def test_a_former_publishers_buttons_are_refused(set_up: SetUp) -> None:
    async with set_up(desk=ROLES) as scene:
        petr = publisher(scene)
        async with scene.at_work():
            await petr.says("/broadcast red Не проходит оплата")
            preview = await petr.sees("Так будет выглядеть новый пост")
        scene.desk = {}
        async with scene.at_work():
            assert "Публиковать могут только" in (await petr.presses("Опубликовать", on=preview) or "")
            await petr.says("/broadcast red Не проходит оплата")
            await petr.sees("Публиковать могут только")
            assert channel_posts(scene) == []
