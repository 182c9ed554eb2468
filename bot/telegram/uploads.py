"""Files on their way out: what a call names by its place is read when the call is made."""

import asyncio
from pathlib import Path
from typing import Any

from aiogram.types import BufferedInputFile

from desk.post import Call


async def with_files(parameters: Call) -> Call:
    """The parameters with every file in its place, also inside a `media`. Raises OSError."""
    return {name: await _filled(value) for name, value in parameters.items()}


async def _filled(value: Any) -> Any:
    match value:
        case {"upload": str(path)}:
            return BufferedInputFile(await asyncio.to_thread(Path(path).read_bytes), Path(path).name)
        case {"upload_text": str(text), "name": str(name)}:
            return BufferedInputFile(text.encode(), name)
        case {"media": media, **rest}:
            return {**rest, "media": await _filled(media)}
        case _:
            return value
