"""The database's vectors for a thread that makes an edition."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from bot.office import Office
from bot.opened import Opened

T = TypeVar("T")


class KeptVectors:
    """Asks the desk's books from another thread; must never be used on the event loop itself."""

    def __init__(self, office: Office, loop: asyncio.AbstractEventLoop) -> None:
        self._office, self._loop = office, loop

    def get(self, model: str, digests: Iterable[str]) -> Mapping[str, bytes]:
        """Those that are kept."""
        wanted = list(digests)
        return self._ask(lambda opened: opened.books.vectors.get(model, wanted))

    def put(self, model: str, vectors: Mapping[str, bytes]) -> None:
        """Keep them; what is there already stays."""
        self._ask(lambda opened: opened.books.vectors.put(model, vectors))

    def _ask(self, unit: Callable[[Opened], T]) -> T:
        return asyncio.run_coroutine_threadsafe(self._office.read(unit), self._loop).result()
