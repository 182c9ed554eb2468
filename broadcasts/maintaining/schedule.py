"""The schedule of maintenance: reminders, its beginning, and when managers are asked about its end."""

from datetime import datetime, timedelta

from broadcasts.announcement import PublishedNotice
from broadcasts.incident import IncidentKind, Status, Window
from desk.timers import Timers

REMIND, BEGIN, ENDING, OVERRUN = "works_remind", "works_begin", "works_ending", "works_overrun"
AHEAD = (timedelta(hours=24), timedelta(hours=1))
"""How long before it begins people are reminded."""
BEFORE_END = timedelta(minutes=10)
"""How long before its end managers are asked how it goes."""


class MaintenanceSchedule:
    """Sets the timers of a maintenance anew with every notice of it."""

    DUE = frozenset({REMIND, BEGIN, ENDING, OVERRUN})

    def __init__(self, timers: Timers, now: datetime) -> None:
        self._timers, self._now = timers, now

    def published(self, told: PublishedNotice) -> None:
        """Set what is still ahead; what is over or called off has nothing."""
        incident = told.incident
        if incident.kind is not IncidentKind.MAINTENANCE:
            return
        for kind in self.DUE:
            self._timers.clear(kind, incident.id)
        if incident.live and incident.window is not None:
            ahead = self._waits if incident.status is Status.SCHEDULED else self._runs
            for kind, at in ahead(incident.window):
                self._timers.set(kind, incident.id, at)

    def _waits(self, window: Window) -> list[tuple[str, datetime]]:
        reminders = [window.begins - each for each in AHEAD if window.begins - each > self._now]
        return [*((REMIND, at) for at in reminders[:1]), (BEGIN, window.begins)]

    def _runs(self, window: Window) -> list[tuple[str, datetime]]:
        ending = window.ends - BEFORE_END
        return [*([(ENDING, ending)] if ending > self._now else []), (OVERRUN, window.ends)]
