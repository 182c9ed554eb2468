"""Parcels of which nobody knows whether they arrived: set aside, and managers hear of them."""

from desk.alarm import Alarm
from storage.outbox import OutboxStore


class Uncertain:
    """Tells managers, once for all that failed together."""

    DUE = frozenset({"uncertain"})

    def __init__(self, outbox: OutboxStore, alarm: Alarm) -> None:
        self._outbox, self._alarm = outbox, alarm

    def due(self, kind: str, subject: int) -> None:
        """Nothing has been added for a while."""
        self._alarm.to_managers("alert.uncertain", n=self._outbox.counts()["uncertain"])
