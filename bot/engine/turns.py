"""The turns: whose run goes next within the budget, and what it costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from bot.engine.pace import Budget
from bot.engine.queue import Gate, Queue, weight
from desk.post import Lane
from storage.outbox import WaitingParcel

OVERDUE = 1.0
"""Seconds after which a lane that got nothing of what the others use up is asked first, for one run."""


@dataclass(slots=True)
class Flight:
    """A run on its way: how many messages it was given room for, and how many its call was of.

    `called` and `answered`: when Telegram was called and when it had answered. What we read before and write
    down after is not a part of its pace.
    """

    run: list[WaitingParcel]
    new: bool
    messages: int
    sent: int = 0
    called: float = 0.0
    answered: float = 0.0

    @property
    def lane(self) -> Lane:
        """The lane of the whole run."""
        return self.run[0].parcel.lane


class Turns:
    """Gives out runs of the queue one by one, as the budget allows."""

    def __init__(self, queue: Queue, budget: Budget) -> None:
        self._queue, self._budget = queue, budget
        self._since: dict[Lane, float] = {}
        """When each lane was last asked, or had nothing to give."""

    def overdue(self, now: float) -> Sequence[Lane]:
        """The lanes that have waited too long behind more urgent ones."""
        for lane in Lane:
            if not self._queue.count(lane):
                self._since[lane] = now
        return [lane for lane in Lane if now - self._since.setdefault(lane, now) > OVERDUE]

    def next(self, lane: Lane, now: float, *, overdue: bool = False) -> Flight | None:
        """Take up the next run of a lane and spend what it costs; None if nothing of it may go now."""
        while self._whole_wait(lane, now, overdue=overdue) <= 0:
            self._since[lane] = now
            run, new = self._queue.pick(lane, now, partial(self._free, now))
            if not run:
                return None
            flight = Flight(run, new, weight(run))
            if not self._waits_for_room(flight, now):
                return flight
        return None

    def landed(self, flight: Flight, gone: Sequence[WaitingParcel], now: float, rest: float) -> None:
        """Count the end of a run's call; the run is over, or goes on after a rest."""
        first = flight.run[0]
        if not first.parcel.is_reaction:
            at, called = flight.answered or now, flight.called or now
            self._budget.landed(
                first.chat_id,
                at,
                flight.messages,
                sent=flight.sent,
                new=flight.new,
                paid=flight.lane is Lane.PAID,
                called=called,
            )
        self._queue.leave(first.stream, gone, now, rest_until=now + rest if rest else 0.0)

    def _waits_for_room(self, flight: Flight, now: float) -> bool:
        """Spend the run's messages of the budget; True if the chat has no room for them yet."""
        first, messages, new = flight.run[0], flight.messages, flight.new
        if first.parcel.is_reaction:
            return False
        wait = self._budget.chat_wait(first.chat_id, now, messages, new=new)
        if wait > 0:
            self._budget.make_room(first.chat_id, wait, now, new=new)
            self._queue.leave(first.stream, (), now, rest_until=now + wait if new else 0.0)
            return True
        bulk, paid = flight.lane is Lane.BULK, flight.lane is Lane.PAID
        self._budget.spend(first.chat_id, now, messages, new=new, bulk=bulk, paid=paid)
        return False

    def _whole_wait(self, lane: Lane, now: float, *, overdue: bool) -> float:
        if lane is Lane.PAID:
            return self._budget.paid_wait(now)
        return self._budget.whole_wait(now, bulk=lane is Lane.BULK, overdue=overdue)

    def _free(self, now: float, gate: Gate, new: bool) -> bool:
        chat_id, reactions = gate
        if reactions:
            return self._budget.penalty(chat_id, now) <= 0
        return self._budget.chat_wait(chat_id, now, new=new) <= 0
