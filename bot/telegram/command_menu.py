"""The commands that Telegram offers while one types a slash: to customers, operators and managers."""

from collections.abc import Iterator
from typing import Any

import structlog

from bot.engine.verdicts import CallAccepted
from bot.telegram.client import Client
from bot.telegram.uploads import Call
from desk.people import Texts
from desk.profile import Profile

log = structlog.get_logger("hints")

CUSTOMER = ("start", "operator", "complaint", "language", "help")
OPERATOR = ("take", "close", "reopen", "note", "undo", "ban", "unban")
MANAGER = ("broadcast", "incidents", "faq", "banned")


async def offer(client: Client, profile: Profile) -> None:
    """Tell Telegram the commands; a refusal is logged and changes nothing else."""
    for call in calls(profile):
        if not isinstance(verdict := await client.call(call), CallAccepted):
            log.debug("commands are not offered", scope=call["scope"]["type"], reason=type(verdict).__name__)


def calls(profile: Profile) -> Iterator[Call]:
    """One call for each audience and language."""
    texts, language = profile.texts, profile.language
    private = {"type": "all_private_chats"}
    yield _call(private, CUSTOMER, texts, language)
    for spoken in texts.languages:
        yield {**_call(private, CUSTOMER, texts, spoken), "language_code": spoken}
    group = {"type": "chat", "chat_id": profile.places.group}
    yield _call(group, OPERATOR + MANAGER, texts, language)
    for manager in sorted(profile.managers):
        yield _call({"type": "chat", "chat_id": manager}, MANAGER + CUSTOMER, texts, language)


def _call(scope: dict[str, Any], names: tuple[str, ...], texts: Texts, language: str) -> Call:
    commands = [{"command": name, "description": texts.plain(f"command.{name}", language)} for name in names]
    return {"method": "setMyCommands", "scope": scope, "commands": commands}
