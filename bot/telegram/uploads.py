"""Files in a call: read and attached when the call is made."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiogram.types import BufferedInputFile

Call = dict[str, Any]
"""A Bot API call: {"method": "sendMessage", "chat_id": 1, "text": …}; files as DiskFile or MemoryFile."""


@dataclass(frozen=True, slots=True)
class DiskFile:
    """A file on disk that is uploaded."""

    path: Path


@dataclass(frozen=True, slots=True)
class MemoryFile:
    """A text that is uploaded as a file."""

    name: str
    text: str


def has_files(call: Call) -> bool:
    """Whether anything in the call is uploaded."""
    return any(_is_file(value) for value in call.values())


def _is_file(value: object) -> bool:
    return isinstance(value, DiskFile | MemoryFile) or (
        isinstance(value, dict) and isinstance(value.get("media"), DiskFile | MemoryFile)
    )


async def with_files(parameters: Call) -> Call:
    """The parameters with every file attached, also inside a `media`; raises OSError."""
    return {name: await _filled(value) for name, value in parameters.items()}


async def _filled(value: Any) -> Any:
    match value:
        case DiskFile(path):
            return BufferedInputFile(await asyncio.to_thread(path.read_bytes), path.name)
        case MemoryFile(name, text):
            return BufferedInputFile(text.encode(), name)
        case {"media": media, **rest}:
            return {**rest, "media": await _filled(media)}
        case _:
            return value
