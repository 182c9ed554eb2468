"""Enrolling: people from a list become subscribers, unless they have decided otherwise since."""

from collections.abc import Sequence
from datetime import datetime

from broadcasts.audience.roster import LeftOut, RosterLine
from broadcasts.audience.subscriber import ConsentSource, Subscribers
from desk.people import Customer, Customers, Person


class Enrolling:
    """Takes what was read from a file."""

    def __init__(self, customers: Customers, subscribers: Subscribers) -> None:
        self._customers, self._subscribers = customers, subscribers

    def enrol(self, lines: Sequence[RosterLine]) -> tuple[int, Sequence[LeftOut]]:
        """Subscribe each; how many were, and who was not. What somebody chose in the bot stands."""
        left_out = [found for line in lines if (found := self._one(line)) is not None]
        return len(lines) - len(left_out), left_out

    def _one(self, line: RosterLine) -> LeftOut | None:
        customer = self._customers.known(line.telegram_id)
        before = None if customer is None else self._subscribers.of(customer.id)
        if before is not None and before.stopped_at is None:
            return LeftOut(line.line, "already")
        if before is not None and _later(before.stopped_at, line.consented_at):
            return LeftOut(line.line, "stopped")
        someone = customer or self._new(line)
        self._subscribers.subscribe(someone.id, line.components, ConsentSource.IMPORT, line.consented_at)
        return None

    def _new(self, line: RosterLine) -> Customer:
        """Somebody who has not written yet; what they are called is known when they do."""
        customer = self._customers.meet(Person(telegram_id=line.telegram_id, first_name=""))
        if line.language is not None:
            self._customers.speak(customer.id, line.language)
        return customer


def _later(stopped: datetime | None, consented: datetime) -> bool:
    return stopped is not None and stopped >= consented
