"""Raw updates into the inbox, however they came; committed before whoever brought them is told."""

from collections.abc import Callable
from typing import Any

from bot.engine.units import Units


class Intake:
    """Takes raw updates in for one desk and says that there are some."""

    def __init__(self, units: Units, rung: Callable[[], None]) -> None:
        self._units, self._rung = units, rung

    async def take(self, updates: list[dict[str, Any]]) -> None:
        """Commit them; after this they cannot be lost."""
        now = self._units.clock()
        await self._units.write(lambda rooms: rooms.stores.inbox.take_in(updates, now))
        self._rung()
