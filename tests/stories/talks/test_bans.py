"""Who must not write: nothing of theirs reaches the group, and nothing of it is lost if the ban is undone."""

import pytest

from sandbox.chats import Message
from sandbox.people.looking import buttons, words
from tests.faults.database import inbox
from tests.faults.troubles import until
from tests.stories.clock import Clock, in_a_hurry
from tests.stories.conftest import MANAGER, SetUp
from tests.stories.talk import FIRST, Talk, talking
from tests.stories.waiting import comes_true

BANNED = "Мы больше не принимаем от вас сообщения в этом чате."


async def bans(talk: Talk, reason: str = "рассылает рекламу") -> Message:
    """Oleg bans Anna, and both see it."""
    order = await talk.replies(f"/ban {reason}")
    await talk.oleg.sees(talk.topic, f"⛔ Клиент заблокирован: Олег. Причина: {reason}")
    await talk.anna.sees(BANNED)
    return order


async def told(talk: Talk) -> list[str]:
    """What the bot has put before the operators."""
    return [words(each) for each in await talk.group() if each["_by"] == talk.scene.bot.id and words(each)]


async def silence(talk: Talk, seconds: float = 0.3) -> None:
    """Time goes by in which Anna is told nothing, and the group has nothing of hers at its end."""
    before = await told(talk)
    await talk.anna.sees_nothing(seconds)
    after = await told(talk)
    assert len(after) == len(before)
    said = {words(each) for each in await talk.anna.reads() if each["_by"] == talk.anna.id}
    assert not [each for each in after if each in said - {FIRST}]


def since(messages: list[Message], text: str) -> list[str]:
    """The texts after the newest one with this in it."""
    texts = [words(each) for each in messages]
    last = max(place for place, each in enumerate(texts) if text in each)
    return texts[last + 1 :]


async def test_nothing_reaches_the_group_and_all_of_it_comes_when_the_ban_is_undone(talk: Talk) -> None:
    replied, copy = await talk.carried("сейчас посмотрим")
    order = await bans(talk)
    assert await comes_true(talk.scene.world, lambda: talk.oleg.reaction_on(order) == "👌")
    said = [await talk.anna.says(f"купите зонтик, {number}") for number in range(40)]
    await talk.anna.edits(said[3], "передумал, 3")
    await talk.anna.sends_photo(caption="и ещё снимок")
    await talk.anna.reacts(copy, "🔥")
    await talk.anna.says("/operator")
    await talk.anna.says("/broadcast red Всё пропало")
    await talk.anna.says("/start")
    await until(lambda: inbox(talk.scene) == {"handled": len(talk.scene.world.log.updates())}, within=30)
    await silence(talk)
    assert since(await talk.anna.reads(), BANNED)[-1] == "/start", "nobody answers"
    assert talk.oleg.reaction_on(replied) == "👍"
    undone = await talk.replies("/unban")
    await talk.anna.sees("Вы снова можете писать нам в этот чат. То, что вы написали")
    await talk.oleg.sees(talk.topic, "Написано, пока действовала блокировка")
    await talk.oleg.sees(talk.topic, "/broadcast red Всё пропало")
    heard = "\n".join(since(await talk.group(), "Написано, пока действовала"))
    places = [heard.index(f", {number}\n") for number in range(39)]
    assert places == sorted(places)
    assert "передумал, 3" in heard
    assert "купите зонтик, 3\n" not in heard
    assert "и ещё снимок" in heard
    assert await comes_true(talk.scene.world, lambda: talk.oleg.reaction_on(undone) == "👌")
    await talk.settled()


async def test_the_ticket_is_closed_without_a_rating_and_opened_again(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_a_hurry(monkeypatch)
    async with talking(set_up, forum=True) as talk:
        assert talk.topic is not None
        await bans(talk)
        card = await talk.oleg.sees(talk.topic, "⛔ Заблокирован: Олег, сегодня в")
        assert "Причина: рассылает рекламу" in words(card)
        assert buttons(card) == ["Разблокировать"]
        assert await comes_true(talk.scene.world, lambda: talk.topic.name == "⛔ Анна")
        assert not [each for each in await talk.anna.reads() if "5 — Вау!" in buttons(each)]
        await talk.anna.says("ну пожалуйста")
        assert await talk.oleg.presses(talk.topic, "Разблокировать") == "Разблокировали, клиенту сообщим."
        await talk.oleg.sees(talk.topic, "ну пожалуйста")
        assert await comes_true(talk.scene.world, lambda: talk.topic.name == "🔵 Анна")


async def test_a_press_is_answered_and_nothing_comes_of_it(talk: Talk) -> None:
    await talk.replies("/close")
    asked = await talk.anna.sees("Как мы справились?")
    await bans(talk)
    assert await talk.anna.presses("1 — Отвратительно", on=asked) == BANNED
    assert await talk.anna.presses("Проблема вернулась", on=asked) == BANNED
    await silence(talk)
    await talk.replies("/unban")
    assert words(await talk.anna.sees("Вы снова можете")) == "Вы снова можете писать нам в этот чат."
    await talk.anna.presses("4 — Хорошо", on=asked)
    await talk.anna.sees("Ваша оценка: 4")


async def test_where_to_write_instead_is_the_desk_s_to_say(set_up: SetUp) -> None:
    async with set_up(desk={"banned_write_to": "help@example.com"}) as scene, scene.at_work():
        talk = Talk(scene, scene.customer("Анна"), scene.operator("Олег"))
        await talk.begins()
        await talk.replies("/ban спам")
        await talk.anna.sees("Если это ошибка, напишите нам сюда: help@example.com")


async def test_a_ban_needs_a_reason_and_is_not_put_twice(talk: Talk) -> None:
    await talk.replies("/ban")
    await talk.oleg.sees(talk.topic, "Напишите причину после команды")
    await talk.replies("/unban")
    await talk.oleg.sees(talk.topic, "Клиент не заблокирован.")
    await talk.anna.says("вы тут?")
    await talk.oleg.sees(talk.topic, "вы тут?")
    await bans(talk, "грубит")
    await talk.replies("/ban спам")
    await talk.oleg.sees(talk.topic, "Клиент уже заблокирован: Олег, сегодня в")


async def test_operators_hear_that_a_banned_customer_gets_no_reply(talk: Talk) -> None:
    await bans(talk)
    told = len(await talk.anna.reads())
    for text in ("а вот и ответ", "/close вот", "/reopen", "/take"):
        await talk.replies(text)
        await talk.oleg.sees(talk.topic, "Клиенту ничего не ушло: он заблокирован")
    await talk.replies("// сам виноват")
    lines = len([each for each in await talk.group() if "Клиенту ничего не ушло" in words(each)])
    await talk.oleg.sends_album(["photo"] * 3, talk.topic, to=talk.to)
    await talk.oleg.sees(talk.topic, "Клиенту ничего не ушло")
    await talk.replies("/ban ещё раз")
    await talk.oleg.sees(talk.topic, "Клиент уже заблокирован")
    refused = [each for each in await talk.group() if "Клиенту ничего не ушло" in words(each)]
    assert len(refused) == lines + 1, "once for an album"
    assert len(await talk.anna.reads()) == told


async def test_a_manager_cannot_be_banned(set_up: SetUp) -> None:
    async with set_up() as scene, scene.at_work():
        talk = Talk(scene, scene.customer("Анна", id=MANAGER), scene.operator("Олег"))
        await talk.begins()
        await talk.replies("/ban за всё")
        await talk.oleg.sees(talk.topic, "Это менеджер, его заблокировать нельзя.")
        await talk.settled()


async def test_what_is_on_its_way_when_the_ban_comes_is_held_too(talk: Talk) -> None:
    async with talk.group_out_of_reach():
        for number in range(3):
            await talk.anna.says(f"купите {number}")
        await talk.replies("/ban спам")
        await talk.anna.sees(BANNED)
    await talk.oleg.sees(talk.topic, "⛔ Клиент заблокирован")
    await talk.anna.says("купите 3")
    assert not any("купите" in words(each) for each in await talk.group())
    await talk.replies("/unban")
    await talk.oleg.sees(talk.topic, "купите 3")
    assert "купите 0\n\nкупите 1\n\nкупите 2\n\nкупите 3" in "\n".join(map(words, await talk.group()))


async def test_what_is_on_its_way_under_a_ticket_just_closed_is_held_too(talk: Talk) -> None:
    async with talk.group_out_of_reach():
        await talk.anna.says("купите зонтик")
        await talk.replies("/close тихо")
        await talk.replies("/ban спам")
        await talk.anna.sees(BANNED)
    await talk.oleg.sees(talk.topic, "⛔ Клиент заблокирован")
    assert not any("купите" in words(each) for each in await talk.group())


async def test_what_is_edited_during_a_ban_is_shown_afterwards(talk: Talk) -> None:
    mine, seen = await talk.asked("заплатил 100")
    await bans(talk)
    await talk.anna.edits(mine, "заплатил 200")
    await talk.anna.edits(mine, "заплатил 300")
    await silence(talk)
    assert "заплатил 100" in words(seen)
    await talk.replies("/unban")
    await talk.oleg.sees(talk.topic, "заплатил 300")
    assert not any("заплатил 200" in words(each) for each in await talk.group())


async def test_after_a_day_it_is_swept(set_up: SetUp, monkeypatch: pytest.MonkeyPatch) -> None:
    in_a_hurry(monkeypatch)
    clock = Clock(monkeypatch)
    async with talking(set_up, forum=True) as talk:
        await bans(talk)
        await talk.anna.says("старое")
        await silence(talk)
        clock.passes(hours=23)
        await talk.anna.says("новое")
        await silence(talk)
        clock.passes(hours=2)
        await silence(talk, seconds=1.2)
        await talk.replies("/unban")
        await talk.oleg.sees(talk.topic, "новое")
        assert not any("старое" in words(each) for each in await talk.group())
        clock.passes(hours=48)
        await talk.settled()


async def test_a_ban_of_one_desk_s_customer_is_nobody_else_s(talk: Talk) -> None:
    boris = talk.scene.customer("Борис")
    await bans(talk)
    await boris.says(FIRST)
    await boris.sees("Передали вопрос людям")
