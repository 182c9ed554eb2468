"""Rules of single methods that bots stumble over."""

import pytest

from sandbox import Operator
from sandbox.accounts import Json
from tests.referee.front import HELPED, Desk


@pytest.fixture
async def open_desk(desk: Desk) -> Desk:
    await desk.anna.starts()
    return desk


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"correct_option_ids": [2]}, "wrong quiz correct_option_id"),
        ({"correct_option_ids": []}, "correct quiz option list must be non-empty"),
        ({"correct_option_ids": [1, 0]}, "correct quiz option list must be increasing"),
        ({"type": "vote"}, "unsupported poll type specified"),
        ({"type": "regular", "options": []}, "poll must have at least one answer option"),
        ({"type": "regular", "options": ["а"] * 13}, "poll can't have more than 12 options"),
        ({"type": "regular", "options": ["а" * 101]}, "poll options length must not exceed 100"),
        ({"type": "regular", "options": [" "]}, "text must be non-empty"),
        ({"question": "а" * 301}, "poll question length must not exceed 300"),
        (
            {"options": [{"text": "<i>а", "text_parse_mode": "HTML"}]},
            "can't parse entities: Can't find end tag",
        ),
        ({"shuffle_options": True}, "shuffle_options of sendPoll is not carried"),
    ],
)
async def test_polls_are_held_to_their_rules(open_desk: Desk, params: Json, said: str) -> None:
    """Source: td MessageContent.cpp:5006-5030, PollManager.cpp:400-415, PollOption.cpp:59-90;
    tba Client.cpp:13127-13177.
    """
    quiz: Json = {"question": "Сколько?", "options": ["1", "2"], "type": "quiz", "correct_option_ids": [0]}
    assert said in await open_desk.refusal("sendPoll", chat_id=open_desk.anna.id, **{**quiz, **params})


async def test_a_channel_votes_in_secret(open_desk: Desk) -> None:
    """Source: td MessageContent.cpp:6268."""
    channel = open_desk.world.channel("Новости")
    open_desk.world.admit(channel, open_desk.account, can_post_messages=True)
    poll = {"chat_id": channel.id, "question": "Когда?", "options": ["1", "2"]}
    said = await open_desk.refusal("sendPoll", **poll, is_anonymous=False)
    assert said == "Bad Request: non-anonymous polls can't be sent to channel chats"
    assert (await open_desk.call("sendPoll", **poll))[0] == 200


async def test_a_poll_says_how_long_it_is_open_and_a_quiz_what_is_right(open_desk: Desk) -> None:
    """Source: tba Client.cpp:2395 (open_period), 13168 (the older correct_option_id)."""
    asked = {"chat_id": open_desk.anna.id, "question": "Сколько?", "options": ["1", {"text": "2"}]}
    timed = await open_desk.bot.send_poll(open_desk.anna.id, "Когда?", ["1", "2"], open_period=600)
    assert timed.poll is not None
    assert timed.poll.open_period == 600
    assert (await open_desk.call("sendPoll", **asked, type="quiz", correct_option_id=1))[0] == 200
    quiz = (await open_desk.anna.reads())[-1]["poll"]
    assert (quiz["type"], quiz["correct_option_ids"], quiz["allows_revoting"]) == ("quiz", [1], False)
    explained = {"explanation": "<b>Так</b>", "explanation_parse_mode": "HTML", "correct_option_ids": [0]}
    assert (await open_desk.call("sendPoll", **asked, type="quiz", **explained))[0] == 200
    quiz = (await open_desk.anna.reads())[-1]["poll"]
    assert (quiz["explanation"], quiz["explanation_entities"][0]["type"]) == ("Так", "bold")


async def test_a_copied_poll_is_another_poll(open_desk: Desk) -> None:
    """Source: td MessageContent.cpp (dup_message_content makes a poll anew when it is copied)."""
    asked = await open_desk.anna.sends_poll()
    to = {"chat_id": open_desk.anna.id, "from_chat_id": open_desk.anna.id}
    assert (await open_desk.call("copyMessage", **to, message_id=asked["message_id"]))[0] == 200
    copy = (await open_desk.anna.reads())[-1]["poll"]
    assert copy["id"] != asked["poll"]["id"]
    assert copy["question"] == asked["poll"]["question"]
    assert (await open_desk.call("forwardMessage", **to, message_id=asked["message_id"]))[0] == 200
    assert (await open_desk.anna.reads())[-1]["poll"]["id"] == asked["poll"]["id"], (
        "a forwarded one is the same"
    )


async def test_a_place_bears_no_caption(open_desk: Desk) -> None:
    """Source: tba Client.cpp:13241-13250; a caption is put only under what can have one."""
    for sends in (open_desk.anna.sends_location, open_desk.anna.sends_contact, open_desk.anna.sends_sticker):
        sent = await sends()
        copy = {"chat_id": open_desk.anna.id, "from_chat_id": open_desk.anna.id, "caption": "вот"}
        assert (await open_desk.call("copyMessage", **copy, message_id=sent["message_id"]))[0] == 200
        assert "caption" not in (await open_desk.anna.reads())[-1]
    photo = await open_desk.anna.sends_photo(caption="было")
    copy = {"chat_id": open_desk.anna.id, "from_chat_id": open_desk.anna.id, "caption": ""}
    assert (await open_desk.call("copyMessage", **copy, message_id=photo["message_id"]))[0] == 200
    assert "caption" not in (await open_desk.anna.reads())[-1], "an empty caption takes it away"


async def test_dice_lie_for_a_day(open_desk: Desk) -> None:
    """Source: td MessagesManager.cpp:8430 (can_revoke_message), private chats only."""
    thrown = await open_desk.bot.send_dice(open_desk.anna.id)
    where = {"chat_id": open_desk.anna.id, "message_id": thrown.message_id}
    said = await open_desk.refusal("deleteMessage", **where)
    assert said == "Bad Request: message can't be deleted for everyone"
    in_group = await open_desk.bot.send_dice(open_desk.group.id)
    assert await open_desk.bot.delete_message(open_desk.group.id, in_group.message_id)
    open_desk.world.clock.shift(24 * 3600 + 1)
    assert (await open_desk.call("deleteMessage", **where))[0] == 200


async def test_a_press_may_open_only_the_bot_itself(open_desk: Desk) -> None:
    """Source: core.telegram.org/bots/api#answercallbackquery (a game's address, or t.me/your_bot?start=…)."""
    await open_desk.bot.send_message(open_desk.anna.id, "Жмите", reply_markup=HELPED)
    await open_desk.updates()
    await open_desk.anna.touches("Помогло")
    (query,) = await open_desk.updates("callback_query")
    for url in ("https://example.com", "https://t.me/support_bot"):
        said = await open_desk.refusal("answerCallbackQuery", callback_query_id=query["id"], url=url)
        assert said == "Bad Request: URL_INVALID"
    good = {"callback_query_id": int(query["id"]), "url": "https://t.me/support_bot?start=order_7"}
    assert (await open_desk.call("answerCallbackQuery", **good))[0] == 200


async def test_a_custom_reaction_has_to_be_there_already(open_desk: Desk) -> None:
    """Source: core.telegram.org/bots/api#setmessagereaction; tba Client.cpp:12098 (a number)."""
    asked = await open_desk.anna.says("Вопрос")
    where = {"chat_id": open_desk.anna.id, "message_id": asked["message_id"]}
    custom = {"type": "custom_emoji", "custom_emoji_id": "5368324170671202286"}
    said = await open_desk.refusal("setMessageReaction", **where, reaction=[custom])
    assert said == "Bad Request: REACTION_INVALID"
    odd = await open_desk.refusal(
        "setMessageReaction", **where, reaction=[custom | {"custom_emoji_id": "🚀"}]
    )
    assert odd == 'Bad Request: can\'t parse ReactionType: Field "custom_emoji_id" must be a valid Number'
    asked["_reactions"] = {1: [custom]}
    assert (await open_desk.call("setMessageReaction", **where, reaction=[custom]))[0] == 200


async def test_effects_are_for_private_chats(open_desk: Desk) -> None:
    """Source: core.telegram.org/bots/api#sendmessage (message_effect_id: for private chats only)."""
    effect = {"text": "!", "message_effect_id": "5104841245755180586"}
    said = await open_desk.refusal("sendMessage", chat_id=open_desk.group.id, **effect)
    assert said == "Bad Request: EFFECT_ID_INVALID"
    assert (await open_desk.call("sendMessage", chat_id=open_desk.anna.id, **effect))[0] == 200


async def test_commands_are_kept_apart_by_chat_and_by_person(open_desk: Desk) -> None:
    """Source: tba Client.cpp:8334 (check_bot_command_scope), 10576 (get_bot_command_scope)."""
    other = open_desk.world.supergroup("Вторая")
    open_desk.world.admit(other, open_desk.account)
    masha = Operator(open_desk.world, other, "Маша")
    scopes: list[Json] = [
        {"type": "chat_administrators", "chat_id": open_desk.group.id},
        {"type": "chat_administrators", "chat_id": other.id},
        {"type": "chat_member", "chat_id": open_desk.group.id, "user_id": open_desk.oleg.id},
        {"type": "chat_member", "chat_id": open_desk.group.id, "user_id": masha.id},
        {"type": "chat", "chat_id": open_desk.anna.id},
        {"type": "all_group_chats"},
    ]
    for number, scope in enumerate(scopes):
        commands = [{"command": f"do_{number}", "description": "Делать"}]
        assert (await open_desk.call("setMyCommands", scope=scope, commands=commands))[0] == 200
    for number, scope in enumerate(scopes):
        (call,) = [await open_desk.call("getMyCommands", scope=scope)]
        result = open_desk.world.log.calls("getMyCommands")[-1].result
        assert (call[0], [command["command"] for command in result]) == (200, [f"do_{number}"])
    for kind, chat in (("chat", 12345), ("chat_administrators", -1001), ("chat", open_desk.oleg.id + 999)):
        scope = {"type": kind, "chat_id": chat}
        assert (
            await open_desk.refusal("setMyCommands", scope=scope, commands=[])
            == "Bad Request: chat not found"
        )


async def test_a_poll_is_stopped_once_and_by_whoever_asked(open_desk: Desk) -> None:
    """Source: tba Client.cpp (process_stop_poll_query); td PollManager.cpp (stop_poll)."""
    world, anna = open_desk.world, open_desk.anna
    channel = world.channel("Новости")
    world.admit(channel, open_desk.account, can_post_messages=True)
    asked = await open_desk.bot.send_poll(channel.id, "Когда?", ["Утром", "Вечером"])
    here = {"chat_id": channel.id, "message_id": asked.message_id}
    poll = channel.messages[asked.message_id]
    await anna.votes(poll, "Вечером")
    told = world.log.updates("poll", chat=channel.id)[-1].body["poll"]
    assert ([each["voter_count"] for each in told["options"]], told["total_voter_count"]) == ([0, 1], 1)
    stopped = await open_desk.bot.stop_poll(channel.id, asked.message_id)
    assert (stopped.is_closed, [each.voter_count for each in stopped.options]) == (True, [0, 1])
    with pytest.raises(AssertionError, match="closed"):
        await anna.votes(poll, "Утром")
    assert await open_desk.refusal("stopPoll", **here) == "Bad Request: poll has already been closed"
    said = await open_desk.bot.send_message(channel.id, "Не опрос")
    refusal = await open_desk.refusal("stopPoll", chat_id=channel.id, message_id=said.message_id)
    assert refusal == "Bad Request: message is not a poll"
    refusal = await open_desk.refusal("stopPoll", chat_id=channel.id, message_id=999)
    assert refusal == "Bad Request: message with poll to stop not found"
    theirs = await anna.sends_poll()
    refusal = await open_desk.refusal("stopPoll", chat_id=anna.id, message_id=theirs["message_id"])
    assert refusal == "Bad Request: poll can't be stopped"


async def test_one_answer_is_one_answer(open_desk: Desk) -> None:
    asked = await open_desk.bot.send_poll(open_desk.anna.id, "Когда?", ["Утром", "Вечером"])
    with pytest.raises(AssertionError, match="several"):
        await open_desk.anna.votes(open_desk.anna.chat.messages[asked.message_id], "Утром", "Вечером")
