"""The sender of letters: each channel sends what waits for it, a few at a time, whatever the others do."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import structlog

from bot.engine.lease import TermGone
from bot.engine.telling import describe
from bot.engine.units import Units
from bot.rooms.desk_rooms import DeskRooms
from broadcasts.backup.kept import KeptLetter
from desk.letters.letter import (
    BackupChannel,
    ChannelBroken,
    Letter,
    LetterLate,
    LetterOutcome,
    LetterRefused,
    LetterTaken,
    LetterUncertain,
    NobodyThere,
)

log = structlog.get_logger("letters")

OUTCOMES: Mapping[type[LetterOutcome], str] = {
    LetterTaken: "taken",
    LetterLate: "late",
    NobodyThere: "nobody_there",
    LetterRefused: "refused",
    ChannelBroken: "channel_broken",
    LetterUncertain: "uncertain",
}
"""What became of an attempt, as it is counted."""

AT_ONCE = 4
"""Letters of one channel on their way at the same time."""
LOOK_EVERY, REST = 1.0, 5.0
"""Seconds between looks at what waits, and after something has failed."""


class LetterSender:
    """Sends the letters of one desk.

    A letter counts as on its way before it is sent. If the process dies then, it is sent once more.
    """

    def __init__(self, units: Units, channels: Mapping[str, BackupChannel]) -> None:
        self._units, self._channels = units, channels
        self._stopped = asyncio.Event()
        self.count: Callable[[str, str], None] = lambda channel, outcome: None
        """Told of each attempt, once what became of it is durable."""

    def stop(self) -> None:
        """Begin no other letter."""
        self._stopped.set()

    async def run(self) -> None:
        """Send until stopped; a desk without backup channels has nothing to do."""
        try:
            if self._channels:
                await self._units.write(self._begin_again)
                await asyncio.gather(*(self._send_by(kind) for kind in self._channels))
            await self._stopped.wait()
        finally:
            for channel in self._channels.values():
                await channel.close()

    def _begin_again(self, rooms: DeskRooms) -> None:
        for kind in self._channels:
            rooms.managers.letters.begin_again(kind)

    async def _send_by(self, kind: str) -> None:
        while not self._stopped.is_set():
            try:
                some = await self._next(kind)
            except TermGone:
                raise
            except Exception as error:
                log.error("letters could not be sent; they wait", channel=kind, error=describe(error))
                await self._wait(REST)
            else:
                if not some:
                    await self._wait(LOOK_EVERY)

    async def _next(self, kind: str) -> bool:
        """Send the next few letters of a channel; False if none waits."""
        waiting = self._units.look(lambda rooms: bool(rooms.stores.letters.waiting(kind, 1)))
        if not await waiting:
            return False
        taken = await self._units.write(lambda rooms: rooms.managers.letters.take(kind, AT_ONCE))
        outcomes = await asyncio.gather(*(self._send(kind, *each) for each in taken))
        await self._units.write(partial(_settle, [kept for kept, _ in taken], outcomes))
        for outcome in outcomes:
            self.count(kind, OUTCOMES[type(outcome)])
        return True

    async def _send(self, kind: str, kept: KeptLetter, letter: Letter) -> LetterOutcome:
        try:
            outcome = await self._channels[kind].send(letter, kept.at.address)
        except Exception as error:
            log.error("a letter failed", channel=kind, error=describe(error))
            return LetterUncertain(type(error).__name__)
        if not isinstance(outcome, LetterTaken):
            how = type(outcome).__name__
            log.warning("a letter was not taken", channel=kind, outcome=how, why=outcome.reason)
        return outcome

    async def _wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stopped.wait()
        except TimeoutError:
            return


def _settle(letters: Sequence[KeptLetter], outcomes: Sequence[LetterOutcome], rooms: DeskRooms) -> None:
    for kept, outcome in zip(letters, outcomes, strict=True):
        rooms.managers.letters.settled(kept, outcome)
