"""What came of parcels, updates and groups, written to the database and told to whoever should hear it."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from bot.rooms.desk_rooms import DeskRooms
from desk.post import Blocked, Outcome
from storage.inbox import WaitingUpdate
from storage.outbox import WaitingParcel

GATHERING = timedelta(seconds=2)

Kept = Callable[[DeskRooms], None]
"""Writes down what the result of a call says."""


def nothing(rooms: DeskRooms) -> None:
    """Keep nothing."""


def settle(
    run: Sequence[WaitingParcel],
    outcome: Outcome,
    keep: Kept,
    rooms: DeskRooms,
    *,
    tell: bool = True,
) -> None:
    """Remove the parcels from the outbox, keep what the result says, and tell the outcome to the hearer."""
    if not rooms.stores.outbox.settle([waiting.id for waiting in run]):
        return
    keep(rooms)
    rooms.stores.outbox.settled += [(waiting, outcome) for waiting in run]
    for waiting in run if tell else ():
        if isinstance(outcome, Blocked):
            _block(waiting.chat_id, rooms)
        hearer = rooms.hearer(waiting.parcel.kind)
        if hearer is not None:
            hearer.heard(waiting.parcel, outcome)


def _block(chat_id: int, rooms: DeskRooms) -> None:
    """Note that the customer has blocked the bot; their next message lifts it."""
    customer = rooms.stores.customers.known(chat_id)
    if customer is not None and customer.blocked_at is None:
        rooms.stores.customers.block(customer.id, rooms.now)


def park_interrupted(rooms: DeskRooms) -> None:
    """Set aside as uncertain the bulk parcels that a crash interrupted."""
    park(rooms.stores.outbox.interrupted(), rooms)


def rate_limited(chat_id: int, seconds: float, rooms: DeskRooms) -> None:
    """Keep the time before which a chat may not be called, for whoever sends after us."""
    rooms.stores.penalties.keep(chat_id, rooms.now, timedelta(seconds=seconds))


def penalties(rooms: DeskRooms) -> Sequence[tuple[int, float]]:
    """The chats that may not be called yet, and the seconds that are left."""
    running = rooms.stores.penalties.running(rooms.now)
    return [(chat_id, left.total_seconds()) for chat_id, left in running]


def not_sent(run: Sequence[WaitingParcel], rooms: DeskRooms) -> None:
    """Give parcels back that were marked as on their way but not sent."""
    rooms.stores.outbox.postpone([waiting.id for waiting in run])


def park(run: Sequence[WaitingParcel], rooms: DeskRooms) -> None:
    """Leave uncertain parcels to the room that keeps such itself, or set them aside.

    Managers are told of those set aside soon, once for all that fail together.
    """
    aside = [waiting.id for waiting in run if not _doubted(waiting, rooms)]
    if aside:
        rooms.stores.outbox.park(aside)
        rooms.stores.timers.set("uncertain", 0, rooms.now + GATHERING)


def _doubted(waiting: WaitingParcel, rooms: DeskRooms) -> bool:
    """Whether a room has taken an uncertain parcel over."""
    doubter = rooms.doubter(waiting.parcel.kind)
    if doubter is None:
        return False
    if rooms.stores.outbox.settle([waiting.id]):
        doubter.doubted(waiting.parcel)
    return True


def set_aside(waiting: WaitingParcel, error: str, rooms: DeskRooms, *, tell: bool = True) -> None:
    """Set aside a parcel that our own code cannot send; managers and whoever waits for it are told."""
    rooms.stores.outbox.park([waiting.id], error)
    if not waiting.retried:
        rooms.shared.alarm.to_managers("alert.set_aside", parcel=waiting.id)
        if tell:
            rooms.way_back.set_aside(waiting)


def fail(update: WaitingUpdate, error: str, rooms: DeskRooms, *, for_good: bool, tell: bool = True) -> None:
    """Count a failed try. For good: managers are told, and whoever wrote it; not after a start's own try."""
    rooms.stores.inbox.fail(update.update_id, error, rooms.now, for_good=for_good)
    if for_good and not update.retried:
        rooms.shared.alarm.to_managers("alert.quarantine", update=update.update_id)
        if tell:
            rooms.way_back.quarantined(update.raw, update.stream, update.update_id)


def group_lost(reason: str, rooms: DeskRooms) -> None:
    """Tell managers that the operators' group is out of reach."""
    rooms.shared.alarm.to_managers("alert.group_lost", reason=reason)


def group_found(rooms: DeskRooms) -> None:
    """Tell managers that it can be written to again."""
    rooms.shared.alarm.over("alert.group_lost", "alert.group_found")
