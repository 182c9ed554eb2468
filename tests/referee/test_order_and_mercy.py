"""In what order Telegram looks at things, and where it is more lenient than one might think."""

import pytest

from sandbox import Fault
from sandbox.accounts import Json
from tests.referee.front import HELPED, Desk

BROKEN = {"text": "<b>x", "parse_mode": "HTML"}
UNPARSED = "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\""


async def test_what_cannot_be_read_is_said_before_any_chat_is_looked_at(desk: Desk) -> None:
    """Source: tba Client.cpp:12895 (the text), 16136 (then the keyboard), 8193 (then the chat)."""
    await desk.anna.starts()
    await desk.anna.blocks()
    for chat in (desk.anna.id, 99, -100):
        assert await desk.refusal("sendMessage", chat_id=chat, **BROKEN) == UNPARSED
    said = await desk.bot.send_message(desk.group.id, "раз")
    edit = {"chat_id": 99, "message_id": said.message_id, **BROKEN}
    assert await desk.refusal("editMessageText", **edit) == UNPARSED
    photo = {"chat_id": desk.anna.id, "photo": "x", "caption": "<b>x", "parse_mode": "HTML"}
    assert await desk.refusal("sendPhoto", **photo) == UNPARSED
    album = [{"type": "photo", "media": "x", "caption": "<b>x", "parse_mode": "HTML"}] * 2
    assert await desk.refusal("sendMediaGroup", chat_id=99, media=album) == UNPARSED
    poll = {"question": "<b>x", "question_parse_mode": "HTML", "options": ["а", "б"]}
    assert await desk.refusal("sendPoll", chat_id=desk.anna.id, **poll) == UNPARSED
    keyboard = {"inline_keyboard": [[{"text": "x"}]]}
    said_of_it = await desk.refusal("sendMessage", chat_id=99, text="?", reply_markup=keyboard)
    assert "Text buttons are unallowed" in said_of_it


async def test_that_somebody_blocked_the_bot_is_said_last(desk: Desk) -> None:
    """Source: tba Client.cpp:8117-8140: only Telegram itself knows of blocks."""
    await desk.anna.starts()
    said = await desk.bot.send_message(desk.anna.id, "раз", reply_markup=HELPED)
    await desk.anna.blocks()
    to = {"chat_id": desk.anna.id}
    assert await desk.refusal("sendMessage", **to, text="я" * 4097) == "Bad Request: message is too long"
    gone = {"message_id": 99}
    assert "to be replied not found" in await desk.refusal(
        "sendMessage", **to, text="?", reply_parameters=gone
    )
    edit = {**to, "message_id": said.message_id}
    blocked = "Forbidden: bot was blocked by the user"
    assert "message is not modified" in await desk.refusal(
        "editMessageText", **edit, text="раз", reply_markup=HELPED.model_dump(exclude_none=True)
    )
    assert await desk.refusal("editMessageText", **edit, text="два") == blocked
    assert await desk.refusal("sendMessage", **to, text="два") == blocked
    assert [m["text"] for m in await desk.anna.reads()] == ["/start", "раз"]


async def test_a_private_chat_has_no_threads(desk: Desk) -> None:
    """Source: tba Client.cpp:8280-8289: it can be a forum, so the topic is looked for."""
    await desk.anna.starts()
    asked = await desk.anna.says("Вопрос")
    photo = {"from_chat_id": desk.anna.id, "message_id": asked["message_id"]}
    calls: list[tuple[str, Json]] = [("sendMessage", {"text": "?"}), ("copyMessage", photo), ("sendDice", {})]
    for method, params in calls:
        said = await desk.refusal(method, chat_id=desk.anna.id, message_thread_id=77, **params)
        assert said == "Bad Request: message thread not found"


async def test_reading_needs_less_than_writing(desk: Desk) -> None:
    """Source: tba Client.cpp:8134-8156: writing needs a person who listens, a group that lives."""
    await desk.anna.starts()
    asked = await desk.anna.says("Вопрос")
    await desk.anna.blocks()
    into = {"chat_id": desk.group.id, "from_chat_id": desk.anna.id}
    for method, which in (
        ("copyMessage", {"message_id": asked["message_id"]}),
        ("forwardMessage", {"message_id": asked["message_id"]}),
        ("copyMessages", {"message_ids": [asked["message_id"]]}),
        ("forwardMessages", {"message_ids": [asked["message_id"]]}),
    ):
        assert (await desk.call(method, **into, **which))[0] == 200, method
    reply = {"message_id": asked["message_id"], "chat_id": desk.anna.id}
    assert (await desk.call("sendMessage", chat_id=desk.group.id, text="?", reply_parameters=reply))[0] == 200
    await desk.anna.deactivates()
    assert (await desk.bot.get_chat(desk.anna.id)).first_name == "Анна"
    old = desk.world.group("Старая")
    desk.world.admit(old, desk.account, can_pin_messages=True)
    said = await desk.bot.send_message(old.id, "До переезда")
    desk.world.migrate(old, forum=True)
    copy = {"chat_id": desk.group.id, "from_chat_id": old.id, "message_id": said.message_id}
    assert (await desk.call("copyMessage", **copy))[0] == 200
    assert (await desk.bot.get_chat(old.id)).title == "Старая"
    assert (await desk.bot.get_chat_member(old.id, desk.account.id)).status == "administrator"
    for method, params in (("sendMessage", {"text": "?"}), ("getChatMemberCount", {})):
        said_of_it = await desk.refusal(method, chat_id=old.id, **params)
        assert said_of_it == "Bad Request: group chat was upgraded to a supergroup chat"


@pytest.mark.parametrize(
    "params",
    [
        {"message_thread_id": 0},
        {"message_thread_id": ""},
        {"reply_to_message_id": 0},
        {"reply_parameters": {"message_id": 0}},
        {"reply_parameters": ""},
        {"reply_markup": ""},
        {"entities": "", "parse_mode": ""},
        {"disable_notification": "", "message_effect_id": ""},
        {"text": 12345},
        {"text": True},
        {"method": "sendMessage"},
    ],
)
async def test_nothing_given_is_nothing(desk: Desk, params: Json) -> None:
    """Source: tba Client.cpp:12375 (empty or zero threads), 9432 (message_id <= 0),
    9357 (to_bool), td JsonBuilder.cpp:720 (a number where a string is due).
    """
    await desk.anna.starts()
    status, said = await desk.call("sendMessage", **{"chat_id": desk.anna.id, "text": "да", **params})
    assert status == 200, said
    assert (await desk.anna.reads())[-1]["text"].lower() == str(params.get("text", "да")).lower()


async def test_an_empty_name_keeps_the_name(desk: Desk) -> None:
    """Source: td ForumTopicManager.cpp:583-588: an empty title is no title, nothing to edit is no error."""
    topic = await desk.bot.create_forum_topic(desk.group.id, "Анна")
    where = {"chat_id": desk.group.id, "message_thread_id": topic.message_thread_id}
    assert (await desk.call("editForumTopic", **where, name=""))[0] == 200
    assert (await desk.call("editForumTopic", **where))[0] == 200
    assert (await desk.oleg.topic("Анна")).name == "Анна"
    blank = await desk.refusal("editForumTopic", **where, name="  ")
    assert blank == "Bad Request: name must be non-empty"
    same = await desk.refusal("editForumTopic", **where, name="Анна")
    assert same == "Bad Request: TOPIC_NOT_MODIFIED"


async def test_real_icons_are_known_and_others_are_not(desk: Desk) -> None:
    """Source: public bots' lists of getForumTopicIconStickers, which agree on these numbers."""
    topic = await desk.bot.create_forum_topic(
        desk.group.id, "Анна", icon_custom_emoji_id="5417915203100613993"
    )
    assert topic.icon_custom_emoji_id == "5417915203100613993"
    icons = {each.custom_emoji_id: each.emoji for each in await desk.bot.get_forum_topic_icon_stickers()}
    assert (len(icons), icons["5417915203100613993"]) == (112, "💬")
    made_up = {"icon_custom_emoji_id": "5300000000000000001"}
    assert "getForumTopicIconStickers" in await desk.refusal(
        "createForumTopic", chat_id=desk.group.id, name="x", **made_up
    )


async def test_albums_and_bulk_copies_cost_their_messages_everywhere(desk: Desk) -> None:
    """Source: core.telegram.org/bots/faq#my-bot-is-hitting-limits: messages are counted."""
    world = desk.world
    world.limits.enforced = True
    await desk.anna.starts()
    ids = [m["message_id"] for m in await desk.anna.sends_album(["photo"] * 10)]
    copy = {"chat_id": desk.anna.id, "from_chat_id": desk.anna.id, "message_ids": ids}
    answers = [(await desk.call("copyMessages", **copy))[0] for _ in range(3)]
    assert answers == [200, 429, 429]
    world.clock.shift(30)
    channel = world.channel("Новости", username="news_here")
    world.admit(channel, desk.account, can_post_messages=True)
    many = [(await desk.anna.says(str(n)))["message_id"] for n in range(60)]
    bulk = {"chat_id": "@news_here", "from_chat_id": desk.anna.id, "message_ids": many}
    assert [(await desk.call("copyMessages", **bulk))[0] for _ in range(3)] == [200, 429, 429]
    world.clock.shift(300)
    said = [(await desk.call("sendMessage", chat_id="@News_Here", text="?"))[0] for _ in range(8)]
    assert said.count(200) == world.limits.chat_burst, "a name is no way round the pace"
    assert world.log.calls("sendMessage", chat=channel.id)


async def test_the_order_holds_for_injected_refusals_too(desk: Desk) -> None:
    """A story may have anything refused, whatever would have been said otherwise."""
    desk.world.faults.add(Fault.rights_lost(), method="sendMessage", times=1)
    said = await desk.refusal("sendMessage", chat_id=desk.anna.id, text="?")
    assert said == "Bad Request: not enough rights to send text messages to the chat"
