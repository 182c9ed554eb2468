"""Who is no manager may be trusted with incidents, as far as their role goes and no further."""

from typing import Any

from sandbox import Manager
from sandbox.people.looking import buttons, words
from tests.stories.conftest import MANAGER, Scene, SetUp
from tests.stories.forgery import forges, says_of
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


TWO: dict[str, Any] = {**ROLES, "two_person": "always"}


async def test_what_a_drafter_submits_is_published_by_the_first_press(set_up: SetUp) -> None:
    async with set_up(desk=ROLES) as scene, scene.at_work():
        vera, maria, petr = scene.manager("Вера", id=DRAFTER), scene.manager(), publisher(scene)
        await maria.starts()
        await petr.starts()
        await vera.says("/broadcast red Не проходит оплата")
        await vera.sees("Так будет выглядеть новый пост")
        assert await vera.presses("Отправить на публикацию") == "Отправлено"
        hers, his = await maria.sees("просит это опубликовать"), await petr.sees("просит это опубликовать")
        pressed = says_of(his, "Опубликовать")
        assert await maria.presses("Опубликовать", on=hers) == "Опубликовано"
        await vera.sees("Нажал Мария")
        if buttons(his):
            await scene.world.changes.until(lambda _: buttons(his) == [], 15)
        assert buttons(his) == []
        assert await forges(petr, pressed, his) == "Это уже опубликовано"
        assert len(channel_posts(scene)) == 1


async def test_who_never_pressed_start_is_asked_in_the_group(set_up: SetUp) -> None:
    async with set_up(desk={"publishers": {DRAFTER: "draft"}}) as scene, scene.at_work():
        vera, maria = scene.manager("Вера", id=DRAFTER), scene.operator("Мария", id=MANAGER)
        await vera.says("/broadcast red Не проходит оплата")
        await vera.presses("Отправить на публикацию", on=await vera.sees("Так будет выглядеть"))
        await maria.sees(None, "просит это опубликовать")


async def test_the_second_person_publishes_once(set_up: SetUp) -> None:
    async with set_up(desk=TWO) as scene:
        maria, petr = scene.manager(), publisher(scene)
        async with scene.at_work():
            await maria.starts()
            await petr.says("/broadcast yellow Медленно открывается каталог")
            await petr.presses("Отправить на одобрение", on=await petr.sees("Так будет выглядеть"))
            asked, mine = (
                await maria.sees("нужен второй человек"),
                await petr.sees("Отправлено на публикацию"),
            )
            pressed = says_of(asked, "Опубликовать")
            assert "могут только" in (await forges(petr, pressed, mine) or "")
            assert await maria.presses("Опубликовать", on=asked) == "Опубликовано"
            assert await forges(maria, pressed, asked) == "Это уже опубликовано"
        assert len(channel_posts(scene)) == 1


async def test_whoever_approved_until_the_restart_approves_no_more(set_up: SetUp) -> None:
    approver = {"publishers": {PUBLISHER: "publish", 1004: "approve"}, "two_person": "always"}
    async with set_up(desk=approver) as scene:
        maria, petr, alla = scene.manager(), publisher(scene), scene.manager("Алла", id=1004)
        async with scene.at_work():
            await maria.starts()
            await alla.starts()
            await petr.says("/broadcast yellow Медленно открывается каталог")
            await petr.presses("Отправить на одобрение", on=await petr.sees("Так будет выглядеть"))
            hers, mine = await alla.sees("нужен второй человек"), await maria.sees("нужен второй человек")
            approve, reject = says_of(hers, "Опубликовать"), says_of(hers, "Отклонить")
        scene.desk = TWO
        async with scene.at_work():
            for pressed in (approve, reject, reject.replace("decline", "reject")):
                assert "могут только" in (await forges(alla, pressed, hers) or "")
            assert await maria.presses("Опубликовать", on=mine) == "Опубликовано"
            await petr.sees("Нажал Мария")
        assert len(channel_posts(scene)) == 1
