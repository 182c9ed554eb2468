"""Raw updates into the inbox, however they came; committed before whoever brought them is told."""

from collections.abc import Callable, Sequence
from typing import Any

from bot.engine.units import Units
from storage.inbox import WaitingUpdate


class Intake:
    """Takes raw updates in for one desk and hands on what is new."""

    def __init__(self, units: Units, taken: Callable[[Sequence[WaitingUpdate]], None]) -> None:
        self._units, self._taken = units, taken

    async def take(self, updates: Sequence[dict[str, Any]]) -> None:
        """Commit them; after this they cannot be lost. What came before is left out."""
        now = self._units.clock()
        self._taken(await self._units.write(lambda rooms: rooms.stores.inbox.take_in(updates, now)))
