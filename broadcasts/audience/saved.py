"""What telling of an incident saved: how often people ask before and after, and who needed no ticket."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from broadcasts.audience.follower import Askers
from broadcasts.audience.matching import concerns
from broadcasts.incident import Incident
from desk.component import Component

BEFORE, AFTER = timedelta(hours=3), timedelta(hours=24)
LOOKED_AT = 300
"""So many questions are read on either side of the first notice; a busy desk asks them in minutes."""
LEAST = timedelta(minutes=10)
"""Of a shorter time nothing can be said by the hour."""


class QuestionsAsked(Protocol):
    """Questions as they were asked."""

    def asked_before(self, until: datetime, since: datetime, limit: int) -> Sequence[tuple[str, datetime]]:
        """The newest before a time, newest first, with when each was asked."""

    def asked_after(self, since: datetime, until: datetime, limit: int) -> Sequence[tuple[str, datetime]]:
        """The oldest from a time on, oldest first, with when each was asked."""


@dataclass(frozen=True, slots=True)
class SavedFigure:
    """Questions about an incident an hour, before and after its first notice, and who needed no ticket.

    None where too little time has passed to tell.
    """

    before: float | None
    after: float | None
    answered: int
    without_ticket: int


class Saving:
    """Counts it for one incident."""

    def __init__(
        self, components: Sequence[Component], questions: QuestionsAsked, askers: Askers, now: datetime
    ) -> None:
        self._components, self._questions, self._askers, self._now = components, questions, askers, now

    def of(self, incident: Incident) -> SavedFigure:
        """The figure as it stands now."""
        told, end = incident.started_at, min(incident.ended_at or self._now, incident.started_at + AFTER)
        earlier = self._questions.asked_before(told, told - BEFORE, LOOKED_AT)
        later = self._questions.asked_after(told, end, LOOKED_AT)
        counted = self._askers.counts(incident.id)
        first = earlier[-1][1] if len(earlier) == LOOKED_AT else told - BEFORE
        last = later[-1][1] if len(later) == LOOKED_AT else end
        share = (last - told) / (end - told) if end > told else 0.0
        return SavedFigure(
            before=_hourly(self._about(incident, earlier), told - first),
            after=_hourly(self._about(incident, later) + counted.asked * share, last - told),
            answered=counted.asked,
            without_ticket=counted.same,
        )

    def _about(self, incident: Incident, asked: Sequence[tuple[str, datetime]]) -> float:
        return sum(concerns(self._components, incident, text) for text, _ in asked)


def _hourly(count: float, span: timedelta) -> float | None:
    return None if span < LEAST else count / (span / timedelta(hours=1))
