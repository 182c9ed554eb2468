"""The updates that are still to be handled, in memory: one chat at a time, each chat in its order."""

from collections import deque
from collections.abc import Iterable, Sequence

from storage.inbox import WaitingUpdate

MOST = 20_000
"""Above this many no more are held in memory; they wait in the inbox."""


class Backlog:
    """Updates as they came, and chats that rest after a failure; times are seconds of a monotonic clock."""

    def __init__(self) -> None:
        self._updates: deque[WaitingUpdate] = deque()
        self._held: set[int] = set()
        self._resting: dict[str, float] = {}

    def __len__(self) -> int:
        return len(self._updates)

    @property
    def is_full(self) -> bool:
        """Whether it holds as many as it may."""
        return len(self._updates) >= MOST

    @property
    def rests(self) -> bool:
        """Whether any chat rests."""
        return bool(self._resting)

    def add(self, updates: Iterable[WaitingUpdate]) -> None:
        """Put them at the end; those held already stay where they are."""
        for update in updates:
            if update.update_id not in self._held:
                self._held.add(update.update_id)
                self._updates.append(update)

    def take(self, most: int, now: float) -> list[WaitingUpdate]:
        """The oldest that may be handled now, out of the backlog: other chats do not wait for one at rest."""
        ready: list[WaitingUpdate] = []
        left: deque[WaitingUpdate] = deque()
        while self._updates and len(ready) < most:
            update = self._updates.popleft()
            rests = self._resting and self._resting.get(update.stream, 0.0) > now
            (left if rests else ready).append(update)
        self._updates.extendleft(reversed(left))
        return ready

    def done(self, update: WaitingUpdate) -> None:
        """It was handled, or set aside for good."""
        self._held.discard(update.update_id)
        self._resting.pop(update.stream, None)

    def put_back(self, updates: Sequence[WaitingUpdate]) -> None:
        """Those that are to be handled again, in their order, before everything else."""
        self._updates.extendleft(reversed(updates))

    def rest(self, update: WaitingUpdate, until: float) -> None:
        """Its chat is left alone for a while."""
        self._resting[update.stream] = until
