"""The way back of what is stuck, or out; and the word to whoever waits for it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.rooms.hearing import Hearer
from bot.rooms.stuck.stuck_lines import StuckLines
from desk.alarm import Alarm
from desk.post import AT_ONCE, DROPPED, Failed, Lane
from desk.profile import Profile
from desk.timers import Timers
from storage.outbox import OutboxStore, WaitingParcel
from storage.stuck import StuckRow, StuckStore
from tickets.lines import GATHERING


class WayBack:
    """Lets what is stuck be tried again, or drops it for good."""

    DUE = frozenset({"released"})

    def __init__(
        self,
        profile: Profile,
        stuck: StuckStore,
        *,
        lines: StuckLines,
        alarm: Alarm,
        outbox: OutboxStore,
        timers: Timers,
        hearer: Callable[[str], Hearer | None],
        now: datetime,
    ) -> None:
        self._profile, self._stuck, self._lines, self._alarm = profile, stuck, lines, alarm
        self._outbox, self._timers, self._hearer, self._now = outbox, timers, hearer, now

    def retry(self, name: str) -> bool:
        """Let it be tried again; False if it is not stuck (any more)."""
        if not self._stuck.retry(name):
            return False
        self._timers.set("released", 0, self._now)
        return True

    def retry_all(self, limit: int) -> int:
        """Let what has failed be tried again, the oldest first; what may have arrived stays. How many."""
        return sum(self.retry(name) for name in self._stuck.failed(limit))

    def due(self, kind: str, subject: int) -> None:
        """Hand over what was let out, perhaps by another process, to those who work on it here."""
        self._stuck.released = True
        self._outbox.posted += self._stuck.post_released()

    def drop(self, name: str) -> bool:
        """Give it up: nobody waits for it any longer. False if it is not stuck (any more)."""
        item = self._stuck.get(name)
        if item is None or not self._stuck.drop(name):
            return False
        self._end(item, "stuck.dropped")
        return True

    def expired(self, items: Sequence[StuckRow]) -> None:
        """What was kept long enough is gone: whoever waited for it hears so, and managers how many."""
        for item in items:
            self._end(item, "stuck.expired", GATHERING)
        missed = sum(not _is_alarm(item) for item in items)
        if missed:
            self._alarm.to_managers("alert.stuck_expired", n=missed)

    def quarantined(self, raw: Mapping[str, Any], stream: str, update_id: int) -> None:
        """Tell its author, once for all of theirs that stands in quarantine, that their message waits."""
        if not self._stuck.others_of(stream, update_id):
            self._lines.update_waits(raw)

    def set_aside(self, waiting: WaitingParcel) -> None:
        """Tell whoever waits for it, once for all of the kind that stands aside there."""
        if not self._stuck.others_like(waiting):
            self._lines.parcel_waits(waiting)

    def _end(self, item: StuckRow, why: str, wait: timedelta = AT_ONCE) -> None:
        if item.parcel is None:
            self._lines.update_dropped(item.raw or {}, wait)
            return
        self._lines.parcel_dropped(item.parcel, wait)
        self._fail(item.parcel, self._profile.texts.plain(why, self._profile.language))

    def _fail(self, waiting: WaitingParcel, reason: str) -> None:
        """The room that posted it hears that it will not arrive; nobody waits for an alarm of long ago."""
        outcome = Failed(reason, DROPPED)
        self._outbox.settled.append((waiting, outcome))
        hearer = self._hearer(waiting.parcel.kind)
        if hearer is not None and waiting.parcel.lane is not Lane.ALARM:
            hearer.heard(waiting.parcel, outcome)


def _is_alarm(item: StuckRow) -> bool:
    return item.parcel is not None and item.parcel.parcel.lane is Lane.ALARM
