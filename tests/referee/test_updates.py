"""Updates: numbered, filtered, waited for, confirmed, forgotten; and who gets which."""

import asyncio

import pytest
from aiogram.exceptions import ClientDecodeError, TelegramConflictError
from aiogram.methods import GetUpdates

from sandbox import Customer, Operator
from tests.referee.front import HELPED, Desk


async def test_numbers_go_up_by_one_and_an_offset_confirms(desk: Desk) -> None:
    await desk.anna.starts()
    for n in range(4):
        await desk.anna.says(f"№{n}")
    first, *rest = [update.update_id for update in await desk.bot.get_updates()]
    assert rest == list(range(first + 1, first + 6))
    assert [u.update_id for u in await desk.bot.get_updates(limit=2)] == [first, first + 1], (
        "not confirmed yet"
    )
    assert [u.update_id for u in await desk.bot.get_updates(offset=rest[3])] == rest[3:]
    assert [u.update_id for u in await desk.bot.get_updates(offset=-1)] == rest[-1:]
    assert [u.update_id for u in await desk.bot.get_updates()] == rest[-1:], "the others are forgotten"
    assert await desk.bot.get_updates(offset=rest[-1] + 1) == []


async def test_a_long_poll_ends_when_something_comes(desk: Desk) -> None:
    await desk.updates()
    waiting = asyncio.create_task(desk.bot.get_updates(timeout=20))
    await asyncio.sleep(0.02)
    await desk.anna.starts()
    (update,) = await asyncio.wait_for(waiting, 10)
    assert update.message is not None
    assert update.message.text == "/start"


async def test_a_second_poller_ends_the_first(desk: Desk) -> None:
    await desk.updates()
    first = asyncio.create_task(desk.bot.get_updates(timeout=20))
    await asyncio.sleep(0.02)
    second = asyncio.create_task(desk.bot.get_updates(timeout=20))
    with pytest.raises(TelegramConflictError, match="terminated by other getUpdates"):
        await asyncio.wait_for(first, 10)
    await desk.bot.set_webhook("http://127.0.0.1:9/")
    with pytest.raises(TelegramConflictError, match="terminated by setWebhook"):
        await asyncio.wait_for(second, 10)
    with pytest.raises(TelegramConflictError, match="while webhook is active"):
        await desk.bot.get_updates()
    await desk.world.webhooks.close()


async def test_kinds_are_asked_for_and_remembered(desk: Desk) -> None:
    await desk.anna.starts()
    asked = await desk.anna.says("Вопрос")
    await desk.updates()
    await desk.anna.reacts(asked, "👍")
    assert await desk.updates() == [], "reactions come only on request"
    await desk.bot.get_updates(allowed_updates=["MESSAGE_REACTION", "message"])
    await desk.anna.reacts(asked, "🔥")
    await desk.bot.get_updates()
    await desk.anna.edits(asked, "Вопрос!")
    (reaction,) = await desk.updates("message_reaction")
    assert (reaction["old_reaction"][0]["emoji"], reaction["new_reaction"][0]["emoji"]) == ("👍", "🔥")
    await desk.bot.get_updates(allowed_updates=[])
    await desk.anna.edits(asked, "Вопрос?")
    assert [m["text"] for m in await desk.updates("edited_message")] == ["Вопрос?"]


async def test_what_nobody_fetches_goes_stale(desk: Desk) -> None:
    await desk.anna.starts()
    await desk.bot.send_message(desk.anna.id, "Жмите", reply_markup=HELPED)
    await desk.anna.touches("Помогло")
    desk.world.clock.shift(151)
    assert [next(iter(u.keys() - {"update_id"})) for u in await desk.updates()][-1] == "message"
    await desk.anna.says("Старый день")
    desk.world.clock.shift(24 * 3600 + 1)
    await desk.anna.says("Новый день")
    assert [m["text"] for m in await desk.updates("message")] == ["Новый день"]


async def test_private_mode_lets_a_bot_hear_only_what_is_meant_for_it(desk: Desk) -> None:
    quiet = desk.world.bot("quiet_bot")
    group = desk.world.supergroup("Болтовня")
    desk.world.admit(group, quiet)
    desk.world.admit(group, desk.account, can_pin_messages=True)
    masha = Operator(desk.world, group, "Маша")
    for text in ("просто так", "/help", "/help@support_bot", "эй, @quiet_bot"):
        await masha.says_in_general(text)
    heard = [u.body["message"]["text"] for u in desk.world.mail[quiet.id].peek(9) if u.kind == "message"]
    assert heard == ["/help", "эй, @quiet_bot"]
    assert len(await desk.updates("message")) == 4, "an administrator hears everything"


async def test_the_group_shows_anonymous_administrators_as_itself(desk: Desk) -> None:
    boss = Operator(desk.world, desk.group, "Начальник", anonymous=True)
    topic = await boss.opens_topic("Анна")
    await boss.replies(topic, "Отвечаем")
    said = (await desk.updates("message"))[-1]
    assert (said["from"]["id"], said["from"]["is_bot"]) == (1087968824, True)
    assert said["sender_chat"]["id"] == desk.group.id
    assert said["reply_to_message"]["forum_topic_created"], "a topic's message answers its first one"


async def test_general_carries_no_topic_even_in_replies(desk: Desk) -> None:
    first = await desk.oleg.says_in_general("Всем привет")
    await desk.oleg.says_in_general("Ответ", to=first)
    plain, reply = await desk.updates("message")
    assert "message_thread_id" not in plain
    assert reply["message_thread_id"] == first["message_id"]
    assert "is_topic_message" not in reply
    refused = await desk.refusal(
        "sendMessage", chat_id=desk.group.id, text="?", message_thread_id=reply["message_thread_id"]
    )
    assert refused == "Bad Request: message thread not found"


async def test_channel_posts_come_without_a_sender_and_cross_to_the_discussion(desk: Desk) -> None:
    talk = desk.world.supergroup("Обсуждение")
    channel = desk.world.channel("Новости", linked=talk)
    for chat in (channel, talk):
        desk.world.admit(chat, desk.account, can_post_messages=True)
    await desk.updates()
    own = await desk.bot.send_message(channel.id, "Сбой")
    assert own.from_user is None
    assert own.sender_chat is not None
    (carried,) = await desk.updates()
    message = carried["message"]
    assert (message["from"]["id"], message["sender_chat"]["id"]) == (777000, channel.id)
    assert message["is_automatic_forward"]
    assert message["forward_origin"]["message_id"] == own.message_id
    assert talk.pinned == [message["message_id"]]


async def test_mischief_with_updates(desk: Desk) -> None:
    await desk.anna.starts()
    seen = (await desk.updates())[-1]["update_id"]
    desk.world.duplicate(seen)
    (again,) = await desk.bot.get_updates(offset=seen + 1)
    assert again.update_id == seen
    assert await desk.bot.get_updates(offset=seen + 1) == []
    desk.world.gap(desk.account, 50)
    desk.world.unknown_update(desk.account)
    desk.world.poison(desk.account)
    unknown, poison = await desk.updates()
    assert unknown["update_id"] == seen + 51
    assert "quantum_message" in unknown
    desk.world.poison(desk.account)
    with pytest.raises(ClientDecodeError):
        await desk.bot(GetUpdates())
    assert poison["message"]["message_id"] == "not a number"


async def test_several_bots_have_each_their_own_chat_with_a_person(desk: Desk) -> None:
    other = desk.world.bot("other_bot")
    same = Customer(desk.world, other, "Анна", id=desk.anna.id)
    await desk.anna.starts()
    await same.starts("order_7")
    assert [m["text"] for m in await desk.updates("message")] == ["/start"]
    assert same.chat.messages[1]["text"] == "/start order_7"
    assert same.account is desk.anna.account
