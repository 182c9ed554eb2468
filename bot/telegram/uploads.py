"""Files on their way out: what a call names by its place is read when the call is made."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiogram.types import BufferedInputFile

Call = dict[str, Any]
"""A Bot API call: {"method": "sendMessage", "chat_id": 1, "text": …}; files as FileHere or FileMade."""


@dataclass(frozen=True, slots=True)
class DiskFile:
    """A file of this machine."""

    path: Path


@dataclass(frozen=True, slots=True)
class MemoryFile:
    """A text file made for the occasion."""

    name: str
    text: str


async def with_files(parameters: Call) -> Call:
    """The parameters with every file in its place, also inside a `media`. Raises OSError."""
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
