"""Kept vectors for the thread that makes an edition."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from bot.engine.units import Units
from bot.rooms.desk_rooms import DeskRooms

T = TypeVar("T")


class KeptVectors:
    """Reads and keeps vectors from another thread; must not be used on the event loop."""

    def __init__(self, units: Units, loop: asyncio.AbstractEventLoop) -> None:
        self._units, self._loop = units, loop

    def get(self, model: str, digests: Iterable[str]) -> Mapping[str, bytes]:
        """The vectors that are kept."""
        wanted = list(digests)
        return self._ask(lambda rooms: rooms.stores.vectors.get(model, wanted))

    def put(self, model: str, vectors: Mapping[str, bytes]) -> None:
        """Keep vectors that are not kept yet."""
        self._ask(lambda rooms: rooms.stores.vectors.put(model, vectors))

    def _ask(self, unit: Callable[[DeskRooms], T]) -> T:
        return asyncio.run_coroutine_threadsafe(self._units.write(unit), self._loop).result()
