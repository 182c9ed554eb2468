"""What a person does on the page, done in the world."""

from collections.abc import Awaitable, Callable
from typing import Any

from sandbox import forum, membership
from sandbox.accounts import Json
from sandbox.callbacks import Callback
from sandbox.changes import Change
from sandbox.chats import Chat, Message, Topic
from sandbox.content.files import Upload
from sandbox.errors import ApiError
from sandbox.page.attaching import contents
from sandbox.page.cast import Cast, Part
from sandbox.people import acting
from sandbox.world import World

LONGEST_TEXT = 4096
PATIENCE = 15.0


class DeedError(Exception):
    """What a Telegram app would not let one do; the text is one of the page's words or Telegram's own."""


class Deeds:
    def __init__(self, world: World, cast: Cast, patience: float = PATIENCE) -> None:
        self._world = world
        self._cast = cast
        self._patience = patience
        self._known: dict[str, Callable[[Part, Chat, Json, list[Upload]], Awaitable[Json]]] = {
            "say": self._say,
            "send": self._send,
            "edit": self._edit,
            "delete": self._delete,
            "press": self._press,
            "react": self._react,
            "block": self._block,
            "unblock": self._unblock,
            "close_topic": self._close_topic,
            "reopen_topic": self._reopen_topic,
            "delete_topic": self._delete_topic,
        }

    async def do(self, part: Part, chat: Chat, act: Json, files: list[Upload]) -> Json:
        deed = self._known.get(str(act.get("do")))
        if deed is None:
            raise DeedError("unknown_deed")
        try:
            return await deed(part, chat, act, files)
        except ApiError as error:
            raise DeedError(error.description) from error

    async def _say(self, part: Part, chat: Chat, act: Json, _: list[Upload]) -> Json:
        _enter(part, chat)
        text = str(act.get("text", "")).strip()
        if not text:
            raise DeedError("nothing_to_send")
        # An app sends a text that is too long in parts.
        for start in range(0, len(text), LONGEST_TEXT):
            content = acting.text(self._world, text[start : start + LONGEST_TEXT])
            self._write(part, chat, act if start == 0 else _place(act), content)
        return {}

    async def _send(self, part: Part, chat: Chat, act: Json, files: list[Upload]) -> Json:
        _enter(part, chat)
        caption = acting.caption(self._world, str(act.get("caption", "")).strip())
        for content in contents(self._world, act.get("items") or [], files, caption):
            self._write(part, chat, act, content)
        return {}

    async def _edit(self, part: Part, chat: Chat, act: Json, _: list[Upload]) -> Json:
        message, text = _own(part, chat, act), str(act.get("text", "")).strip()
        if "text" in message and not text:
            raise DeedError("nothing_to_send")
        words = acting.text if "text" in message else acting.caption
        content = words(self._world, text)
        if any(message.get(name) != value for name, value in content.items()):
            acting.edit(self._world, chat, part.account, message, content)
        return {}

    async def _delete(self, part: Part, chat: Chat, act: Json, _: list[Upload]) -> Json:
        acting.delete(self._world, chat, _own(part, chat, act))
        return {}

    async def _react(self, part: Part, chat: Chat, act: Json, _: list[Upload]) -> Json:
        acting.reaction(self._world, chat, part.account, _message(chat, act), act.get("emoji") or None)
        return {}

    async def _press(self, part: Part, chat: Chat, act: Json, _: list[Upload]) -> Json:
        message = _message(chat, act)
        rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
        try:
            button = rows[int(act["row"])][int(act["column"])]
        except (IndexError, KeyError, ValueError):
            raise DeedError("button_gone") from None
        callback = acting.press(self._world, chat, part.account, message, button)
        if callback is None:
            return {}
        await self._answer_to(callback)
        return {"text": callback.text, "show_alert": callback.alert, "silent": not callback.answered}

    async def _answer_to(self, callback: Callback) -> None:
        def mine(change: Change) -> bool:
            return change.what == "callback" and change.details.get("callback") is callback

        await self._world.changes.until(mine, self._patience)

    async def _block(self, _: Part, chat: Chat, __: Json, ___: list[Upload]) -> Json:
        if chat.standing == "open":
            membership.stand(self._world, chat, "blocked")
        return {}

    async def _unblock(self, _: Part, chat: Chat, __: Json, ___: list[Upload]) -> Json:
        if chat.standing == "blocked":
            membership.stand(self._world, chat, "open")
        return {}

    async def _close_topic(self, part: Part, chat: Chat, act: Json, _: list[Upload]) -> Json:
        acting.close_topic(self._world, chat, part.account, _topic(chat, act), closed=True)
        return {}

    async def _reopen_topic(self, part: Part, chat: Chat, act: Json, _: list[Upload]) -> Json:
        acting.close_topic(self._world, chat, part.account, _topic(chat, act), closed=False)
        return {}

    async def _delete_topic(self, _: Part, chat: Chat, act: Json, __: list[Upload]) -> Json:
        forum.delete(self._world, chat, _topic(chat, act))
        return {}

    def _write(self, part: Part, chat: Chat, act: Json, content: Json) -> None:
        thread = _topic(chat, act).id if act.get("topic") else None
        to = _message(chat, {"message": act["reply_to"]}) if act.get("reply_to") else None
        quote = (act.get("quote") or {}).get("text")
        acting.write(self._world, chat, part.account, content, thread=thread, to=to, quote=quote)


def _enter(part: Part, chat: Chat) -> None:
    """Whether this person may write here; writing to a bot is what opens the chat with it."""
    if chat.kind == "private":
        if chat.standing == "blocked":
            raise DeedError("you_blocked_the_bot")
        chat.standing = "open"
        return
    member = chat.member(part.account)
    may = member is not None and member.present and member.may_send()
    if not may or (chat.kind == "channel" and not (member and member.may("can_post_messages"))):
        raise DeedError("may_not_write_here")


def _place(act: Json) -> Json:
    """Where it goes, without what it answers."""
    return {"topic": act["topic"]} if "topic" in act else {}


def _message(chat: Chat, act: Json) -> Message:
    message = chat.find(_number(act.get("message")))
    if message is None:
        raise DeedError("message_gone")
    return message


def _own(part: Part, chat: Chat, act: Json) -> Message:
    message = _message(chat, act)
    if message["_by"] != part.account.id:
        raise DeedError("not_yours")
    return message


def _topic(chat: Chat, act: Json) -> Topic:
    topic = chat.topic(_number(act.get("topic")))
    if topic is None:
        raise DeedError("topic_gone")
    return topic


def _number(value: Any) -> int:
    return value if isinstance(value, int) else 0
