"""Looks again and again whether customers suddenly ask the same, and alerts managers."""

import asyncio
from functools import partial

import structlog

from bot.engine.telling import describe
from bot.engine.units import Units
from bot.rooms.desk_rooms import DeskRooms
from broadcasts.alerts.spikes import Spike, SpikeMaterial, find

log = structlog.get_logger("spikes")

EVERY = 15.0
"""Seconds between looks."""


class SpikeWatch:
    """Finds the spikes of one desk: read in one unit of work, compared in a thread, told in another."""

    def __init__(self, units: Units) -> None:
        self._units, self._stopped = units, asyncio.Event()

    def stop(self) -> None:
        """Look no more."""
        self._stopped.set()

    async def run(self) -> None:
        """Look until stopped."""
        rules = self._units.profile.alerts
        while rules.spike_people and not self._stopped.is_set():
            try:
                await self.look()
            except Exception as error:
                log.error("spikes could not be looked for", error=describe(error))
            await self._wait()
        await self._stopped.wait()

    async def look(self) -> None:
        """Look once."""
        rules = self._units.profile.alerts
        material = await self._units.look(lambda rooms: rooms.managers.alerts.spikes.material())
        found = await asyncio.to_thread(find, material, rules.spike_people, rules.spike_window)
        if found or any(each.firing for each in material.known):
            await self._units.write(partial(_tell, material, found))

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(EVERY):
                await self._stopped.wait()
        except TimeoutError:
            return


def _tell(material: SpikeMaterial, found: list[Spike], rooms: DeskRooms) -> None:
    alerts = rooms.managers.alerts
    alerts.intake.take(alerts.spikes.alerts(material, found))
