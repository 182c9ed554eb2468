"""The backlog: updates of the inbox that are still to be handled, held in memory in their order."""

from collections import deque
from collections.abc import Iterable, Sequence

from storage.inbox import WaitingUpdate

MOST = 20_000
"""Above this many no more are held in memory; they wait in the inbox."""


class Backlog:
    """Holds unhandled updates and the chats that rest after a failure; times are monotonic seconds."""

    def __init__(self) -> None:
        self._updates: deque[WaitingUpdate] = deque()
        self._held: set[int] = set()
        self._resting: dict[str, float] = {}

    def __len__(self) -> int:
        return len(self._updates)

    @property
    def is_full(self) -> bool:
        """Whether it holds as many updates as it may."""
        return len(self._updates) >= MOST

    @property
    def rests(self) -> bool:
        """Whether any chat rests."""
        return bool(self._resting)

    def add(self, updates: Iterable[WaitingUpdate]) -> None:
        """Put updates at the end; those that are held already keep their position."""
        for update in updates:
            if update.update_id not in self._held:
                self._held.add(update.update_id)
                self._updates.append(update)

    def take(self, most: int, now: float) -> list[WaitingUpdate]:
        """Take out the oldest updates that may be handled now, passing over chats that rest."""
        ready: list[WaitingUpdate] = []
        left: deque[WaitingUpdate] = deque()
        while self._updates and len(ready) < most:
            update = self._updates.popleft()
            rests = self._resting and self._resting.get(update.stream, 0.0) > now
            (left if rests else ready).append(update)
        self._updates.extendleft(reversed(left))
        return ready

    def done(self, update: WaitingUpdate) -> None:
        """Forget an update that was handled or put into quarantine; its chat rests no more."""
        self._held.discard(update.update_id)
        self._resting.pop(update.stream, None)

    def put_back(self, updates: Sequence[WaitingUpdate]) -> None:
        """Put updates that must be handled again before all others, in their order."""
        self._updates.extendleft(reversed(updates))

    def rest(self, update: WaitingUpdate, until: float) -> None:
        """Hand out no update of its chat before that time."""
        self._resting[update.stream] = until
