"""Tells managers about uncertain parcels, once for all that failed together."""

from desk.alarm import Alarm
from storage.outbox import OutboxStore


class Uncertain:
    """Acts on the timer that is set when parcels become uncertain."""

    DUE = frozenset({"uncertain"})

    def __init__(self, outbox: OutboxStore, alarm: Alarm) -> None:
        self._outbox, self._alarm = outbox, alarm

    def due(self, kind: str, subject: int) -> None:
        """Tell managers how many parcels are uncertain."""
        self._alarm.to_managers("alert.uncertain", n=self._outbox.counts()["uncertain"])
