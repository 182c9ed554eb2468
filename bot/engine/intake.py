"""The intake: raw updates are committed to the inbox before whoever brought them is answered."""

from collections.abc import Callable, Sequence
from typing import Any

from bot.engine.units import Units
from storage.inbox import WaitingUpdate


class Intake:
    """Takes raw updates of one desk in, and hands on those that are new."""

    def __init__(self, units: Units, taken: Callable[[Sequence[WaitingUpdate]], None]) -> None:
        self._units, self._taken = units, taken

    async def take(self, updates: Sequence[dict[str, Any]]) -> None:
        """Commit updates to the inbox; those that came before are left out."""
        now = self._units.clock()
        self._taken(await self._units.write(lambda rooms: rooms.stores.inbox.take_in(updates, now)))
