"""Who may do what: restricted bots, bots that made a topic, people without rights, other bots."""

import pytest

from sandbox import Operator
from sandbox.accounts import Json
from tests.referee.front import Desk

SENT: list[tuple[str, Json, str, str]] = [
    ("sendMessage", {"text": "?"}, "can_send_messages", "text messages"),
    ("sendLocation", {"latitude": 1, "longitude": 1}, "can_send_messages", "locations"),
    ("sendContact", {"phone_number": "1", "first_name": "А"}, "can_send_messages", "contacts"),
    ("sendDice", {}, "can_send_other_messages", "dice"),
    ("sendPoll", {"question": "?", "options": ["а", "б"]}, "can_send_polls", "polls"),
]
FILES = {
    "photo": ("can_send_photos", "photos"),
    "video": ("can_send_videos", "videos"),
    "animation": ("can_send_other_messages", "animations"),
    "audio": ("can_send_audios", "music"),
    "document": ("can_send_documents", "documents"),
    "voice": ("can_send_voice_notes", "voice notes"),
    "video_note": ("can_send_video_notes", "video notes"),
    "sticker": ("can_send_other_messages", "stickers"),
}


async def test_a_restricted_bot_sends_what_it_is_allowed(desk: Desk) -> None:
    """Source: td MessageContent.cpp:6180-6340 (can_send_message_content)."""
    await desk.anna.starts()
    calls = list(SENT)
    for kind, (right, what) in FILES.items():
        await getattr(desk.anna, f"sends_{kind}")()
        held = (await desk.updates("message"))[-1][kind]
        file_id = held[-1]["file_id"] if isinstance(held, list) else held["file_id"]
        calls.append((f"send{kind.title().replace('_', '')}", {kind: file_id}, right, what))
    every = {right for _, _, right, _ in calls}
    for method, params, right, what in calls:
        desk.world.restrict(desk.group, desk.account, **{name: name != right for name in every})
        said = await desk.refusal(method, chat_id=desk.group.id, **params)
        assert said == f"Bad Request: not enough rights to send {what} to the chat"
        desk.world.restrict(desk.group, desk.account, **{name: name == right for name in every})
        assert (await desk.call(method, chat_id=desk.group.id, **params))[0] == 200
    photo = {"from_chat_id": desk.anna.id, "message_id": 2, "chat_id": desk.group.id}
    desk.world.restrict(desk.group, desk.account, can_send_messages=True)
    for method in ("copyMessage", "forwardMessage"):
        said = await desk.refusal(method, **photo)
        assert said == "Bad Request: not enough rights to send photos to the chat"


async def test_who_made_a_topic_may_write_in_it_when_it_is_closed(desk: Desk) -> None:
    """Source: td ForumTopicManager.cpp:1283 (a closed topic is open to its creator)."""
    own = await desk.bot.create_forum_topic(desk.group.id, "Свой")
    others = await desk.oleg.opens_topic("Чужой")
    for topic in (await desk.oleg.topic("Свой"), others):
        await desk.oleg.closes_topic(topic)
    desk.world.demote(desk.group, desk.account)
    assert await desk.bot.send_message(desk.group.id, "?", message_thread_id=own.message_thread_id)
    said = await desk.refusal("sendMessage", chat_id=desk.group.id, text="?", message_thread_id=others.id)
    assert said == "Bad Request: TOPIC_CLOSED"


async def test_people_without_rights_do_without(desk: Desk) -> None:
    """Source: td ForumTopicManager.cpp:968 (closing), 1283 (writing), MessagesManager.cpp:23386."""
    masha = Operator(desk.world, desk.group, "Маша", admin=False)
    topic, own = await desk.oleg.opens_topic("Анна"), await masha.opens_topic("Свой")
    with pytest.raises(AssertionError, match="Маша may not close or open topics"):
        await masha.closes_topic(topic)
    await desk.oleg.closes_topic(topic)
    with pytest.raises(AssertionError, match="Маша cannot write in 'Анна': it is closed"):
        await masha.replies(topic, "Здравствуйте")
    with pytest.raises(AssertionError, match="Маша may not close or open topics"):
        await masha.reopens_topic(topic)
    await masha.closes_topic(own)
    await masha.replies(own, "Закрыла, но пишу")
    said = await desk.bot.send_message(desk.group.id, "Карточка")
    with pytest.raises(AssertionError, match="Маша cannot edit what somebody else wrote"):
        await masha.edits(desk.group.messages[said.message_id], "Исправлено")
    await desk.anna.starts()
    told = await desk.bot.send_message(desk.anna.id, "Ответ")
    with pytest.raises(AssertionError, match="Анна cannot edit"):
        await desk.anna.edits(desk.anna.chat.messages[told.message_id], "Другой ответ")


async def test_no_bot_hears_another_one(desk: Desk) -> None:
    """Source: core.telegram.org/bots/faq#why-doesn-39t-my-bot-see-messages-from-other-bots."""
    other = desk.world.bot("other_bot", privacy=False)
    desk.world.admit(desk.group, other, can_pin_messages=True)
    await desk.updates()
    await desk.bot.send_message(desk.group.id, "эй, @other_bot")
    await desk.oleg.says_in_general("эй")
    heard = [u.body["message"]["text"] for u in desk.world.mail[other.id].peek(9) if u.kind == "message"]
    assert heard == ["эй"], "not even an administrator does"
    boss = Operator(desk.world, desk.group, "Начальник", anonymous=True)
    await boss.says_in_general("я — группа")
    assert desk.world.mail[other.id].peek(9)[-1].body["message"]["text"] == "я — группа"


async def test_somebody_let_the_bot_in(desk: Desk) -> None:
    """Source: core.telegram.org/bots/api#chatmemberupdated: `from` made the change."""
    boss = desk.world.person("Начальник")
    desk.world.demote(desk.group, desk.account, by=boss)
    desk.world.demote(desk.group, desk.account)
    fresh = desk.world.group("Новая")
    desk.world.admit(fresh, desk.account)
    made = [update["from"] for update in await desk.updates("my_chat_member")]
    assert all(not who["is_bot"] for who in made)
    assert [who["first_name"] for who in made[-3:]] == ["Начальник", "Олег", "Founder"]
    await desk.bot.leave_chat(fresh.id)
    assert (await desk.updates("my_chat_member"))[-1]["from"]["id"] == desk.account.id, "unless it leaves"
