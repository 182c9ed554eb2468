"""What managers write may be the answer to something we asked: whoever asked last hears it first."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO
from pathlib import PurePath
from typing import Protocol

from aiogram.exceptions import AiogramError
from aiogram.types import Document, Message

from desk.people import Person
from desk.talk import Attached, Said, Where
from faq.files.formats import READABLE
from handlers.reading import content, kind_of

FILE_LIMIT = 1 << 20
"""A knowledge base of a thousand entries is half as large; in bytes."""
FETCHED_WITHIN = 10
"""Seconds: whoever else writes waits meanwhile."""

_NEVER = datetime.min.replace(tzinfo=UTC)


class Listener(Protocol):
    """A conversation with managers that asks for words."""

    def asked_at(self, person: Person, where: Where) -> datetime | None:
        """When it asked this manager here for what has not been told yet; None if it waits for nothing."""

    def hear(self, person: Person, where: Where, said: Said) -> bool:
        """Take what was written as what was asked for; False if it is meant for others."""


def taken(listeners: Sequence[Listener], person: Person, where: Where, said: Said) -> bool:
    """Whether one of them was waiting for this."""
    asked = [(listener.asked_at(person, where) or _NEVER, listener) for listener in listeners]
    asked.sort(key=lambda pair: pair[0], reverse=True)
    return any(at > _NEVER and listener.hear(person, where, said) for at, listener in asked)


async def spoken_by_manager(message: Message) -> Said:
    """What a manager wrote; a file that may hold a knowledge base is fetched along with it."""
    held = content(message)
    return Said(
        html=message.html_text,
        kind=kind_of(message) or "other",
        file_id=held.file_id,
        album=held.album,
        attached=await attached(message),
    )


async def attached(message: Message) -> Attached | None:
    """The document of a message if its name is that of a knowledge base."""
    document = message.document
    name = "" if document is None else document.file_name or ""
    if document is None or PurePath(name).suffix.lower() not in READABLE:
        return None
    return Attached(name=name, content=await _fetched(message, document))


async def _fetched(message: Message, document: Document) -> bytes | None:
    """None if it is too big or cannot be had: that is said to whoever sent it."""
    if message.bot is None or (document.file_size or 0) > FILE_LIMIT:
        return None
    into = BytesIO()
    with suppress(AiogramError, OSError, TimeoutError):
        await message.bot.download(document, into, timeout=FETCHED_WITHIN)
        return into.getvalue()
    return None
