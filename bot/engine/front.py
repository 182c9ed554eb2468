"""What the engine asks of a front: to know what a run needs, to say what comes next, and to make one call.

A run is one parcel, or several neighbours of a stream that may go as one.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from bot.engine.verdicts import CallRefused, Verdict
from bot.rooms.desk_rooms import DeskRooms
from desk.post import Parcel
from storage.outbox import WaitingParcel

Keep = Callable[[DeskRooms, Any], None]
"""Writes down what a call's result tells."""
Remedy = Callable[[DeskRooms], None]


@dataclass(frozen=True, slots=True)
class Step:
    """One call (None: nothing is due), what to keep of its result, and whether the run is done with it."""

    call: Any | None
    keep: Keep = lambda rooms, result: None
    last: bool = True


class RunContext(Protocol):
    """What a front knows about a run before the call."""

    @property
    def run(self) -> tuple[WaitingParcel, ...]:
        """The parcels that go now, the first of which speaks for all."""

    @property
    def replaced(self) -> tuple[WaitingParcel, ...]:
        """Parcels that others have taken the place of."""

    @property
    def parcel(self) -> Parcel:
        """The first parcel."""


C = TypeVar("C", bound=RunContext)


class Front(Protocol[C]):
    """One way to people: Telegram, and others some day."""

    def at_hand(self, run: Sequence[WaitingParcel]) -> C | None:
        """The context of a run that says all by itself; None if it has to be read."""

    def read(self, rooms: DeskRooms, run: Sequence[WaitingParcel]) -> C:
        """Read what the run needs, and note what a crash must not forget; parcels that are gone fall out."""

    def step(self, context: C, learnt: Hashable) -> Step:
        """The next call, in the manner that was learnt about the run."""

    async def call(self, step: Step) -> Verdict:
        """Make the step's call; never raises for what the front or the network do."""

    def sent_ids(self, result: Any) -> tuple[int, ...]:
        """The messages that a call became."""

    def oddity(self, context: C, step: Step, result: Any) -> Remedy | None:
        """What to mend after a call that went well otherwise than it should have."""

    def remedy(self, context: C, step: Step, refused: CallRefused) -> Remedy | None:
        """What to do before trying once more; None if nothing of that kind helps."""

    def learn(self, learnt: Hashable, refused: CallRefused) -> Hashable:
        """Another manner of saying the same; as it was if there is none."""

    def is_done(self, refused: CallRefused) -> bool:
        """Whether what was declined stands already."""

    def reason(self, refused: CallRefused) -> str:
        """Our name for the reason, as `Failed.what` has it."""
