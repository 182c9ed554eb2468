"""What Telegram refuses, in Telegram's words."""

import pytest
from aiogram.exceptions import TelegramForbiddenError, TelegramMigrateToChat

from sandbox import Customer
from tests.referee.front import Desk


async def test_a_stranger_cannot_be_written_to_before_pressing_start(desk: Desk) -> None:
    with pytest.raises(TelegramForbiddenError, match="can't initiate conversation"):
        await desk.bot.send_message(desk.anna.id, "Здравствуйте")
    await desk.anna.starts()
    assert await desk.bot.send_message(desk.anna.id, "Здравствуйте")
    assert await desk.refusal("sendMessage", chat_id=99, text="?") == "Bad Request: chat not found"


async def test_who_has_blocked_or_left_hears_nothing(desk: Desk) -> None:
    await desk.anna.starts()
    await desk.anna.blocks()
    blocked = "Forbidden: bot was blocked by the user"
    assert await desk.refusal("sendMessage", chat_id=desk.anna.id, text="?") == blocked
    assert await desk.refusal("sendChatAction", chat_id=desk.anna.id, action="typing") == blocked
    assert (await desk.bot.get_chat(desk.anna.id)).first_name == "Анна"
    await desk.anna.unblocks()
    assert await desk.bot.send_message(desk.anna.id, "С возвращением")
    await desk.anna.deactivates()
    gone = "Forbidden: user is deactivated"
    assert await desk.refusal("sendMessage", chat_id=desk.anna.id, text="?") == gone
    members = await desk.updates("my_chat_member")
    assert [m["new_chat_member"]["status"] for m in members[1:]] == ["kicked", "member"]


async def test_a_bot_that_is_thrown_out_is_told_why(desk: Desk) -> None:
    desk.world.expel(desk.group, desk.account)
    kicked = "Forbidden: bot was kicked from the supergroup chat"
    assert await desk.refusal("sendMessage", chat_id=desk.group.id, text="?") == kicked
    other = desk.world.group("Чужие")
    assert await desk.refusal("sendMessage", chat_id=other.id, text="?") == "Bad Request: chat not found"
    desk.world.admit(other, desk.account)
    await desk.bot.leave_chat(other.id)
    left = "Forbidden: bot is not a member of the group chat"
    assert await desk.refusal("sendMessage", chat_id=other.id, text="?") == left


async def test_lost_rights_are_named(desk: Desk) -> None:
    topic = await desk.bot.create_forum_topic(desk.group.id, "Анна")
    said = await desk.bot.send_message(desk.group.id, "раз", message_thread_id=topic.message_thread_id)
    theirs = await desk.oleg.replies(await desk.oleg.topic("Анна"), "два")
    desk.world.demote(desk.group, desk.account)
    where = {"chat_id": desk.group.id}
    create = await desk.refusal("createForumTopic", **where, name="x")
    assert create == "Bad Request: not enough rights to create a topic"
    delete = await desk.refusal("deleteForumTopic", **where, message_thread_id=topic.message_thread_id)
    assert delete == "Bad Request: not enough rights to delete the topic"
    pin = await desk.refusal("pinChatMessage", **where, message_id=said.message_id)
    assert pin == "Bad Request: not enough rights to manage pinned messages in the chat"
    erase = await desk.refusal("deleteMessage", **where, message_id=theirs["message_id"])
    assert erase == "Bad Request: message can't be deleted"
    desk.world.restrict(desk.group, desk.account, can_send_messages=False)
    send = await desk.refusal("sendMessage", **where, text="?")
    assert send == "Bad Request: not enough rights to send text messages to the chat"
    channel = desk.world.channel("Новости")
    desk.world.admit(channel, desk.account, can_post_messages=False)
    post = await desk.refusal("sendMessage", chat_id=channel.id, text="?")
    assert post == "Bad Request: need administrator rights in the channel chat"


async def test_closed_and_missing_topics(desk: Desk) -> None:
    topic = await desk.oleg.opens_topic("Анна")
    await desk.oleg.closes_topic(topic)
    where = {"chat_id": desk.group.id, "text": "?"}
    assert (await desk.call("sendMessage", **where, message_thread_id=topic.id))[0] == 200, (
        "it manages topics"
    )
    desk.world.demote(desk.group, desk.account)
    closed = await desk.refusal("sendMessage", **where, message_thread_id=topic.id)
    assert closed == "Bad Request: TOPIC_CLOSED"
    for thread in (1, 4_000):
        missing = await desk.refusal("sendMessage", **where, message_thread_id=thread)
        assert missing == "Bad Request: message thread not found"
    plain = desk.world.supergroup("Без тем")
    desk.world.admit(plain, desk.account, can_manage_topics=True)
    assert (await desk.bot.send_message(plain.id, "мимо", message_thread_id=77)).message_thread_id is None
    forum = await desk.refusal("createForumTopic", chat_id=plain.id, name="x")
    assert forum == "Bad Request: the chat is not a forum"


async def test_a_migrated_group_answers_with_its_new_id(desk: Desk) -> None:
    old = desk.world.group("Операторы")
    desk.world.admit(old, desk.account, can_pin_messages=True)
    await desk.updates()
    new = desk.world.migrate(old, forum=True)
    with pytest.raises(TelegramMigrateToChat) as moved:
        await desk.bot.send_message(old.id, "?")
    assert moved.value.migrate_to_chat_id == new.id
    left, right = await desk.updates("message")
    assert (left["migrate_to_chat_id"], right["migrate_from_chat_id"]) == (new.id, old.id)
    assert (await desk.bot.get_chat_member(new.id, desk.account.id)).status == "administrator"
    assert (await desk.bot.send_message(new.id, "Переехали")).chat.is_forum


async def test_deleting_ends_after_48_hours_and_editing_never(desk: Desk) -> None:
    await desk.anna.starts()
    topic = await desk.bot.create_forum_topic(desk.group.id, "Анна")
    said = await desk.bot.send_message(desk.anna.id, "раз")
    posted = await desk.bot.send_message(desk.group.id, "два", message_thread_id=topic.message_thread_id)
    root = {"chat_id": desk.group.id, "message_id": topic.message_thread_id}
    assert await desk.refusal("deleteMessage", **root) == "Bad Request: message can't be deleted"
    desk.world.clock.shift(48 * 3600 + 1)
    private = await desk.refusal("deleteMessage", chat_id=desk.anna.id, message_id=said.message_id)
    assert private == "Bad Request: message can't be deleted for everyone"
    group = await desk.refusal("deleteMessages", chat_id=desk.group.id, message_ids=[posted.message_id])
    assert group == "Bad Request: message can't be deleted"
    assert await desk.bot.edit_message_text("иначе", chat_id=desk.anna.id, message_id=said.message_id)


async def test_only_its_own_words_can_be_edited(desk: Desk) -> None:
    await desk.anna.starts()
    hers = await desk.anna.says("Моё")
    edit = {"chat_id": desk.anna.id, "message_id": hers["message_id"], "text": "Наше"}
    assert await desk.refusal("editMessageText", **edit) == "Bad Request: message can't be edited"
    passed = await desk.bot.forward_message(desk.anna.id, desk.anna.id, hers["message_id"])
    edit["message_id"] = passed.message_id
    assert await desk.refusal("editMessageText", **edit) == "Bad Request: message can't be edited"
    asks = {"reply_markup": {"keyboard": [[{"text": "Да"}]]}}
    await desk.call("sendMessage", chat_id=desk.anna.id, text="С клавиатурой", **asks)
    edit["message_id"] += 1
    assert await desk.refusal("editMessageText", **edit) == "Bad Request: message can't be edited"
    await desk.anna.deletes(hers)
    edit["message_id"] = hers["message_id"]
    assert await desk.refusal("editMessageText", **edit) == "Bad Request: message to edit not found"
    copy = {"chat_id": desk.anna.id, "from_chat_id": desk.anna.id, "message_id": hers["message_id"]}
    assert await desk.refusal("copyMessage", **copy) == "Bad Request: message to copy not found"
    assert await desk.refusal("forwardMessage", **copy) == "Bad Request: message to forward not found"
    reply = {"chat_id": desk.anna.id, "text": "?", "reply_parameters": {"message_id": 999}}
    assert await desk.refusal("sendMessage", **reply) == "Bad Request: message to be replied not found"
    reply["reply_parameters"]["allow_sending_without_reply"] = True
    assert (await desk.call("sendMessage", **reply))[0] == 200


async def test_voice_is_not_for_everyone_and_protected_is_not_carried(desk: Desk) -> None:
    boris = Customer(desk.world, desk.account, "Борис")
    boris.account.accepts_voice = False
    await boris.starts()
    await desk.anna.starts()
    voice = await desk.anna.sends_voice()
    copy = {"chat_id": boris.id, "from_chat_id": desk.anna.id, "message_id": voice["message_id"]}
    assert await desk.refusal("copyMessage", **copy) == "Bad Request: VOICE_MESSAGES_FORBIDDEN"
    secret = await desk.bot.send_message(desk.anna.id, "тайна", protect_content=True)
    copy["message_id"] = secret.message_id
    held = "Bad Request: message has protected content and can't be forwarded"
    assert await desk.refusal("copyMessage", **copy) == held
    bulk = copy | {"message_ids": [secret.message_id]}
    del bulk["message_id"]
    assert await desk.refusal("copyMessages", **bulk) == "Bad Request: messages can't be forwarded"
    bulk["message_ids"] = [5, 4]
    assert "strictly increasing" in await desk.refusal("copyMessages", **bulk)


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"colour": "red"}, "has no parameter colour"),
        ({"business_connection_id": "x"}, "business_connection_id of sendMessage is not carried"),
        ({"disable_notification": "perhaps"}, 'parameter "disable_notification"'),
        ({"reply_parameters": "{not json"}, "can't parse reply_parameters as JSON"),
        ({"reply_parameters": {"message_id": 1, "loudly": True}}, "reply_parameters has no field loudly"),
        ({"reply_parameters": {"quote": "да"}}, "reply_parameters needs a message_id"),
        ({"text": ""}, "message text is empty"),
        ({"chat_id": "@nobody_here"}, "chat not found"),
    ],
)
async def test_what_is_not_understood_is_named(desk: Desk, params: dict[str, object], said: str) -> None:
    await desk.anna.starts()
    assert said in await desk.refusal("sendMessage", **{"chat_id": desk.anna.id, "text": "да", **params})


async def test_missing_parameters_and_methods(desk: Desk) -> None:
    assert await desk.refusal("sendMessage", text="?") == "Bad Request: chat_id is empty"
    assert (
        await desk.refusal("deleteMessage", chat_id=1) == "Bad Request: message identifier is not specified"
    )
    assert await desk.call("sendTelepathy") == (404, "Not Found: method not found")
    absent = await desk.refusal("SETCHATTITLE", chat_id=desk.group.id, title="?")
    assert absent == "Bad Request: sandbox: setChatTitle is in the Bot API, but not carried here"
    assert (await desk.call("SENDMESSAGE"))[0] == 400, "names of methods are not case-sensitive"


async def test_files_are_each_bots_own(desk: Desk) -> None:
    other = desk.world.bot("other_bot")
    boris = Customer(desk.world, other, "Борис")
    await boris.starts()
    await desk.anna.starts()
    await desk.anna.sends_photo()
    photo = (await desk.updates("message"))[-1]["photo"][-1]["file_id"]
    assert (await desk.call("sendPhoto", chat_id=desk.anna.id, photo=photo))[0] == 200
    kind = await desk.refusal("sendDocument", chat_id=desk.anna.id, document=photo)
    assert kind == "Bad Request: can't use file of type Photo as Document"
    foreign = photo.replace(str(desk.account.id), str(other.id))
    wrong = await desk.refusal("sendPhoto", chat_id=desk.anna.id, photo=foreign)
    assert wrong == "Bad Request: wrong file identifier/HTTP URL specified"
    assert await desk.refusal("getFile", file_id="junk") == "Bad Request: invalid file_id"
    await desk.anna.sends_document(data=b"0" * ((20 << 20) + 1))
    big = (await desk.updates("message"))[-1]["document"]["file_id"]
    assert await desk.refusal("getFile", file_id=big) == "Bad Request: file is too big"
    web = await desk.refusal("sendPhoto", chat_id=desk.anna.id, photo="https://example.com/a.png")
    assert web == "Bad Request: failed to get HTTP URL content"


async def test_a_lenient_world_leaves_out_what_nobody_knows_and_writes_it_down(desk: Desk) -> None:
    await desk.anna.starts()
    call = {"chat_id": desk.anna.id, "text": "Да", "sparkle": True}
    assert "sparkle" in await desk.refusal("sendMessage", **call)

    desk.world.lenient = True
    await desk.call("sendMessage", **call)

    await desk.anna.sees("Да")
    assert desk.world.log.calls("sendMessage")[-1].ignored == ("sparkle",)
