"""The queue: the outbox's waiting parcels in memory, by lane, chat and stream, served in turn."""

from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from desk.content import ALBUM_LIMIT
from desk.post import Lane
from storage.outbox import WaitingParcel

Key = tuple[Lane, str]
Gate = tuple[int, bool]
"""A chat, and whether for reactions only: those do not count against its budget."""
RECENT = 60.0
"""Seconds after which a stream that was served, and has nothing left, counts as new again."""
AHEAD = 3
"""How many runs of newcomers go before one of the others has its turn, where both wait in one chat."""


@dataclass(slots=True)
class ChatStreams:
    """The streams of one chat in one lane: newcomers in the order of their coming, the others in turn."""

    new: OrderedDict[str, None] = field(default_factory=OrderedDict)
    known: OrderedDict[str, None] = field(default_factory=OrderedDict)
    ahead: int = 0

    def in_order(self) -> Iterable[tuple[bool, OrderedDict[str, None]]]:
        """Whether they are newcomers, and those streams: who goes first comes first."""
        both = ((True, self.new), (False, self.known))
        return reversed(both) if self.ahead >= AHEAD and self.known else both

    def take(self, stream: str, *, new: bool) -> None:
        """Count a turn; of those who are served in turn it is the last one now."""
        if new:
            self.ahead += 1 if self.known else 0
        else:
            self.ahead = 0
            self.known.move_to_end(stream)


class Queue:
    """Holds waiting parcels; the first of a stream is always its oldest.

    A stream that has waited for nothing lately is a newcomer until its first run is gone: a topic that has to
    be made, a card and the first message then go before the backlogs of others.
    """

    def __init__(self) -> None:
        self._streams: dict[Key, deque[WaitingParcel]] = {}
        self._gates: dict[Lane, OrderedDict[Gate, ChatStreams]] = {lane: OrderedDict() for lane in Lane}
        self._known: dict[int, WaitingParcel] = {}
        self._counts = Counter[Lane]()
        self._served: dict[str, float] = {}
        """When each stream was last served, the oldest first."""
        self._busy: set[str] = set()
        self._resting: dict[str, float] = {}
        self._apart: set[int] = set()

    def __len__(self) -> int:
        return len(self._known)

    def count(self, lane: Lane) -> int:
        """How many parcels of a lane are held."""
        return self._counts[lane]

    def add(self, parcels: Iterable[WaitingParcel]) -> None:
        """Put parcels at the ends of their streams; those that are held already keep their position."""
        for waiting in parcels:
            if waiting.id in self._known:
                continue
            self._known[waiting.id] = waiting
            lane, stream = waiting.parcel.lane, waiting.stream
            self._counts[lane] += 1
            queue = self._streams.get((lane, stream))
            if queue is None:
                queue = self._streams[lane, stream] = deque()
                streams = self._gates[lane].setdefault(_gate(waiting), ChatStreams())
                (streams.known if stream in self._served else streams.new)[stream] = None
            queue.append(waiting)

    def pick(
        self, lane: Lane, instant: float, free: Callable[[Gate, bool], bool]
    ) -> tuple[list[WaitingParcel], bool]:
        """Take up the oldest run of a stream that is due, and say whether it is a newcomer's; [] if none is.

        A run is one parcel, or several neighbours that may be sent as one. Its stream rests until `leave`.
        `free` says whether a chat may be called, for a newcomer or for one of the others.
        """
        self._forget_served(instant)
        gates = self._gates[lane]
        for gate, streams in gates.items():
            for new, waiting in streams.in_order():
                if not waiting or not free(gate, new):
                    continue
                for stream in waiting:
                    if self._may_go(lane, stream, instant):
                        streams.take(stream, new=new)
                        gates.move_to_end(gate)
                        self._busy.add(stream)
                        return self._run(self._streams[lane, stream]), new
        return [], False

    def leave(
        self, stream: str, gone: Iterable[WaitingParcel], instant: float, *, rest_until: float = 0.0
    ) -> None:
        """End a picked run: parcels that are gone leave the queue, the others may be picked after a rest."""
        self._busy.discard(stream)
        if rest_until:
            self._resting[stream] = rest_until
        else:
            self._resting.pop(stream, None)
        for waiting in gone:
            self._serve(waiting, instant)
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
        self._counts.clear()
        self._resting.clear()

    def _may_go(self, lane: Lane, stream: str, instant: float) -> bool:
        if stream in self._busy or self._resting.get(stream, 0.0) > instant:
            return False
        return self._streams[lane, stream][0].due <= instant

    def _run(self, queue: deque[WaitingParcel]) -> list[WaitingParcel]:
        first = queue[0]
        run = [first]
        if first.parcel.merge is not None and first.id not in self._apart:
            for waiting in islice(queue, 1, ALBUM_LIMIT * 5):
                if waiting.parcel.merge != first.parcel.merge or waiting.id in self._apart:
                    break
                run.append(waiting)
        return run

    def _serve(self, waiting: WaitingParcel, instant: float) -> None:
        """Its stream has had what a newcomer is given."""
        lane, stream = waiting.parcel.lane, waiting.stream
        self._served.pop(stream, None)
        self._served[stream] = instant
        streams = self._gates[lane].get(_gate(waiting))
        if streams is not None and stream in streams.new:
            del streams.new[stream]
            streams.known[stream] = None

    def _forget_served(self, instant: float) -> None:
        while self._served:
            stream = next(iter(self._served))
            if self._served[stream] > instant - RECENT:
                return
            del self._served[stream]

    def _remove(self, waiting: WaitingParcel) -> None:
        lane, stream = waiting.parcel.lane, waiting.stream
        self._apart.discard(waiting.id)
        if self._known.pop(waiting.id, None) is not None:
            self._counts[lane] -= 1
        queue = self._streams.get((lane, stream))
        if queue is None or waiting not in queue:
            return
        queue.remove(waiting)
        if not queue:
            del self._streams[lane, stream]
            gate = _gate(waiting)
            streams = self._gates[lane][gate]
            streams.new.pop(stream, None)
            streams.known.pop(stream, None)
            if not streams.new and not streams.known:
                del self._gates[lane][gate]


def _gate(waiting: WaitingParcel) -> Gate:
    return waiting.chat_id, waiting.parcel.is_reaction


def weight(run: Sequence[WaitingParcel]) -> int:
    """How many messages of Telegram's limits a run may take: each picture of an album counts."""
    together = run[0].parcel.merge is not None and run[0].parcel.merge != "text"
    return min(len(run), ALBUM_LIMIT) if together else 1
