"""The commands that Telegram offers while one types a slash: to each role its own."""

import asyncio
from collections.abc import Iterator
from typing import Any

import structlog
from aiogram.types import Update

from bot.engine.verdicts import CallAccepted
from bot.telegram.client import Client
from bot.telegram.uploads import Call
from desk.people import Texts
from desk.profile import Profile

log = structlog.get_logger("hints")

CUSTOMER = ("start", "operator", "complaint", "subscribe", "unsubscribe", "language", "help")
OPERATOR = ("take", "close", "reopen", "note", "undo", "ban", "unban", "help")
PUBLISHER = ("broadcast", "incidents", "maintenance", "poll")
MANAGER = (*PUBLISHER, "faq", "banned", "stuck")


class CommandMenu:
    """Offers commands: to all at the start, and to a manager, a publisher or the group once Telegram lets us.

    Telegram takes a menu only for a chat that it knows the bot in: a manager who has never pressed Start is
    offered theirs with the first update that comes from their chat.
    """

    def __init__(self, client: Client, profile: Profile) -> None:
        self._client, self._profile = client, profile
        self._offered: set[int | None] = set()
        self._offering: set[asyncio.Task[None]] = set()

    async def offer(self) -> None:
        """Tell Telegram all commands; a refusal is logged and changes nothing else."""
        for call in calls(self._profile):
            await self._offer(call)

    def met(self, update: Update) -> None:
        """Offer a manager or the group the menu that was not taken before, or anew when we are let in."""
        change = update.my_chat_member
        chat = change.chat if change is not None else update.message.chat if update.message else None
        if chat is None or (change is None and chat.id in self._offered):
            return
        call = call_for(self._profile, chat.id)
        if call is not None:
            self._offered.add(chat.id)  # one attempt at a time
            task = asyncio.create_task(self._offer(call), name="hints")
            self._offering.add(task)
            task.add_done_callback(self._offering.discard)

    async def _offer(self, call: Call) -> None:
        chat_id, verdict = call["scope"].get("chat_id"), await self._client.call(call)
        if isinstance(verdict, CallAccepted):
            self._offered.add(chat_id)
        else:
            log.debug("commands are not offered", scope=call["scope"]["type"], reason=type(verdict).__name__)
            self._offered.discard(chat_id)


def calls(profile: Profile) -> Iterator[Call]:
    """One call for each audience and language."""
    texts, language = profile.texts, profile.language
    private = {"type": "all_private_chats"}
    yield _call(private, CUSTOMER, texts, language)
    for spoken in texts.languages:
        yield {**_call(private, CUSTOMER, texts, spoken), "language_code": spoken}
    for chat_id in (profile.places.group, *sorted(profile.managers | profile.publishers.keys())):
        call = call_for(profile, chat_id)
        if call is not None:
            yield call


def call_for(profile: Profile, chat_id: int) -> Call | None:
    """The call for the group, for a manager's or a publisher's chat; None for anybody else's."""
    if chat_id in profile.places.groups:
        names: tuple[str, ...] = OPERATOR + MANAGER
    elif chat_id in profile.managers:
        names = MANAGER + CUSTOMER
    elif chat_id in profile.publishers:
        names = PUBLISHER + CUSTOMER
    else:
        return None
    return _call({"type": "chat", "chat_id": chat_id}, names, profile.texts, profile.language)


def _call(scope: dict[str, Any], names: tuple[str, ...], texts: Texts, language: str) -> Call:
    commands = [{"command": name, "description": texts.plain(f"command.{name}", language)} for name in names]
    return {"method": "setMyCommands", "scope": scope, "commands": commands}
