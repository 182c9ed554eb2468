"""What the sender writes down: outcomes, what is set aside, places that cannot be reached."""

from collections.abc import Sequence
from datetime import timedelta

from bot.engine.receipts import hear
from bot.rooms import DeskRooms
from bot.telegram.steps import Step
from desk.post import Outcome
from storage.outbox import Waiting

GATHERING = timedelta(seconds=2)


def settled(
    run: Sequence[Waiting],
    outcome: Outcome,
    step: Step | None,
    result: object,
    rooms: DeskRooms,
    *,
    tell: bool = True,
) -> None:
    """The parcels leave the outbox, what Telegram told is kept, and whoever posted them hears of it."""
    if not rooms.stores.outbox.settle([waiting.id for waiting in run]):
        return
    if step is not None:
        step.keep(rooms, result)
    for waiting in run if tell else ():
        hear(rooms, waiting.parcel, outcome)


def park_interrupted(rooms: DeskRooms) -> None:
    """A crash left these bulk parcels between sending and knowing."""
    interrupted = rooms.stores.outbox.interrupted()
    if interrupted:
        park(interrupted, rooms)


def not_sent(run: Sequence[Waiting], rooms: DeskRooms) -> None:
    """Nothing is uncertain about these: a crash may find them and they will be sent."""
    rooms.stores.outbox.postpone([waiting.id for waiting in run], rooms.now)


def park(ids: Sequence[int], rooms: DeskRooms) -> None:
    """Whether they arrived nobody knows; managers hear soon, once for all that fail together."""
    rooms.stores.outbox.park(ids)
    rooms.stores.timers.set("uncertain", 0, rooms.now + GATHERING)


def set_aside(waiting: Waiting, rooms: DeskRooms) -> None:
    """We cannot handle this parcel ourselves: it must not hold up what waits behind it."""
    rooms.stores.outbox.park([waiting.id])
    rooms.alarm.to_managers("alert.set_aside", parcel=waiting.id)


def group_lost(reason: str, rooms: DeskRooms) -> None:
    """Everything for the operators waits until people have mended it."""
    rooms.alarm.to_managers("alert.group_lost", reason=reason)
