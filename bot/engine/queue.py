"""The queue: the outbox's waiting parcels in memory, by lane, chat and stream."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from desk.content import ALBUM_LIMIT
from desk.post import Lane
from storage.outbox import WaitingParcel

Key = tuple[Lane, str]
Gate = tuple[int, bool]
"""A chat, and whether for reactions only: those do not count against its budget."""


class Queue:
    """Holds waiting parcels; the first of a stream is always its oldest."""

    def __init__(self) -> None:
        self._streams: dict[Key, deque[WaitingParcel]] = {}
        self._gates: dict[Lane, dict[Gate, dict[str, None]]] = {lane: {} for lane in Lane}
        self._known: dict[int, WaitingParcel] = {}
        self._busy: set[str] = set()
        self._resting: dict[str, float] = {}
        self._apart: set[int] = set()

    def __len__(self) -> int:
        return len(self._known)

    def count(self, lane: Lane) -> int:
        """How many parcels of a lane are held."""
        return sum(
            len(self._streams[lane, stream]) for streams in self._gates[lane].values() for stream in streams
        )

    def add(self, parcels: Iterable[WaitingParcel]) -> None:
        """Put parcels at the ends of their streams; those that are held already keep their position."""
        for waiting in parcels:
            if waiting.id in self._known:
                continue
            self._known[waiting.id] = waiting
            lane, stream = waiting.parcel.lane, waiting.stream
            self._streams.setdefault((lane, stream), deque()).append(waiting)
            self._gates[lane].setdefault(_gate(waiting), {})[stream] = None

    def pick(
        self, lane: Lane, now: datetime, instant: float, free: Callable[[Gate], bool]
    ) -> list[WaitingParcel]:
        """Take up the oldest run of a stream that is due and whose chat is free; [] if there is none.

        A run is one parcel, or several neighbours that may be sent as one. Its stream rests until `leave`.
        """
        for gate, streams in self._gates[lane].items():
            if not free(gate):
                continue
            for stream in streams:
                if self._may_go(lane, stream, now, instant):
                    self._busy.add(stream)
                    return self._run(self._streams[lane, stream])
        return []

    def leave(self, stream: str, gone: Iterable[WaitingParcel], *, rest_until: float = 0.0) -> None:
        """End a picked run: parcels that are gone leave the queue, the others may be picked after a rest."""
        self._busy.discard(stream)
        if rest_until:
            self._resting[stream] = rest_until
        else:
            self._resting.pop(stream, None)
        for waiting in gone:
            self._remove(waiting)

    def drop(self, numbers: Iterable[int]) -> None:
        """Remove parcels that were replaced, unless they are being sent."""
        for number in numbers:
            waiting = self._known.get(number)
            if waiting is not None:
                self._remove(waiting)

    def take_apart(self, run: Iterable[WaitingParcel]) -> None:
        """Let parcels that were refused together go one by one."""
        self._apart.update(waiting.id for waiting in run)

    def exchange(self, left: WaitingParcel) -> None:
        """Put what is left of a parcel in its place, if it is held here."""
        known = self._known.get(left.id)
        if known is not None:
            queue = self._streams[left.parcel.lane, left.stream]
            queue[queue.index(known)] = self._known[left.id] = left

    def clear(self) -> None:
        """Forget everything that is not being sent: addresses have changed, and the outbox is read again."""
        for lane in Lane:
            self._gates[lane].clear()
        self._streams.clear()
        self._known.clear()
        self._resting.clear()

    def _may_go(self, lane: Lane, stream: str, now: datetime, instant: float) -> bool:
        if stream in self._busy or self._resting.get(stream, 0.0) > instant:
            return False
        return self._streams[lane, stream][0].due_at <= now

    def _run(self, queue: deque[WaitingParcel]) -> list[WaitingParcel]:
        first = queue[0]
        run = [first]
        if first.parcel.merge is not None and first.id not in self._apart:
            for waiting in list(queue)[1 : ALBUM_LIMIT * 5]:
                if waiting.parcel.merge != first.parcel.merge or waiting.id in self._apart:
                    break
                run.append(waiting)
        return run

    def _remove(self, waiting: WaitingParcel) -> None:
        lane, stream = waiting.parcel.lane, waiting.stream
        self._known.pop(waiting.id, None)
        self._apart.discard(waiting.id)
        queue = self._streams.get((lane, stream))
        if queue is None or waiting not in queue:
            return
        queue.remove(waiting)
        if not queue:
            del self._streams[lane, stream]
            gate = _gate(waiting)
            streams = self._gates[lane][gate]
            del streams[stream]
            if not streams:
                del self._gates[lane][gate]


def _gate(waiting: WaitingParcel) -> Gate:
    return waiting.chat_id, waiting.parcel.is_reaction


def weight(run: Sequence[WaitingParcel]) -> int:
    """How many messages of Telegram's limits a run may take: each picture of an album counts."""
    together = run[0].parcel.merge is not None and run[0].parcel.merge != "text"
    return min(len(run), ALBUM_LIMIT) if together else 1
