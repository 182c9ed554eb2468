"""The sender: takes the oldest run of each stream, makes its next call, and settles what came of it."""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from functools import partial

import structlog

from bot.engine import settling
from bot.engine.backoff import BULK, LONGEST, Backoff
from bot.engine.outcomes import Outcomes
from bot.engine.pace import Budget, Pace
from bot.engine.queue import Doorway, Queue, weight
from bot.engine.units import Units
from bot.rooms import DeskRooms
from bot.telegram.client import Client, Took, Verdict
from bot.telegram.context import load
from bot.telegram.file_ids import FileIds
from bot.telegram.steps import next_step
from desk.post import Call, Lane
from storage.outbox import Waiting

log = structlog.get_logger("sender")

Lanes = tuple[Lane, ...]
PERSONAL: Lanes = (Lane.REPLY, Lane.INCIDENT, Lane.SURVEY)
BULKY: Lanes = (Lane.BULK,)
AT_HAND = 20_000
"""Above this many parcels in memory no more are read; they wait in the outbox."""
PORTION = 1000
PULSE = 0.02
"""Seconds between looks at the queue while something on it waits for its time."""
TRIES = 3
"""How often we fail at a parcel ourselves before it is set aside."""
RESERVED = 2
"""Places in the window that bulk may not take."""


class Sender:
    """Sends for one desk."""

    def __init__(self, units: Units, client: Client, pace: Pace, window: int) -> None:
        self._units, self._client, self._window = units, client, window
        self._budget = Budget(pace)
        self._queue = Queue()
        self._read: dict[Lanes, int] = {PERSONAL: 0, BULKY: 0}
        self._more_bulk = True
        self._flying: dict[asyncio.Task[None], Lane] = {}
        self._backoff, self._failures = Backoff(), Counter[int]()
        self._outcomes = Outcomes(units, self._budget, self._backoff)
        self._file_ids = FileIds(units)
        self._stopping = False
        self._group = units.profile.places.group

    async def run(self) -> None:
        """Carry until stopped; then finish what is in flight."""
        await self._units.write(settling.park_interrupted)
        while not self._stopping:
            self._units.bell.clear()
            self._notice_move()
            await self._refill()
            self._take_off()
            await self._rest()
        if self._flying:
            await asyncio.wait(self._flying)

    def stop(self) -> None:
        """Take up nothing more."""
        self._stopping = True
        self._units.bell.set()

    async def _refill(self) -> None:
        """Read what was posted since the last look; bulk in portions, so that it never fills the memory."""
        news, self._units.news = self._units.news, False
        wanted = [PERSONAL] if news and len(self._queue) < AT_HAND else []
        if (news or self._more_bulk) and self._queue.count(Lane.BULK) < PORTION // 2:
            wanted.append(BULKY)
        if not wanted:
            return

        def read(rooms: DeskRooms) -> list[Sequence[Waiting]]:
            return [rooms.stores.outbox.after(lanes, self._read[lanes], PORTION) for lanes in wanted]

        for lanes, parcels in zip(wanted, await self._units.look(read), strict=True):
            self._queue.add(parcels)
            if parcels:
                self._read[lanes] = parcels[-1].id
            if lanes is BULKY:
                self._more_bulk = len(parcels) == PORTION
            elif len(parcels) == PORTION:
                self._units.news = True

    def _take_off(self) -> None:
        for lane in Lane:
            while self._has_room(lane):
                now = time.monotonic()
                if self._budget.whole_wait(now, bulk=lane is Lane.BULK) > 0:
                    break
                run = self._queue.pick(lane, self._units.clock(), now, partial(self._free, now))
                if not run:
                    break
                if not self._waits_for_room(run, now):
                    task = asyncio.create_task(self._carry(run), name=f"carry {run[0].id}")
                    self._flying[task] = lane
                    task.add_done_callback(self._landed)

    def _waits_for_room(self, run: list[Waiting], now: float) -> bool:
        """Spend what the run costs; an album too large for the moment keeps its chat until it fits."""
        parcel, messages = run[0].parcel, weight(run)
        if parcel.is_reaction:
            return False
        wait = self._budget.chat_wait(parcel.chat_id, now, messages)
        if wait > 0:
            self._queue.leave(parcel.stream, ())
            self._budget.hold(parcel.chat_id, wait, now)
            return True
        self._budget.spend(parcel.chat_id, now, messages)
        return False

    def _has_room(self, lane: Lane) -> bool:
        if lane is not Lane.BULK:
            return len(self._flying) < self._window
        # after trouble one goes ahead and finds out whether it is over: it alone would be uncertain
        most = 1 if self._backoff.troubled(BULK) else max(1, self._window - RESERVED)
        bulk = sum(each is Lane.BULK for each in self._flying.values())
        return len(self._flying) < self._window and bulk < most

    def _free(self, now: float, doorway: Doorway) -> bool:
        chat_id, reactions = doorway
        wait = self._budget.penalty if reactions else self._budget.chat_wait
        return wait(chat_id, now) <= 0

    def _landed(self, task: asyncio.Task[None]) -> None:
        del self._flying[task]
        self._units.bell.set()

    async def _rest(self) -> None:
        pulse = PULSE if len(self._queue) > 0 else None
        try:
            await asyncio.wait_for(self._units.bell.wait(), pulse)
        except TimeoutError:
            return

    async def _carry(self, run: list[Waiting]) -> None:
        parcel = run[0].parcel
        gone: Sequence[Waiting] = ()
        rest = LONGEST
        try:
            gone, rest = await self._attempt(run)
        except Exception:
            log.exception("a parcel could not be handled", parcel=run[0].id, act=parcel.act)
            gone, rest = await self._stumble(run[0])
        finally:
            now = time.monotonic()
            if not parcel.is_reaction:
                self._budget.landed(parcel.chat_id, now, weight(run))
            self._queue.leave(parcel.stream, gone, rest_until=now + rest if rest else 0.0)

    async def _stumble(self, waiting: Waiting) -> tuple[Sequence[Waiting], float]:
        """The fault is ours: try again, but do not let what waits behind wait for ever."""
        self._failures[waiting.id] += 1
        if self._failures[waiting.id] < TRIES:
            return (), self._backoff.longer(waiting.parcel.stream)
        del self._failures[waiting.id]
        await self._units.write(partial(settling.set_aside, waiting))
        return (waiting,), 0.0

    async def _attempt(self, run: list[Waiting]) -> tuple[Sequence[Waiting], float]:
        """Make the run's next call: which parcels are gone, and how long its stream must rest."""
        parcel = run[0].parcel
        if parcel.expires_at is not None and parcel.expires_at < self._units.clock():
            return await self._outcomes.expire(run[:1]), 0.0
        loaded = await self._units.write(lambda rooms: load(rooms, run))
        if not loaded.run:
            return run, 0.0
        places = self._units.profile.places
        step = next_step(loaded, places, self._outcomes.manner(loaded))
        verdict = Took(None) if step.call is None else await self._call(step.call)
        gone, rest = await self._outcomes.outcomes(loaded, step, verdict)
        if parcel.lane is Lane.BULK and not gone:
            await self._units.write(partial(settling.not_sent, loaded.run))
        return [*gone, *loaded.replaced], rest

    async def _call(self, call: Call) -> Verdict:
        packed = await self._file_ids.pack(call)
        verdict = await self._client.call(packed.call)
        await self._file_ids.sent(packed, verdict)
        return verdict

    def _notice_move(self) -> None:
        """If addresses have changed, whoever found out, read the outbox anew."""
        if self._group == self._units.profile.places.group:
            return
        self._group = self._units.profile.places.group
        self._queue.clear()
        self._read = {PERSONAL: 0, BULKY: 0}
        self._more_bulk = self._units.news = True
        self._units.bell.set()
