"""The courier: takes the oldest run of each stream, makes its next call, and settles what came of it."""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from functools import partial

import structlog

from bot.courier import settling
from bot.courier.budget import Budget, Pace
from bot.courier.door import Door, Took, Verdict
from bot.courier.judge import Judge
from bot.courier.load import load
from bot.courier.luggage import Luggage
from bot.courier.rests import BULK, LONGEST, Rests
from bot.courier.shelf import Doorway, Shelf, weight
from bot.courier.steps import next_step
from bot.office import Office
from bot.opened import Opened
from storage.outbox import Waiting
from tickets.post import Call, Lane

log = structlog.get_logger("courier")

Lanes = tuple[Lane, ...]
PERSONAL: Lanes = (Lane.REPLY, Lane.INCIDENT, Lane.SURVEY)
BULKY: Lanes = (Lane.BULK,)
AT_HAND = 20_000
"""Above this many parcels in memory no more are read; they wait in the outbox."""
PORTION = 1000
PULSE = 0.02
"""Seconds between looks at the shelf while something on it waits for its time."""
TRIES = 3
"""How often we fail at a parcel ourselves before it is set aside."""
RESERVED = 2
"""Places in the window that bulk may not take."""


class Courier:
    """Sends for one desk."""

    def __init__(self, office: Office, door: Door, pace: Pace, window: int) -> None:
        self._office, self._door, self._window = office, door, window
        self._budget = Budget(pace)
        self._shelf = Shelf()
        self._read: dict[Lanes, int] = {PERSONAL: 0, BULKY: 0}
        self._more_bulk = True
        self._flying: dict[asyncio.Task[None], Lane] = {}
        self._rests, self._failures = Rests(), Counter[int]()
        self._judge = Judge(office, self._budget, self._rests)
        self._luggage = Luggage(office)
        self._stopping = False
        self._group = office.profile.places.group

    async def run(self) -> None:
        """Carry until stopped; then finish what is in flight."""
        await self._office.run(settling.park_interrupted)
        while not self._stopping:
            self._office.bell.clear()
            self._notice_move()
            await self._refill()
            self._take_off()
            await self._rest()
        if self._flying:
            await asyncio.wait(self._flying)

    def stop(self) -> None:
        """Take up nothing more."""
        self._stopping = True
        self._office.bell.set()

    async def _refill(self) -> None:
        """Read what was posted since the last look; bulk in portions, so that it never fills the memory."""
        news, self._office.news = self._office.news, False
        wanted = [PERSONAL] if news and len(self._shelf) < AT_HAND else []
        if (news or self._more_bulk) and self._shelf.count(Lane.BULK) < PORTION // 2:
            wanted.append(BULKY)
        if not wanted:
            return

        def read(opened: Opened) -> list[Sequence[Waiting]]:
            return [opened.books.outbox.after(lanes, self._read[lanes], PORTION) for lanes in wanted]

        for lanes, parcels in zip(wanted, await self._office.read(read), strict=True):
            self._shelf.add(parcels)
            if parcels:
                self._read[lanes] = parcels[-1].id
            if lanes is BULKY:
                self._more_bulk = len(parcels) == PORTION
            elif len(parcels) == PORTION:
                self._office.news = True

    def _take_off(self) -> None:
        for lane in Lane:
            while self._has_room(lane):
                now = time.monotonic()
                if self._budget.whole_wait(now, bulk=lane is Lane.BULK) > 0:
                    break
                run = self._shelf.pick(lane, self._office.clock(), now, partial(self._free, now))
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
            self._shelf.leave(parcel.stream, ())
            self._budget.hold(parcel.chat_id, wait, now)
            return True
        self._budget.spend(parcel.chat_id, now, messages)
        return False

    def _has_room(self, lane: Lane) -> bool:
        if lane is not Lane.BULK:
            return len(self._flying) < self._window
        # after trouble one goes ahead and finds out whether it is over: it alone would be uncertain
        most = 1 if self._rests.troubled(BULK) else max(1, self._window - RESERVED)
        bulk = sum(each is Lane.BULK for each in self._flying.values())
        return len(self._flying) < self._window and bulk < most

    def _free(self, now: float, doorway: Doorway) -> bool:
        chat_id, reactions = doorway
        wait = self._budget.penalty if reactions else self._budget.chat_wait
        return wait(chat_id, now) <= 0

    def _landed(self, task: asyncio.Task[None]) -> None:
        del self._flying[task]
        self._office.bell.set()

    async def _rest(self) -> None:
        pulse = PULSE if len(self._shelf) > 0 else None
        try:
            await asyncio.wait_for(self._office.bell.wait(), pulse)
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
            self._shelf.leave(parcel.stream, gone, rest_until=now + rest if rest else 0.0)

    async def _stumble(self, waiting: Waiting) -> tuple[Sequence[Waiting], float]:
        """The fault is ours: try again, but do not let what waits behind wait for ever."""
        self._failures[waiting.id] += 1
        if self._failures[waiting.id] < TRIES:
            return (), self._rests.longer(waiting.parcel.stream)
        del self._failures[waiting.id]
        await self._office.run(partial(settling.set_aside, waiting))
        return (waiting,), 0.0

    async def _attempt(self, run: list[Waiting]) -> tuple[Sequence[Waiting], float]:
        """Make the run's next call: which parcels are gone, and how long its stream must rest."""
        parcel = run[0].parcel
        if parcel.expires_at is not None and parcel.expires_at < self._office.clock():
            return await self._judge.expire(run[:1]), 0.0
        loaded = await self._office.read(lambda opened: load(opened, run))
        if not loaded.run:
            return run, 0.0
        places = self._office.profile.places
        step = next_step(loaded, places, self._judge.manner(loaded))
        verdict = Took(None) if step.call is None else await self._call(step.call)
        gone, rest = await self._judge.judge(loaded, step, verdict)
        if parcel.lane is Lane.BULK and not gone:
            await self._office.read(partial(settling.not_sent, loaded.run))
        return [*gone, *loaded.replaced], rest

    async def _call(self, call: Call) -> Verdict:
        packed = await self._luggage.pack(call)
        verdict = await self._door.call(packed.call)
        await self._luggage.sent(packed, verdict)
        return verdict

    def _notice_move(self) -> None:
        """If addresses have changed, whoever found out, read the outbox anew."""
        if self._group == self._office.profile.places.group:
            return
        self._group = self._office.profile.places.group
        self._shelf.clear()
        self._read = {PERSONAL: 0, BULKY: 0}
        self._more_bulk = self._office.news = True
        self._office.bell.set()
