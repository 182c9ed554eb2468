"""Says once a minute that a desk is at work, so that its status page knows when nobody was watching."""

import asyncio

import structlog

from bot.engine.telling import describe
from bot.engine.units import Units

log = structlog.get_logger("health")

EVERY = 60.0
"""Seconds from one word to the next."""


async def stay_present(units: Units) -> None:
    """Say so until cancelled; a word that could not be said is said the next time."""
    while True:
        try:
            await units.write(lambda rooms: rooms.stores.presence.beat(rooms.now))
        except Exception as error:
            log.warning("it could not be kept that the desk is at work", error=describe(error))
        await asyncio.sleep(EVERY)
