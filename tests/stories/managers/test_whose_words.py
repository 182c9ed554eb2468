"""Whose words /broadcast are, and where they stand: edited, passed on, anonymous, in a topic, in an album."""

from typing import Any

from sandbox.chats import Message
from sandbox.content import samples
from sandbox.forwards import forwarded
from sandbox.people.looking import words
from sandbox.posting import Author, post
from tests.faults.database import sql
from tests.stories.conftest import MANAGER, Scene, SetUp
from tests.stories.managers.test_incidents import channel_posts
from tests.stories.waiting import comes_true

DEAD = "Черновик изменился"


def attempts(scene: Scene) -> list[tuple[Any, ...]]:
    """Who tried to begin a notice, whether they were let, and what was remarked."""
    return sql(scene, "SELECT actor_id, allowed, details FROM audit WHERE action = 'broadcast' ORDER BY id")


def previews(messages: list[Message]) -> list[str]:
    return [words(each) for each in messages if "Так будет выглядеть" in words(each)]


async def test_an_edit_changes_nothing_that_was_previewed_and_that_is_said(scene: Scene) -> None:
    maria, anna = scene.manager("Мария"), scene.customer("Анна")
    command = await maria.says("/broadcast red Не проходит оплата")
    await maria.sees("Так будет выглядеть")
    await maria.edits(command, "/broadcast red Не проходит оплата картой")
    await maria.sees("Правку я не учёл")
    said = await maria.says("Не проходят платежи")
    preview = await maria.sees("Так будет выглядеть")
    await maria.edits(said, "Не проходят переводы")
    await maria.sees("Правку я не учёл")
    assert await maria.presses("Опубликовать", on=preview) == "Опубликовано"
    await anna.sees_in(scene.channel, "Не проходят платежи")
    await maria.edits(said, "Не проходят покупки")
    await maria.says("/help")
    await maria.sees("/broadcast")
    assert sum("Правку" in words(each) for each in await maria.reads()) == 2


async def test_below_a_customer_s_words_it_begins_a_notice_and_reaches_no_customer(scene: Scene) -> None:
    anna, maria = scene.customer("Анна"), scene.operator("Мария", id=MANAGER)
    await anna.says("Почему не проходит оплата картой, объясните")
    await anna.sees("Передали вопрос")
    topic = await maria.topic("Анна")
    asked = await maria.sees(topic, "Почему не проходит")
    await maria.replies(topic, "/broadcast red Не проходит оплата", to=asked)
    preview = await maria.sees(topic, "Так будет выглядеть")
    await maria.replies(topic, "Уже чиним")
    await anna.sees("Уже чиним")
    assert await maria.presses(topic, "Опубликовать", on=preview) == "Опубликовано"
    notice = await anna.sees_in(scene.channel, "Не проходит оплата")
    assert "объясните" not in words(notice)
    assert not any("/broadcast" in words(each) or "Так будет" in words(each) for each in await anna.reads())


async def test_who_hides_behind_a_group_or_a_channel_is_refused_and_kept(scene: Scene) -> None:
    boss, admin = scene.operator("Начальник", anonymous=True), scene.world.person("Админ")
    await boss.says_in_general("/broadcast red Обман")
    await boss.sees(None, "Отключите анонимность")
    scene.world.admit(scene.channel, admin, status="administrator")
    written = post(
        scene.world, scene.channel, Author.of(admin, scene.channel), {"text": "/broadcast red Обман"}
    )
    telegram = scene.world.person("Telegram", id=777000)
    scene.world.admit(scene.group, telegram)
    carried = forwarded(written) | {"is_automatic_forward": True}
    post(scene.world, scene.group, Author(telegram, telegram, scene.channel), carried)
    await boss.sees(None, "Отключите анонимность")
    assert attempts(scene) == [(scene.group.id, 0, None), (scene.channel.id, 0, None)]
    assert previews(await boss.reads()) == []


async def test_what_was_passed_on_is_nobody_s_command(scene: Scene) -> None:
    anna, maria, mine = scene.customer("Анна"), scene.operator("Мария", id=MANAGER), scene.manager("Мария")
    written = await anna.says("/broadcast red Обман")
    await anna.sees("Публиковать могут только")
    await maria.forwards(written)
    await maria.sees(None, "Пересланная команда не считается")
    await mine.forwards(written)
    await mine.sees("Пересланная команда не считается")
    await maria.sends({"text": "/broadcast red Обман", "via_bot": scene.bot.card()})
    await maria.sees(None, "Пересланная команда не считается")
    await maria.says_in_general("/broadcast@other_bot red Обман")
    assert attempts(scene) == [(anna.id, 0, None)] + [(MANAGER, 0, "passed on")] * 3
    assert previews([*await maria.reads(), *await mine.reads()]) == []

    await anna.says("Почему не проходит оплата картой, объясните")
    topic = await maria.topic("Анна")
    await maria.forwards(await anna.says("/close"), topic)
    await maria.replies(topic, "Чиним")
    await anna.sees("Чиним")
    assert sql(scene, "SELECT count(*) FROM tickets WHERE closed_at IS NOT NULL") == [(0,)]


async def test_of_forty_previews_the_last_one_lives(scene: Scene) -> None:
    maria, anna = scene.manager("Мария"), scene.customer("Анна")
    shown = []
    for number in range(40):
        await maria.says(f"/broadcast red Сбой номер {number}")
        shown.append(await maria.sees("Так будет выглядеть"))
    for stale in (shown[0], shown[20], shown[38]):
        assert DEAD in (await maria.presses("Опубликовать", on=stale) or "")
    assert await maria.presses("Опубликовать", on=shown[39]) == "Опубликовано"
    await anna.sees_in(scene.channel, "Сбой номер 39")
    assert len(channel_posts(scene)) == 1


async def test_below_any_picture_of_an_album_it_takes_that_one(scene: Scene) -> None:
    maria = scene.manager("Мария")
    album = {"media_group_id": scene.world.album_id()}
    await maria.sends(samples.photo(scene.world) | album)
    await maria.sends(samples.photo(scene.world) | album, caption="/broadcast red Не проходит оплата")
    await maria.sends(samples.photo(scene.world) | album)
    await maria.sees("Публикуется одна картинка")
    await maria.presses("Опубликовать", on=await maria.sees("Так будет выглядеть"))
    await maria.sees_in(scene.channel, "Не проходит оплата")
    assert len([each for each in scene.channel.messages.values() if "photo" in each]) == 1


async def test_a_group_that_moves_on_leaves_no_preview_that_publishes_twice(set_up: SetUp) -> None:
    async with set_up(forum=False) as scene, scene.at_work():
        maria = scene.operator("Мария", id=MANAGER)
        await maria.says_in_general("/broadcast red Не проходит оплата")
        await maria.sees(None, "Так будет выглядеть")
        scene.world.migrate(scene.group)
        await maria.says_in_general("/broadcast red Не проходит оплата картой")
        preview = await maria.sees(None, "Так будет выглядеть")
        assert await maria.presses(None, "Опубликовать", on=preview) == "Опубликовано"
        assert await comes_true(scene.world, lambda: bool(channel_posts(scene)))
        assert sql(scene, "SELECT count(*) FROM notices") == [(1,)]
        assert sql(scene, "SELECT count(*) FROM drafts") == [(0,)]
