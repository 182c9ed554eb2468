"""The intake: raw updates are committed to the inbox before whoever brought them is answered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import structlog

from bot.engine.admission import Admitted, Cleaned, admit
from bot.engine.telling import describe
from bot.engine.units import Units
from bot.rooms.desk_rooms import DeskRooms
from storage.engine.trouble import StorageUnusableError, trouble_of
from storage.inbox import WaitingUpdate

log = structlog.get_logger("ingest")


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of updates that were brought: the numbers of those that we have now, whatever they are."""

    numbers: frozenset[int] = frozenset()


class Intake:
    """Takes raw updates of one desk in, each for itself, and hands on those that are new.

    `cleaned` takes out of an update what nobody may see; nothing behind this door ever sees it.
    """

    def __init__(
        self,
        units: Units,
        taken: Callable[[Sequence[WaitingUpdate]], None],
        cleaned: Cleaned,
    ) -> None:
        self._units, self._taken, self._cleaned = units, taken, cleaned

    async def take(self, updates: Sequence[object]) -> Brought:
        """Commit updates to the inbox; those that came before are left out.

        One that cannot be handled goes into quarantine at once, one without a number is passed over: neither
        keeps its neighbours out.
        """
        looked_at = [admit(each, self._cleaned) for each in updates]
        admitted = [each for each in looked_at if each is not None]
        if len(admitted) < len(looked_at):
            nameless = len(looked_at) - len(admitted)
            log.error("no update's number is in what was brought; it is passed over", count=nameless)
        if admitted:
            await self._keep(admitted)
        return Brought(frozenset(each.number for each in admitted))

    async def _keep(self, admitted: Sequence[Admitted]) -> None:
        """Commit all of them together; if the database takes that ill, find out for which of them."""
        try:
            self._taken(await self._units.write(partial(_keep, admitted, self._units.clock())))
        except Exception as error:
            if trouble_of(error) is not None or isinstance(error, StorageUnusableError):
                raise
            if len(admitted) > 1:
                for each in admitted:
                    await self._keep([each])
            elif admitted[0].unfit is None:
                await self._keep([admitted[0].bare(describe(error))])
            else:
                raise


def _keep(admitted: Sequence[Admitted], now: datetime, rooms: DeskRooms) -> Sequence[WaitingUpdate]:
    fresh = rooms.stores.inbox.take_in([each.raw for each in admitted if each.unfit is None], now)
    for each in admitted:
        if each.unfit is not None and rooms.stores.inbox.take_unfit(each.raw, each.unfit, now):
            log.error("an update cannot be handled", update=each.number, error=each.unfit, quarantine=True)
            rooms.shared.alarm.to_managers("alert.quarantine", update=each.number)
    return fresh
