"""What the sender writes down: outcomes, what is set aside, places that cannot be reached."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from bot.rooms.desk_rooms import DeskRooms
from desk.post import Blocked, Outcome
from storage.outbox import WaitingParcel

GATHERING = timedelta(seconds=2)

Kept = Callable[[DeskRooms], None]
"""Writes down what was told."""


def nothing(rooms: DeskRooms) -> None:
    """Nothing was told that must be kept."""


def settle(
    run: Sequence[WaitingParcel],
    outcome: Outcome,
    keep: Kept,
    rooms: DeskRooms,
    *,
    tell: bool = True,
) -> None:
    """The parcels leave the outbox, what was told is kept, and whoever posted them hears of it."""
    if not rooms.stores.outbox.settle([waiting.id for waiting in run]):
        return
    keep(rooms)
    for waiting in run if tell else ():
        if isinstance(outcome, Blocked):
            _block(waiting.chat_id, rooms)
        hearer = rooms.hearer(waiting.parcel.kind)
        if hearer is not None:
            hearer.heard(waiting.parcel, outcome)


def _block(chat_id: int, rooms: DeskRooms) -> None:
    """A customer who does not let us write any more is known by that; their next message lifts it."""
    customer = rooms.stores.customers.known(chat_id)
    if customer is not None and customer.blocked_at is None:
        rooms.stores.customers.block(customer.id, rooms.now)


def park_interrupted(rooms: DeskRooms) -> None:
    """A crash left these bulk parcels between sending and knowing."""
    interrupted = rooms.stores.outbox.interrupted()
    if interrupted:
        park(interrupted, rooms)


def not_sent(run: Sequence[WaitingParcel], rooms: DeskRooms) -> None:
    """Nothing is uncertain about these: a crash may find them and they will be sent."""
    rooms.stores.outbox.postpone([waiting.id for waiting in run], rooms.now)


def park(ids: Sequence[int], rooms: DeskRooms) -> None:
    """Whether they arrived nobody knows; managers hear soon, once for all that fail together."""
    rooms.stores.outbox.park(ids)
    rooms.stores.timers.set("uncertain", 0, rooms.now + GATHERING)


def set_aside(waiting: WaitingParcel, rooms: DeskRooms) -> None:
    """We cannot handle this parcel ourselves: it must not hold up what waits behind it."""
    rooms.stores.outbox.park([waiting.id])
    rooms.shared.alarm.to_managers("alert.set_aside", parcel=waiting.id)


def group_lost(reason: str, rooms: DeskRooms) -> None:
    """Everything for the operators waits until people have mended it."""
    rooms.shared.alarm.to_managers("alert.group_lost", reason=reason)
