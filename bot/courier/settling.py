"""What the courier writes down: outcomes, what is set aside, places that cannot be reached."""

from collections.abc import Sequence
from datetime import timedelta

from bot.courier.receipts import hear
from bot.courier.steps import Step
from bot.opened import Opened
from storage.outbox import Waiting
from tickets.post import Outcome

GATHERING = timedelta(seconds=2)


def settled(
    run: Sequence[Waiting],
    outcome: Outcome,
    step: Step | None,
    result: object,
    opened: Opened,
    *,
    tell: bool = True,
) -> None:
    """The parcels leave the outbox, what Telegram told is kept, and whoever posted them hears of it."""
    if not opened.books.outbox.settle([waiting.id for waiting in run]):
        return
    if step is not None:
        step.keep(opened, result)
    for waiting in run if tell else ():
        hear(opened, waiting.parcel, outcome)


def park_interrupted(opened: Opened) -> None:
    """A crash left these bulk parcels between sending and knowing."""
    interrupted = opened.books.outbox.interrupted()
    if interrupted:
        park(interrupted, opened)


def not_sent(run: Sequence[Waiting], opened: Opened) -> None:
    """Nothing is uncertain about these: a crash may find them and they will be sent."""
    opened.books.outbox.postpone([waiting.id for waiting in run], opened.now)


def park(ids: Sequence[int], opened: Opened) -> None:
    """Whether they arrived nobody knows; managers hear soon, once for all that fail together."""
    opened.books.outbox.park(ids)
    opened.books.timers.set("uncertain", 0, opened.now + GATHERING)


def set_aside(waiting: Waiting, opened: Opened) -> None:
    """We cannot handle this parcel ourselves: it must not hold up what waits behind it."""
    opened.books.outbox.park([waiting.id])
    opened.alarm.to_managers("alert.set_aside", parcel=waiting.id)


def group_lost(reason: str, opened: Opened) -> None:
    """Everything for the operators waits until people have mended it."""
    opened.alarm.to_managers("alert.group_lost", reason=reason)
