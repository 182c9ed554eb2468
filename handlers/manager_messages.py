"""Reads what a manager wrote, and fetches a file of the knowledge base that came with it."""

from contextlib import suppress
from io import BytesIO
from pathlib import PurePath

from aiogram.exceptions import AiogramError
from aiogram.types import Document, Message

from desk.conversation import AttachedFile, ManagerMessage
from faq.files.formats import READABLE
from handlers.reading import content, kind_of

FILE_LIMIT = 1 << 20
"""The most bytes that are fetched; a knowledge base of a thousand entries has half as many."""
FETCHED_WITHIN = 10
"""Seconds for fetching, during which updates of other chats wait."""


async def spoken_by_manager(message: Message) -> ManagerMessage:
    """A manager's message; a file that may be a knowledge base is fetched."""
    held = content(message)
    return ManagerMessage(
        html=message.html_text,
        kind=kind_of(message) or "other",
        file_id=held.file_id,
        album=held.album,
        attached=await attached(message),
    )


async def attached(message: Message) -> AttachedFile | None:
    """The document of a message if its name is that of a knowledge base."""
    document = message.document
    name = "" if document is None else document.file_name or ""
    if document is None or PurePath(name).suffix.lower() not in READABLE:
        return None
    return AttachedFile(name=name, content=await _fetched(message, document))


async def _fetched(message: Message, document: Document) -> bytes | None:
    """The file's bytes; None if it is too big or cannot be fetched."""
    if message.bot is None or (document.file_size or 0) > FILE_LIMIT:
        return None
    into = BytesIO()
    with suppress(AiogramError, OSError, TimeoutError):
        await message.bot.download(document, into, timeout=FETCHED_WITHIN)
        return into.getvalue()
    return None
