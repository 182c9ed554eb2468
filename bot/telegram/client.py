"""The one client out: a call to the Bot API and what came of it, as a value."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from aiogram import Bot, methods
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramAPIError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods.base import Response
from aiohttp import ClientConnectorError
from pydantic import ValidationError

from bot.telegram.uploads import with_files
from desk.post import Call

RETRY_AFTER = re.compile(r"retry after (\d+)")
OUT_OF_REACH = (
    "chat not found",
    "have no write access",
    "CHAT_WRITE_FORBIDDEN",
    "not enough rights to send",
    "need administrator rights in the channel",
)
PATIENCE = 30
"""Seconds to wait for an answer."""
NO_FILE = "the file cannot be read"
UNSAID_PAUSE = 5.0
"""Seconds to wait after a 429 that does not say how long."""


@dataclass(frozen=True, slots=True)
class Took:
    """Telegram did it; `result` is the decoded JSON."""

    result: Any


@dataclass(frozen=True, slots=True)
class SlowDown:
    """Too many requests: not before so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Trouble:
    """The way to Telegram failed; `ambiguous` if the call may have been carried out all the same."""

    reason: str
    ambiguous: bool


@dataclass(frozen=True, slots=True)
class Away:
    """Telegram as a whole cannot be called now: no connection, or the token is refused; nothing was sent."""

    reason: str


@dataclass(frozen=True, slots=True)
class Shut:
    """A person's chat is closed to the bot: blocked, deleted, or never started."""

    reason: str


@dataclass(frozen=True, slots=True)
class Lost:
    """A group or a channel is out of reach: people must mend it, so the call waits."""

    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The group lives under another id now."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram understood and said no; `description` is its own."""

    description: str

    def says(self, *parts: str) -> bool:
        """Whether the description has any of these in it."""
        return any(part.lower() in self.description.lower() for part in parts)


Verdict = Took | SlowDown | Trouble | Away | Shut | Lost | Moved | Refused


_ANSWER = Response[Any]
"""Kept here because pydantic forgets a generic model nobody holds, and makes it anew for every call."""


@cache
def _light(name: str) -> type[methods.TelegramMethod[Any]]:
    """Aiogram's own method, checked on the way out, with its result left as plain JSON."""
    model: type[methods.TelegramMethod[Any]] = getattr(methods, name[0].upper() + name[1:])
    return type(model.__name__, (model,), {"__returning__": Any, "__module__": __name__})


class Client:
    """Calls Telegram for one bot."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def call(self, call: Call, patience: int | None = None) -> Verdict:
        """Make one call; never raises for what Telegram or the network do."""
        try:
            parameters = await with_files({name: value for name, value in call.items() if name != "method"})
        except OSError as error:
            return Refused(f"{NO_FILE}: {error.strerror or type(error).__name__}")
        try:
            method = _light(call["method"])(**parameters)
        except ValidationError as error:
            return Refused(f"the call does not fit the Bot API: {error.error_count()} mistakes")
        try:
            return Took(await self._bot(method, request_timeout=patience or PATIENCE))
        except (AiogramError, OSError) as error:
            return _verdict(error, call.get("chat_id", 0))


def _verdict(error: Exception, chat_id: int) -> Verdict:
    match error:
        case TelegramRetryAfter():
            return SlowDown(float(error.retry_after))
        case TelegramMigrateToChat():
            return Moved(error.migrate_to_chat_id)
        case TelegramUnauthorizedError() | TelegramNotFound(message="Not Found"):
            return Away(error.message)  # the token is refused, or there is no Bot API at the address
        case TelegramForbiddenError():
            return Shut(error.message) if chat_id > 0 else Lost(error.message)
        case TelegramServerError():
            return Trouble(error.message, ambiguous=False)
        case TelegramNetworkError():
            return _unanswered(error)
        case ClientDecodeError():
            return Trouble("the answer was no JSON", ambiguous=True)
        case TelegramAPIError():
            return _bad_request(error.message, chat_id)
        case _:
            return Trouble(type(error).__name__, ambiguous=True)


def _unanswered(error: TelegramNetworkError) -> Verdict:
    """Without a connection nothing was sent; with one it may have been."""
    if isinstance(error, TelegramEntityTooLarge):
        return Refused(error.message)
    reason = type(error.__cause__).__name__
    return (
        Away(reason) if isinstance(error.__cause__, ClientConnectorError) else Trouble(reason, ambiguous=True)
    )


def _bad_request(description: str, chat_id: int) -> Verdict:
    if "Too Many Requests" in description:
        said = RETRY_AFTER.search(description)
        return SlowDown(float(said[1]) if said else UNSAID_PAUSE)
    refused = Refused(description)
    if not refused.says(*OUT_OF_REACH):
        return refused
    return Shut(description) if chat_id > 0 else Lost(description)
