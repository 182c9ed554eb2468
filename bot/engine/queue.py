"""The sender's queue: what waits in the outbox, in memory, each stream in its order."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from desk.content import ALBUM_LIMIT
from desk.post import Lane
from storage.outbox import Waiting

Key = tuple[Lane, str]
Doorway = tuple[int, bool]
"""A chat, and whether for reactions only: those do not count against its budget."""


class Queue:
    """Parcels by lane, chat and stream; the head of a stream is always its oldest."""

    def __init__(self) -> None:
        self._streams: dict[Key, deque[Waiting]] = {}
        self._clients: dict[Lane, dict[Doorway, dict[str, None]]] = {lane: {} for lane in Lane}
        self._known: set[int] = set()
        self._busy: set[str] = set()
        self._resting: dict[str, float] = {}

    def __len__(self) -> int:
        return len(self._known)

    def count(self, lane: Lane) -> int:
        """How many parcels of a lane are at hand."""
        return sum(
            len(self._streams[lane, stream]) for streams in self._clients[lane].values() for stream in streams
        )

    def add(self, parcels: Iterable[Waiting]) -> None:
        """Put parcels at the ends of their streams; those at hand already stay as they are."""
        for waiting in parcels:
            if waiting.id in self._known:
                continue
            self._known.add(waiting.id)
            lane, stream = waiting.parcel.lane, waiting.parcel.stream
            self._streams.setdefault((lane, stream), deque()).append(waiting)
            self._clients[lane].setdefault(_doorway(waiting), {})[stream] = None

    def pick(
        self, lane: Lane, now: datetime, instant: float, free: Callable[[Doorway], bool]
    ) -> list[Waiting]:
        """Take up the oldest run of a stream that is due and whose chat is free; [] if there is none.

        A run is one parcel, or several neighbours that may be sent as one. Its stream backoff until `leave`.
        """
        for doorway, streams in self._clients[lane].items():
            if not free(doorway):
                continue
            for stream in streams:
                if self._may_go(lane, stream, now, instant):
                    self._busy.add(stream)
                    return self._run(self._streams[lane, stream])
        return []

    def leave(self, stream: str, gone: Iterable[Waiting], *, rest_until: float = 0.0) -> None:
        """The run is over: what has gone leaves the queue, what is left may be tried after a rest."""
        self._busy.discard(stream)
        if rest_until:
            self._resting[stream] = rest_until
        else:
            self._resting.pop(stream, None)
        for waiting in gone:
            self._remove(waiting)

    def clear(self) -> None:
        """Forget what is not in flight: addresses have changed, and it will be read again."""
        for lane in Lane:
            self._clients[lane].clear()
        self._streams.clear()
        self._known.clear()
        self._resting.clear()

    def _may_go(self, lane: Lane, stream: str, now: datetime, instant: float) -> bool:
        if stream in self._busy or self._resting.get(stream, 0.0) > instant:
            return False
        return self._streams[lane, stream][0].due_at <= now

    @staticmethod
    def _run(queue: deque[Waiting]) -> list[Waiting]:
        first = queue[0]
        run = [first]
        if first.parcel.act == "carry" and first.parcel.merge is not None:
            for waiting in list(queue)[1 : ALBUM_LIMIT * 5]:
                if waiting.parcel.act != "carry" or waiting.parcel.merge != first.parcel.merge:
                    break
                run.append(waiting)
        return run

    def _remove(self, waiting: Waiting) -> None:
        lane, stream = waiting.parcel.lane, waiting.parcel.stream
        self._known.discard(waiting.id)
        queue = self._streams.get((lane, stream))
        if queue is None or waiting not in queue:
            return
        queue.remove(waiting)
        if not queue:
            del self._streams[lane, stream]
            doorway = _doorway(waiting)
            streams = self._clients[lane][doorway]
            del streams[stream]
            if not streams:
                del self._clients[lane][doorway]


def _doorway(waiting: Waiting) -> Doorway:
    return waiting.parcel.chat_id, waiting.parcel.is_reaction


def weight(run: Sequence[Waiting]) -> int:
    """How many messages the run may become: Telegram counts each picture of an album."""
    together = run[0].parcel.merge is not None and run[0].parcel.merge != "text"
    return min(len(run), ALBUM_LIMIT) if together else 1
