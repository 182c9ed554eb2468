"""Keeps banned people out: whatever they do in private goes to the ban, and not to the handler's work."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from aiogram import Dispatcher
from aiogram.types import CallbackQuery, Message, TelegramObject, User

from desk.authority import Right, may
from desk.people import Person
from desk.profile import Profile
from handlers.filters import COMMAND
from handlers.reading import incoming, person
from handlers.work import FaqWork, Rooms, Work

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]

SILENT = frozenset({"/start", "/help", "/language"})
"""Commands that say nothing to anybody; they are not kept."""
NO_PERSON_S = frozenset({"update", "error"})


def keep_out(dispatcher: Dispatcher) -> None:
    """Let every handler of every kind of update ask for bans, also those that are added one day."""
    for kind, observer in dispatcher.observers.items():
        if kind not in NO_PERSON_S:
            observer.middleware(partial(_unless_banned, kind))


async def _unless_banned(
    kind: str, handler: Handler, event: TelegramObject, data: dict[str, Any]
) -> Work | None:
    work: Work | None = await handler(event, data)
    desk: Profile = data["desk"]
    user: User | None = data.get("event_from_user")
    if work is None or user is None or not _is_private(event) or may(desk, user.id, Right.DRAFT):
        return work
    return _guarded(work, person(user), partial(_instead, kind, event, person(user)))


def _guarded(work: Work, who: Person, instead: Callable[[Rooms], str | None]) -> Work:
    def guarded(rooms: Rooms) -> str | None:
        return instead(rooms) if rooms.banning.shuts_out(who.telegram_id) else work(rooms)

    if not isinstance(work, FaqWork):
        return guarded
    wants = work.wants

    def unless_banned(rooms: Rooms) -> tuple[str, str] | None:
        return None if rooms.banning.shuts_out(who.telegram_id) else wants(rooms)

    return FaqWork(unless_banned, guarded, work.text)


def _instead(kind: str, event: TelegramObject, who: Person, rooms: Rooms) -> str | None:
    """What is done instead: words are kept, a press is answered, anything else is left."""
    match event:
        case Message() if kind == "message" and not _says_nothing(event):
            rooms.banning.hold(who, incoming(event))
        case Message() if kind == "edited_message":
            rooms.banning.edited(who, incoming(event))
        case CallbackQuery():
            return rooms.banning.toast(who)
    return None


def _is_private(event: TelegramObject) -> bool:
    """Whether it happened in the person's private chat, or nowhere: a vote has no chat."""
    message = event.message if isinstance(event, CallbackQuery) else event
    chat = getattr(message, "chat", None)
    return chat is None or chat.type == "private"


def _says_nothing(message: Message) -> bool:
    text = message.text or ""
    return COMMAND.fullmatch(text) is not None and text.partition("@")[0].lower() in SILENT
