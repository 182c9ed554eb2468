"""Filters: recognise an update and give its parsed parts to the handler."""

import re
from collections.abc import Sequence
from typing import Any

from aiogram.exceptions import AiogramError
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, TelegramObject

from desk.conversation import Press, number
from desk.profile import Profile

COMMAND = re.compile(r"/\w{1,32}(@\w+)?", re.ASCII)


class Pressed(Filter):
    """A press that begins with these words; the rest comes as `words`, with the `message_id`.

    With `numbers` the last words must be numbers, and they come under these names instead.
    """

    def __init__(self, *beginning: str, numbers: Sequence[str] = ()) -> None:
        self._beginning, self._numbers = list(beginning), list(numbers)

    async def __call__(self, query: CallbackQuery) -> bool | dict[str, Any]:
        press = read_press(query)
        if press is None:
            return False
        said = [press.prefix, press.action, *press.words]
        words = said[len(self._beginning) :]
        rest = len(words) - len(self._numbers)
        numbers = [number(word) for word in words[max(0, rest) :]]
        if said[: len(self._beginning)] != self._beginning or rest < 0 or None in numbers:
            return False
        named = zip(self._numbers, numbers, strict=True)
        return {"words": words[:rest], "message_id": press.message_id, **dict(named)}


def read_press(query: CallbackQuery) -> Press | None:
    """The press of a button, if its message can still be seen."""
    if query.message is None:
        return None
    return Press.read(query.data or "", query.message.message_id)


class InGroup(Filter):
    """An event in the desk's operators' group."""

    async def __call__(self, event: TelegramObject, desk: Profile) -> bool:
        message = event.message if isinstance(event, CallbackQuery) else event
        chat = getattr(message, "chat", None)
        return chat is not None and chat.id in desk.places.groups


class Private(Filter):
    """An event in somebody's private chat with the bot."""

    async def __call__(self, event: TelegramObject) -> bool:
        message = event.message if isinstance(event, CallbackQuery) else event
        chat = getattr(message, "chat", None)
        return chat is not None and chat.type == "private"


class Machine(Filter):
    """A message that another bot wrote in its private chat with ours."""

    async def __call__(self, message: Message) -> bool:
        sender = message.from_user
        return message.chat.type == "private" and sender is not None and sender.is_bot


class Service(Filter):
    """A service message with this field."""

    def __init__(self, field: str) -> None:
        self._field = field

    async def __call__(self, message: Message) -> bool:
        return getattr(message, self._field) is not None


def passed_on(message: Message) -> bool:
    """Whether the words are somebody else's: forwarded, or put in by an inline bot."""
    return message.forward_origin is not None or message.via_bot is not None


class AnyCommand(Filter):
    """A command of any name, two slashes make a note; `name` in small letters and `argument` as text.

    A command addressed to another bot keeps that bot's name: "stats@other_bot".
    """

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        text = message.text or message.caption or ""
        if not text.startswith("/") or text.startswith("//") or len(text) < 2:
            return False
        head, _, argument = text[1:].partition(" ")
        if "\n" in head:
            head, _, argument = text[1:].partition("\n")
        name, _, bot = head.lower().partition("@")
        if bot and bot != await _username(message):
            name = f"{name}@{bot}"
        return {"name": name, "argument": argument.strip()}


class TextMessage(Filter):
    """A text that is no command, as most are: asked first, it spares the questions about commands."""

    async def __call__(self, message: Message) -> bool:
        return message.text is not None and not message.text.lstrip().startswith("/")


class BareCommand(Filter):
    """A message that is nothing but a command; "/etc is full" is a sentence."""

    async def __call__(self, message: Message) -> bool:
        return COMMAND.fullmatch(message.text or "") is not None


async def _username(message: Message) -> str:
    """The bot's username in small letters; Telegram is asked for it once."""
    if message.bot is None:
        return ""
    try:
        return ((await message.bot.me()).username or "").lower()
    except AiogramError:
        return ""
