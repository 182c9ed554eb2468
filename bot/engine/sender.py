"""The sender: takes the oldest run of each stream, makes its next call, and settles what came of it."""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from functools import partial
from math import ceil
from typing import Generic

import structlog

from bot.engine import settling
from bot.engine.backoff import BULK, LONGEST, Backoff
from bot.engine.front import C, Front
from bot.engine.outcomes import Outcomes, RunResult
from bot.engine.pace import Budget, Pace
from bot.engine.queue import Queue
from bot.engine.telling import describe
from bot.engine.turns import Flight, Turns
from bot.engine.units import Units
from bot.engine.verdicts import CallAccepted
from bot.rooms.desk_rooms import DeskRooms
from desk.paid import PaidPace
from desk.post import Lane
from storage.engine.trouble import trouble_of
from storage.outbox import WaitingParcel

log = structlog.get_logger("sender")

Lanes = tuple[Lane, ...]
PERSONAL: Lanes = (Lane.REPLY, Lane.INCIDENT, Lane.SURVEY, Lane.ALARM)
BULKY: Lanes = (Lane.PAID, Lane.BULK)
AT_HAND = 20_000
"""Above this many parcels in memory no more are held; they wait in the outbox."""
PORTION = 1000
PULSE = 0.02
"""Seconds between looks at the queue while something in it waits for its time."""
TRIES = 3
"""How often we fail at a parcel ourselves before it is set aside."""
READING = 8
"""Runs whose needs may be read while the window is full: reading leaves nothing uncertain."""
RESERVED = 2
"""Places in the window that bulk may not take."""
CALL_TAKES, MOST_WIDE = 0.1, 60
"""Seconds of a call that the window of what is paid for has room for, and the most calls at once in it."""
FRESH = 1.0
"""Seconds for which what was read for a run's next call is good enough."""


class Sender(Generic[C]):
    """Sends the parcels of one desk through one front."""

    def __init__(self, units: Units, front: Front[C], pace: Pace, window: int) -> None:
        self._units, self._front, self._window = units, front, window
        paid = units.profile.paid
        self._budget, self._backoff = Budget(pace, paid.per_second if paid else 0.0), Backoff()
        self._wide = paid_window(window, paid)
        self._queue = Queue()
        self._turns = Turns(self._queue, self._budget)
        self._read: dict[Lanes, int] = {PERSONAL: 0, BULKY: 0}
        self._behind, self._news, self._more_bulk = True, False, True
        """Whether more waits in the outbox than is held here; whether any came while it was being read."""
        self._flying: dict[asyncio.Task[None], Lane] = {}
        self._failures = Counter[int]()
        self._outcomes = Outcomes(units, front, self._budget, self._backoff)
        self._contexts: dict[int, tuple[C, float]] = {}
        self._room, self._paid_room = asyncio.Semaphore(window), asyncio.Semaphore(self._wide)
        self._bell = asyncio.Event()
        self._stopping = False
        self._groups, self._moved = units.profile.places.groups, False

    async def run(self) -> None:
        """Send until stopped, then finish the calls that are on their way."""
        await self._units.write(settling.park_interrupted)
        for chat_id, seconds in await self._units.look(settling.penalties):
            self._budget.hold(chat_id, seconds, time.monotonic())
        while not self._stopping:
            self._bell.clear()
            if self._follows_moves():
                await self._refill()
                self._take_off()
            await self._rest()
        if self._flying:
            await asyncio.wait(self._flying)

    @property
    def in_flight(self) -> int:
        """How many calls are on their way or about to be made."""
        return len(self._flying)

    @property
    def budget(self) -> Budget:
        """What may be sent when."""
        return self._budget

    def stop(self) -> None:
        """Begin no more calls."""
        self._stopping = True
        self._bell.set()

    def posted(self, parcels: Sequence[WaitingParcel], replaced: Sequence[int]) -> None:
        """Take over parcels that were just committed to the outbox, and drop those they replaced."""
        self._queue.drop(replaced)
        personal = [each for each in parcels if not each.parcel.lane.is_bulk]
        self._more_bulk |= len(personal) < len(parcels)
        if self._behind or len(self._queue) >= AT_HAND:
            self._behind = self._news = True
        elif personal:
            self._queue.add(personal)
            self._read[PERSONAL] = max(self._read[PERSONAL], personal[-1].id)
        self._bell.set()

    async def _refill(self) -> None:
        """Read parcels of the outbox that are not held here; bulk in portions, to bound the memory."""
        wanted = [PERSONAL] if self._behind and len(self._queue) < AT_HAND else []
        if self._more_bulk and sum(map(self._queue.count, BULKY)) < PORTION // 2:
            wanted.append(BULKY)
        for lanes in wanted:
            self._news = False
            after = partial(_after, lanes, self._read[lanes])
            parcels = await self._units.look(after)
            self._queue.add(parcels)
            if parcels:
                self._read[lanes] = parcels[-1].id
            if lanes is BULKY:
                self._more_bulk = len(parcels) == PORTION
            else:
                self._behind = self._news or len(parcels) == PORTION
        if self._behind:
            self._bell.set()

    def _take_off(self) -> None:
        now = time.monotonic()
        for lane in self._turns.overdue(now):
            self._begin(lane, overdue=True)
        for lane in Lane:
            while self._begin(lane):
                pass

    def _begin(self, lane: Lane, *, overdue: bool = False) -> bool:
        """Send off the next run of a lane; False if nothing of it may go now."""
        if not self._has_room(lane, overdue=overdue):
            return False
        flight = self._turns.next(lane, time.monotonic(), overdue=overdue)
        if flight is None:
            return False
        task = asyncio.create_task(self._carry(flight), name=f"carry {flight.run[0].id}")
        self._flying[task] = lane
        task.add_done_callback(self._landed)
        return True

    def _has_room(self, lane: Lane, *, overdue: bool) -> bool:
        flying, whole = Counter(self._flying.values()), self._window + READING
        others = flying.total() - flying[Lane.PAID]  # what is paid for takes nobody else's place
        if not lane.is_bulk:
            return others < whole
        # after trouble one goes ahead and finds out whether it is over: it alone would be uncertain
        if self._backoff.troubled(BULK):
            most = 1
        else:
            most = self._wide if lane is Lane.PAID else max(1, self._window - RESERVED)
        free = lane is Lane.PAID or others < (whole if overdue else self._window)
        return free and flying[lane] < most

    def _landed(self, task: asyncio.Task[None]) -> None:
        del self._flying[task]
        self._bell.set()

    async def _rest(self) -> None:
        pulse = PULSE if len(self._queue) > 0 else None
        try:
            async with asyncio.timeout(pulse):
                await self._bell.wait()
        except TimeoutError:
            return

    async def _carry(self, flight: Flight) -> None:
        first = flight.run[0]
        result: RunResult[C] = RunResult(rest=LONGEST)
        try:
            result = await self._attempt(flight)
        except Exception as error:
            trouble = trouble_of(error)
            if trouble is not None:  # the machine lacks something: no parcel's fault
                log.error("the system lacks something; a parcel waits", trouble=trouble.value)
                result = RunResult(rest=self._backoff.longer(first.stream))
            else:
                body = type(first.parcel.body).__name__
                log.exception("a parcel could not be handled", parcel=first.id, body=body)
                result = await self._stumble(first, describe(error))
        finally:
            self._turns.landed(flight, result.gone, time.monotonic(), result.rest)

    async def _stumble(self, waiting: WaitingParcel, error: str) -> RunResult[C]:
        """An error of our own: try again, and set the parcel aside after several tries."""
        self._failures[waiting.id] += 1
        if self._failures[waiting.id] < TRIES:
            return RunResult(rest=self._backoff.longer(waiting.stream))
        del self._failures[waiting.id]
        try:
            await self._units.write(partial(settling.set_aside, waiting, error))
        except Exception as untold:  # nobody hears of it, but what is behind it goes on
            log.error("whoever waits for a parcel could not be told", error=describe(untold))
            await self._units.write(partial(settling.set_aside, waiting, error, tell=False))
        return RunResult((waiting,))

    async def _attempt(self, flight: Flight) -> RunResult[C]:
        """Make the run's next call, and act on its verdict."""
        run, parcel = flight.run, flight.run[0].parcel
        if run[0].stale is not None and run[0].stale < time.monotonic():
            return await self._outcomes.expire(run[:1])
        paid = parcel.lane is Lane.PAID
        if paid and not self._budget.pays(time.monotonic()):
            return await self._outcomes.unpaid(run[:1])
        context = await self._context(run)
        if not context.run:
            return RunResult(run)
        async with self._paid_room if paid else self._room:
            step = self._front.step(context, self._outcomes.learnt(context.run))
            if step.call is not None:  # what comes before a run's own call is one message
                flight.sent = flight.messages if step.last else 1
            flight.called = time.monotonic()
            verdict = CallAccepted(None) if step.call is None else await self._front.call(step)
            flight.answered = time.monotonic()
            result = await self._outcomes.judge(context, step, verdict)
        self._moved |= result.moved
        self._queue.take_apart(result.apart)
        if result.left is not None:
            self._queue.exchange(result.left)
        if result.context is not None:
            self._contexts[run[0].id] = result.context, time.monotonic()
        if parcel.lane.is_bulk and not result.gone:
            await self._units.write(partial(settling.not_sent, context.run))
        return RunResult([*result.gone, *context.replaced], result.rest)

    async def _context(self, run: list[WaitingParcel]) -> C:
        """The run's context: at hand, read together with the step before, or read now."""
        learnt = self._outcomes.learnt(run)
        at_hand = self._front.at_hand(run, learnt, time.monotonic())
        if at_hand is not None:
            return at_hand
        known, at = self._contexts.pop(run[0].id, (None, 0.0))
        if known is not None and time.monotonic() - at < FRESH and known.run == tuple(run):
            return known
        return await self._units.write(lambda rooms: self._front.read(rooms, run, learnt))

    def _follows_moves(self) -> bool:
        """Read the outbox anew if chats have other ids now; False while calls to the old ones are in flight.

        A parcel in flight would be read a second time, and sent twice.
        """
        self._moved |= self._groups != self._units.profile.places.groups
        if self._moved and self._flying:
            return False
        if self._moved:
            self._moved, self._groups = False, self._units.profile.places.groups
            self._queue.clear()
            self._contexts.clear()
            self._read = {PERSONAL: 0, BULKY: 0}
            self._more_bulk = self._behind = True
        return True


def paid_window(window: int, paid: PaidPace | None) -> int:
    """How many calls may be on their way at once where what is paid for goes quicker than the rest."""
    return window if paid is None else max(window, min(MOST_WIDE, ceil(paid.per_second * CALL_TAKES)))


def _after(lanes: Lanes, number: int, rooms: DeskRooms) -> Sequence[WaitingParcel]:
    return rooms.stores.outbox.after(lanes, number, PORTION)
