"""The intake: raw updates are committed to the inbox before whoever brought them is answered."""

from collections.abc import Callable, Sequence
from typing import Any

from bot.engine.units import Units
from storage.inbox import WaitingUpdate


class Intake:
    """Takes raw updates of one desk in, and hands on those that are new.

    `cleaned` takes out of an update what nobody may see; nothing behind this door ever sees it.
    """

    def __init__(
        self,
        units: Units,
        taken: Callable[[Sequence[WaitingUpdate]], None],
        cleaned: Callable[[dict[str, Any]], dict[str, Any]],
    ) -> None:
        self._units, self._taken, self._cleaned = units, taken, cleaned

    async def take(self, updates: Sequence[dict[str, Any]]) -> None:
        """Commit updates to the inbox; those that came before are left out."""
        now, clean = self._units.clock(), [self._cleaned(each) for each in updates]
        self._taken(await self._units.write(lambda rooms: rooms.stores.inbox.take_in(clean, now)))
