"""The backlog: updates of the inbox that are still to be handled, by streams that are served in turn."""

from collections import OrderedDict, deque
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.engine.pacing.allowance import Allowance
from storage.inbox import WaitingUpdate

MOST = 20_000
"""Above this many no more are held in memory; they wait in the inbox."""
MOST_OF_ONE = 500
"""Of one stream no more than this many are held: who sends more leaves room for others."""
FAR, GATHERED = 100, 50
"""With so many waiting, who is beyond their allowance is far beyond; so many of theirs may go as one."""
A_TURN = 8
"""So many updates of one stream are handed out at once, at most."""
SLOW_STREAMS = 8
"""So many streams beyond their allowance get one update each, when nobody else waits."""


class Backlog:
    """Holds unhandled updates in the order of their streams; times are monotonic seconds.

    Streams are served in turn. Whoever has used up their allowance waits behind everybody who has not.
    """

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        self._streams: OrderedDict[str, deque[WaitingUpdate]] = OrderedDict()
        self._held: set[int] = set()
        self._waiting = 0
        self._resting: dict[str, float] = {}
        self._more: dict[str, int] = {}
        self._apart: set[str] = set()

    def __len__(self) -> int:
        return self._waiting

    @property
    def is_full(self) -> bool:
        """Whether it holds as many updates as it may."""
        return self._waiting >= MOST

    @property
    def rests(self) -> bool:
        """Whether any chat rests."""
        return bool(self._resting)

    def add(self, updates: Iterable[WaitingUpdate]) -> None:
        """Put updates at the ends of their streams; those that are held already keep their position."""
        for update in updates:
            if update.update_id in self._held:
                continue
            waiting = self._streams.setdefault(update.stream, deque())
            if update.stream in self._more or len(waiting) >= MOST_OF_ONE:
                before = waiting[-1].update_id if waiting else -1
                self._more[update.stream] = min(self._more.get(update.stream, before), update.update_id - 1)
                continue
            self._held.add(update.update_id)
            waiting.append(update)
            self._waiting += 1

    def wanted(self) -> tuple[str, int] | None:
        """A stream of which more waits in the inbox, if there is room for it, and after which update."""
        for stream, after in self._more.items():
            if len(self._streams.get(stream, ())) <= MOST_OF_ONE // 2:
                return stream, after
        return None

    def read_on(self, stream: str, found: Sequence[WaitingUpdate], *, all_of_it: bool) -> None:
        """Add what was read of a stream of which more waits."""
        del self._more[stream]
        self.add(found)
        if not all_of_it and found:
            self._more.setdefault(stream, found[-1].update_id)

    def take(self, most: int, now: float) -> list[WaitingUpdate]:
        """Take out updates of each stream in turn; of those beyond their allowance if nobody else waits."""
        taken: list[WaitingUpdate] = []
        slow: list[str] = []
        at_once = max(1, min(A_TURN, most // max(1, len(self._streams))))
        for stream in list(self._streams):
            if len(taken) >= most:
                break
            waiting = self._streams[stream]
            if not waiting and stream not in self._more:
                del self._streams[stream]
            if not waiting or self._resting.get(stream, 0.0) > now:
                continue
            allowed = self._allowance.of(stream, now)
            if allowed < 1:
                slow.append(stream)
            else:
                taken += self._hand_out(stream, int(min(at_once, most - len(taken), allowed)), now)
        if not taken:
            for stream in slow[:SLOW_STREAMS]:
                taken.append(self._gathered(stream, now))
        return taken

    def _gathered(self, stream: str, now: float) -> WaitingUpdate:
        """The next update of a stream; if far too many wait, with others to be handled as one."""
        waiting = self._streams[stream]
        alone = len(waiting) <= FAR or stream in self._apart or bool(waiting[0].parts)
        found = self._hand_out(stream, 1 if alone else GATHERED, now)
        return found[0] if alone else replace(found[0], parts=tuple(found))

    def keep_apart(self, stream: str) -> None:
        """Gather nothing of a stream until all of it is handled, because what was gathered failed."""
        self._apart.add(stream)

    def _hand_out(self, stream: str, many: int, now: float) -> list[WaitingUpdate]:
        waiting = self._streams[stream]
        found = [waiting.popleft() for _ in range(min(many, len(waiting)))]
        self._waiting -= len(found)
        self._allowance.spend(stream, len(found), now)
        if waiting or stream in self._more:
            self._streams.move_to_end(stream)
        else:
            del self._streams[stream]
            self._apart.discard(stream)
        return found

    def done(self, update: WaitingUpdate) -> None:
        """Forget an update that was handled or put into quarantine; its chat rests no more."""
        self._held.difference_update(each.update_id for each in update.whole)
        self._resting.pop(update.stream, None)

    def put_back(self, updates: Sequence[WaitingUpdate]) -> None:
        """Put updates that must be handled again before all others, in their order."""
        for update in reversed(updates):
            self._streams.setdefault(update.stream, deque()).appendleft(update)
            self._streams.move_to_end(update.stream, last=False)
            self._allowance.spend(update.stream, -1, 0.0)
        self._waiting += len(updates)

    def rest(self, update: WaitingUpdate, until: float) -> None:
        """Hand out no update of its chat before that time."""
        self._resting[update.stream] = until
