"""What any person can do in any chat."""

from sandbox import forum
from sandbox.accounts import Account, BotAccount, Json
from sandbox.callbacks import Callback
from sandbox.changes import Change
from sandbox.changing import erase, react, rewrite
from sandbox.chats import Chat, Message, Topic
from sandbox.content.texts import text_of
from sandbox.delivery import push, view
from sandbox.posting import Author, post
from sandbox.replies import link, quote_of
from sandbox.world import World


def write(
    world: World,
    chat: Chat,
    who: Account,
    content: Json,
    *,
    thread: int | None = None,
    to: Message | None = None,
    quote: str | None = None,
) -> Message:
    """Put a person's message into the chat."""
    _let_in(chat, who, thread)
    reply: Json | None = None
    if to is not None:
        reply = link(chat, to, chat, thread)
        if quote is not None:
            reply["quote"] = quote_of(to, quote, [])
    return post(world, chat, Author.of(who, chat), content, thread=thread, reply=reply)


def text(
    world: World, plain: str | None, html: str | None = None, entities: list[Json] | None = None
) -> Json:
    """A text as an app would send it: typed, or with formatting given as HTML."""
    mode = None if html is None else "HTML"
    source = plain if html is None else html
    content, found = text_of(source or "", mode, entities, world.accounts.get)
    if not content:
        raise ValueError("an app does not send an empty text")
    return {"text": content, **({"entities": found} if found else {})}


def caption(world: World, plain: str | None) -> Json:
    if not plain:
        return {}
    content, found = text_of(plain, None, None, world.accounts.get)
    return {"caption": content, **({"caption_entities": found} if found else {})}


def edit(world: World, chat: Chat, who: Account, message: Message, content: Json) -> None:
    """People edit what they wrote themselves; an administrator may also mend a channel's posts."""
    member = chat.member(who)
    mends = chat.kind == "channel" and member is not None and member.may("can_edit_messages")
    if message["_by"] != who.id and not mends:
        raise AssertionError(f"{who.first_name} cannot edit what somebody else wrote")
    fields = ("text", "entities") if "text" in message else ("caption", "caption_entities")
    rewrite(world, chat, message, content, fields)


def close_topic(world: World, chat: Chat, who: Account, topic: Topic, *, closed: bool) -> None:
    """Close or reopen a topic, which takes the right to, or having made it."""
    if not _keeps(chat, who, topic):
        raise AssertionError(f"{who.first_name} may not close or open topics in {chat.title!r}")
    forum.set_closed(world, chat, topic, who, closed=closed)


def _let_in(chat: Chat, who: Account, thread: int | None) -> None:
    """An app offers no field to write in where one may not write."""
    member = chat.member(who)
    if chat.kind == "private" or member is None:
        return
    topic = chat.topic(thread) if thread is not None else None
    closed = topic.closed if topic else chat.is_forum and chat.general_closed
    if closed and not _keeps(chat, who, topic):
        raise AssertionError(
            f"{who.first_name} cannot write in {topic.name if topic else 'General'!r}: it is closed"
        )


def _keeps(chat: Chat, who: Account, topic: Topic | None) -> bool:
    member = chat.member(who)
    made = topic is not None and topic.creator_id == who.id
    return made or (member is not None and member.may("can_manage_topics"))


def delete(world: World, chat: Chat, message: Message) -> None:
    erase(world, chat, message)


def reaction(world: World, chat: Chat, who: Account, message: Message, emoji: str | None) -> None:
    react(world, chat, message, who, [{"type": "emoji", "emoji": emoji}] if emoji else [])


def vote(world: World, chat: Chat, who: Account, message: Message, chosen: list[int]) -> None:
    """Choose in a poll, or take the choice back; the bot that sent it hears of an open vote."""
    poll: Json = message["poll"]
    if poll["is_closed"]:
        raise AssertionError(f"{who.first_name} cannot vote: the poll is closed")
    if len(chosen) > 1 and not poll["allows_multiple_answers"]:
        raise AssertionError(f"{who.first_name} cannot choose several options of this poll")
    voters: dict[int, list[int]] = message.setdefault("_voters", {})
    voters[who.id] = chosen
    counts = [sum(n in each for each in voters.values()) for n in range(len(poll["options"]))]
    options = [option | {"voter_count": count} for option, count in zip(poll["options"], counts, strict=True)]
    message["poll"] = poll | {"options": options, "total_voter_count": sum(map(bool, voters.values()))}
    bot = world.accounts[message["_by"]]
    if not isinstance(bot, BotAccount):
        return
    push(world, bot, "poll", {"poll": message["poll"]}, chat, f"poll {poll['id']}")
    if not poll["is_anonymous"]:
        answer: Json = {"poll_id": poll["id"], "user": who.card(), "option_ids": chosen}
        answer["option_persistent_ids"] = [options[n]["persistent_id"] for n in chosen]
        push(world, bot, "poll_answer", {"poll_answer": answer}, chat, f"poll {poll['id']}")


def press(world: World, chat: Chat, who: Account, message: Message, button: Json) -> Callback | None:
    """Press: the message's bot gets the callback; buttons with a link only open it."""
    if "callback_data" not in button:
        return None
    bot = world.accounts[message["_by"]]
    if not isinstance(bot, BotAccount):
        raise TypeError("only a bot's message has buttons")
    callback = world.callbacks.press(bot, who, chat, message["message_id"], button["callback_data"])
    body: Json = {"id": callback.id, "from": who.card(), "chat_instance": str(-chat.id * 7919)}
    body["message"] = _as_pressed(message, bot)
    body["data"] = button["callback_data"]
    push(world, bot, "callback_query", {"callback_query": body}, chat, f"callbacks {who.id}")
    return callback


def _as_pressed(message: Message, bot: BotAccount) -> Json:
    if message.get("_deleted"):
        return {"chat": message["chat"], "message_id": message["message_id"], "date": 0}
    return view(message, bot)


async def answered(world: World, callback: Callback, within: float) -> str | None:
    """What the bot said to a press; a button that keeps spinning is a failure."""

    def mine(change: Change) -> bool:
        return change.what == "callback" and change.details["callback"] is callback

    if not callback.answered and await world.changes.until(mine, within) is None:
        raise AssertionError(f"the button {callback.data!r} keeps spinning: nobody answered the press")
    return callback.text
