"""What the engine asks of a front: read what a run needs, name the next call, make it, explain a refusal.

A run is one parcel, or several neighbours of a stream that may go as one.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from bot.engine.verdicts import CallRefused, Verdict
from bot.rooms.desk_rooms import DeskRooms
from desk.post import Body, Parcel
from storage.outbox import WaitingParcel

Keep = Callable[[DeskRooms, Any], None]
"""Writes down what the result of a call says."""
Remedy = Callable[[DeskRooms], None]


@dataclass(frozen=True, slots=True)
class Step:
    """The next call (None: nothing is due), what to keep of its result, and whether it is the run's last.

    `left` is what is left of the parcel once the call is taken; None if it stays what it was. `lost`:
    something of the parcel will not arrive, although the call may be taken.
    """

    call: Any | None
    keep: Keep = lambda rooms, result: None
    last: bool = True
    left: Body | None = None
    lost: bool = False


class RunContext(Protocol):
    """What a front has read about a run before it makes the next call."""

    @property
    def run(self) -> tuple[WaitingParcel, ...]:
        """The parcels that go together now, oldest first."""

    @property
    def replaced(self) -> tuple[WaitingParcel, ...]:
        """Parcels of the run that newer ones with the same dedupe key have replaced."""

    @property
    def parcel(self) -> Parcel:
        """The run's first parcel: its address and lane hold for the whole run."""


C = TypeVar("C", bound=RunContext)


class Front(Protocol[C]):
    """One way to people and back: Telegram today, another messenger or e-mail later."""

    def at_hand(self, run: Sequence[WaitingParcel], learnt: Hashable, instant: float) -> C | None:
        """The context of a run whose parcel holds all that is needed; None if it has to be read."""

    def read(self, rooms: DeskRooms, run: Sequence[WaitingParcel], learnt: Hashable) -> C:
        """Read what the run needs and keep what a crash must not lose; gone parcels are left out.

        More is read for a run that was refused already.
        """

    def step(self, context: C, learnt: Hashable) -> Step:
        """The run's next call, made with the options that earlier refusals have taught."""

    async def call(self, step: Step) -> Verdict:
        """Make the step's call and return its verdict; never raises for the front or the network."""

    def sent_ids(self, result: Any) -> tuple[int, ...]:
        """The ids of the messages that a call made."""

    def oddity(self, context: C, step: Step, result: Any) -> Remedy | None:
        """What to put right after a call that was accepted but did not do quite what it should."""

    def remedy(self, context: C, step: Step, refused: CallRefused) -> Remedy | None:
        """What to put right before a refused call is made once more; None if nothing helps."""

    def fall_back(
        self, rooms: DeskRooms, context: C, step: Step, refused: CallRefused, learnt: Hashable
    ) -> Hashable | None:
        """The options to send the run with after this refusal; None if there are no others to try."""

    def is_done(self, refused: CallRefused) -> bool:
        """Whether the refusal means that everything stands already as the call would have it."""

    def reason(self, refused: CallRefused) -> str:
        """The reason of a refusal under the names that `Failed.what` knows."""
