"""Filters that recognise also parse: what they give back is what the handler takes."""

import re
from collections.abc import Sequence
from typing import Any

from aiogram.exceptions import AiogramError
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, TelegramObject

from desk.profile import Profile

NUMBER = re.compile(r"\d{1,18}", re.ASCII)
"""What a database can hold: a forged press may say anything."""
COMMAND = re.compile(r"/\w{1,32}(@\w+)?", re.ASCII)


class Pressed(Filter):
    """A press whose words begin so; the rest comes as `words`, and `pressed` is the message's id.

    With `numbers` the last words must be numbers, and they come under these names instead.
    """

    def __init__(self, *beginning: str, numbers: Sequence[str] = ()) -> None:
        self._beginning, self._numbers = list(beginning), list(numbers)

    async def __call__(self, query: CallbackQuery) -> bool | dict[str, Any]:
        words = (query.data or "").split(":")
        if words[: len(self._beginning)] != self._beginning or query.message is None:
            return False
        words = words[len(self._beginning) :]
        rest = len(words) - len(self._numbers)
        if rest < 0 or not all(map(NUMBER.fullmatch, words[rest:])):
            return False
        named = zip(self._numbers, map(int, words[rest:]), strict=True)
        return {"words": words[:rest], "pressed": query.message.message_id, **dict(named)}


class InGroup(Filter):
    """An event in the desk's operators' group, wherever that is now."""

    async def __call__(self, event: TelegramObject, desk: Profile) -> bool:
        message = event.message if isinstance(event, CallbackQuery) else event
        chat = getattr(message, "chat", None)
        return chat is not None and chat.id == desk.places.group


class Private(Filter):
    """An event in somebody's private chat with the bot."""

    async def __call__(self, event: TelegramObject) -> bool:
        message = event.message if isinstance(event, CallbackQuery) else event
        chat = getattr(message, "chat", None)
        return chat is not None and chat.type == "private"


class Service(Filter):
    """A service message, by the field that makes it one."""

    def __init__(self, field: str) -> None:
        self._field = field

    async def __call__(self, message: Message) -> bool:
        return getattr(message, self._field) is not None


class Order(Filter):
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


class BareCommand(Filter):
    """Nothing but a command: "/etc is full" is a sentence."""

    async def __call__(self, message: Message) -> bool:
        return COMMAND.fullmatch(message.text or "") is not None


async def _username(message: Message) -> str:
    """Our own, in small letters; asked of Telegram once."""
    if message.bot is None:
        return ""
    try:
        return ((await message.bot.me()).username or "").lower()
    except AiogramError:
        return ""
