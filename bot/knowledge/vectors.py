"""Kept vectors for the thread that makes an edition."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from bot.engine.units import Units
from bot.rooms.desk_rooms import DeskRooms

T = TypeVar("T")


class MemoryVectors:
    """Vectors of what customers asked: in memory alone, and only of what was asked for last.

    So nothing of a text outlives the question by more than the time to the next look, nor a restart.
    """

    def __init__(self) -> None:
        self._vectors = dict[tuple[str, str], bytes]()

    def get(self, model: str, digests: Iterable[str]) -> Mapping[str, bytes]:
        """Those that are remembered; all others are forgotten."""
        wanted = {(model, digest) for digest in digests}
        self._vectors = {key: vector for key, vector in self._vectors.items() if key in wanted}
        return {digest: vector for (_, digest), vector in self._vectors.items()}

    def put(self, model: str, vectors: Mapping[str, bytes]) -> None:
        """Remember vectors until they are not asked for."""
        self._vectors |= {(model, digest): vector for digest, vector in vectors.items()}


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
