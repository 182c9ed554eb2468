"""The tally: what a desk has done since the start, counted in memory while it does it."""

import time
from bisect import bisect_left
from collections import Counter, OrderedDict
from collections.abc import Iterable

from bot.engine.verdicts import CallRefused, Verdict
from bot.rooms.stores import Stores
from bot.telegram.refusals import reason_of
from desk.post import Lane, Outcome
from storage.outbox import WaitingParcel

BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0, 3600.0)
"""Seconds between which waits are told apart."""
REMEMBERED = 50_000
"""So many updates and parcels are remembered with the moment they came; of others no wait is told."""
POLL = "getUpdates"


class WaitSpread:
    """How long things took, by the bounds between which it was."""

    def __init__(self) -> None:
        self.counts = [0] * (len(BOUNDS) + 1)
        self.total = 0.0

    def add(self, seconds: float) -> None:
        """Count one."""
        self.counts[bisect_left(BOUNDS, seconds)] += 1
        self.total += seconds


class Since:
    """When things began to wait, by their numbers."""

    def __init__(self) -> None:
        self._moments: OrderedDict[int, float] = OrderedDict()

    def begin(self, numbers: Iterable[int], now: float) -> None:
        """They wait from now on."""
        for number in numbers:
            self._moments[number] = now
        while len(self._moments) > REMEMBERED:
            self._moments.popitem(last=False)

    def end(self, number: int, now: float) -> float | None:
        """It waits no more; for how many seconds it did, if that is known."""
        begun = self._moments.pop(number, None)
        return None if begun is None else now - begun


class Tally:
    """Counts what one desk does; times are seconds of a monotonic clock."""

    def __init__(self) -> None:
        self.updates = Counter[str]()
        self.update_waits = WaitSpread()
        self.posted = Counter[Lane]()
        self.settled = Counter[tuple[Lane, str]]()
        self.parcel_waits = {lane: WaitSpread() for lane in Lane}
        self.calls = Counter[tuple[str, str]]()
        self.call_waits = WaitSpread()
        self.refusals = Counter[str]()
        self.questions = Counter[str]()
        self.ratings = Counter[int]()
        self.alerts = Counter[tuple[str, str]]()
        self.letters = Counter[tuple[str, str]]()
        self.handled_at = self.settled_at = time.monotonic()
        self._updates, self._parcels = Since(), Since()

    def durable(self, stores: Stores) -> None:
        """Count what a unit of work has done, once it is durable; a unit that is undone counts nothing."""
        opened, now = vars(stores), time.monotonic()
        if "inbox" in opened:
            self._count_updates(stores, now)
        if "outbox" in opened:
            self._count_posted(stores.outbox.posted, now)
            for waiting, outcome in stores.outbox.settled:
                self._count_settled(waiting, outcome, now)
        if "questions" in opened:
            self.questions.update(stores.questions.kept)
        if "surveys" in opened:
            self.ratings.update(stores.surveys.rated)

    def letter(self, channel: str, outcome: str) -> None:
        """Count an attempt to send a letter."""
        self.letters[channel, outcome] += 1

    def heard(self, method: str, verdict: Verdict, seconds: float) -> None:
        """Count a call of the Bot API and what came of it."""
        kind = type(verdict).__name__
        self.calls[method, kind] += 1
        if method != POLL:
            self.call_waits.add(seconds)
        if isinstance(verdict, CallRefused):
            self.refusals[reason_of(verdict.description) or "other"] += 1

    def _count_updates(self, stores: Stores, now: float) -> None:
        inbox = stores.inbox
        self._updates.begin(inbox.taken, now)
        self.updates["taken"] += len(inbox.taken)
        self.updates["failed"] += inbox.failed
        for number in inbox.handled:
            self.handled_at = now
            self.updates["handled"] += 1
            waited = self._updates.end(number, now)
            if waited is not None:
                self.update_waits.add(waited)

    def _count_posted(self, posted: Iterable[WaitingParcel], now: float) -> None:
        for waiting in posted:
            self.posted[waiting.parcel.lane] += 1
            if not waiting.parcel.wait:  # what is to go later waits on purpose
                self._parcels.begin([waiting.id], now)

    def _count_settled(self, waiting: WaitingParcel, outcome: Outcome, now: float) -> None:
        lane, self.settled_at = waiting.parcel.lane, now
        self.settled[lane, type(outcome).__name__.lower()] += 1
        waited = self._parcels.end(waiting.id, now)
        if waited is not None:
            self.parcel_waits[lane].add(waited)
