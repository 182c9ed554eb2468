"""Alarms: something said to every manager in private, or to the operators' group.

Faults are gathered: the first of a kind is a message, those that follow are counted in it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Protocol

from desk.people import Texts
from desk.placement import Placement, Placements
from desk.post import (
    AT_ONCE,
    Button,
    Chat,
    Lane,
    OperatorsGroup,
    Outbox,
    Outcome,
    Parcel,
    Rewrite,
    Say,
    Sent,
    say,
)
from desk.profile import Profile
from desk.timers import Timers

PAUSE = timedelta(seconds=2)
"""Within this time the group is told once, however many managers could not be reached."""
GROWS_EVERY = timedelta(seconds=15)
"""How often a message that gathers alarms is brought up to date at most."""
QUIET, LONGEST = timedelta(hours=2), timedelta(hours=12)
"""After so long without another, or so long after the first, the next is a new message, with its sound."""
AGAIN = timedelta(minutes=10)
"""What comes again so soon after it was over is told by the message that stands."""
IN_GROUP = "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheredAlarm:
    """All alarms of one kind and cause since the first: their newest text, how many, from when to when."""

    key: str
    text: str
    first_at: datetime
    last_at: datetime
    n: int = 1
    over: bool = False
    id: int = 0

    def takes(self, now: datetime) -> bool:
        """Whether another one belongs to it."""
        if self.over:
            return now - self.last_at < AGAIN
        return now - self.last_at < QUIET and now - self.first_at < LONGEST


class GatheredAlarms(Protocol):
    """The gathered alarms of one desk."""

    def of(self, key: str) -> GatheredAlarm | None:
        """The newest of a kind and cause."""

    def get(self, alarm_id: int) -> GatheredAlarm | None:
        """By its id."""

    def keep(self, alarm: GatheredAlarm) -> int:
        """Insert it, or put it in the place of the one with its key; returns the id."""


class Alarm:
    """Sends alarms to each manager in private, and to the operators' group where that is not possible.

    They go in a lane of their own, behind everything that a person waits for.
    """

    HEARS = frozenset({"alarm"})
    DUE = frozenset({"alarm"})

    def __init__(
        self,
        profile: Profile,
        outbox: Outbox,
        *,
        gathered: GatheredAlarms,
        placements: Placements,
        timers: Timers,
        now: datetime,
    ) -> None:
        self._profile, self._outbox, self._now = profile, outbox, now
        self._gathered, self._placements, self._timers = gathered, placements, timers

    @property
    def _texts(self) -> Texts:
        return self._profile.texts

    def news(self, key: str, /, **params: object) -> None:
        """Say what is each time something new, as that somebody complains."""
        self.say(self._texts.say(key, self._profile.language, **params))

    def to_managers(self, key: str, /, *, cause: str = "", **params: object) -> None:
        """Say that something is wrong; what has been said lately for the same cause is counted there."""
        html, name = self._texts.say(key, self._profile.language, **params), _name(key, cause)
        known = self._gathered.of(name)
        if known is not None and known.takes(self._now):
            self._gathered.keep(replace(known, text=html, n=known.n + 1, last_at=self._now, over=False))
            self._grow(known.id)
            return
        new = GatheredAlarm(key=name, text=html, first_at=self._now, last_at=self._now)
        new = replace(new, id=self._gathered.keep(new))
        for subject in self._subjects(new.id):
            self._placements.forget(subject)
        if not self._profile.managers:
            self._to_group(html, new.id)
        for manager in sorted(self._profile.managers):
            self._post(Chat(manager), html, new.id)

    def over(self, key: str, said: str, /, *, cause: str = "", **params: object) -> bool:
        """Say by the text `said`, in the message that stands, that it is over; False if none stands."""
        known = self._gathered.of(_name(key, cause))
        if known is None or known.over:
            return False
        html = self._texts.say(said, self._profile.language, **params)
        self._gathered.keep(replace(known, text=html, last_at=self._now, over=True))
        self._show(known.id)
        return True

    def say(self, html: str, rows: Sequence[Sequence[Button]] = ()) -> None:
        """Send Telegram HTML with buttons; anybody in the group may press them, so check who did."""
        if not self._profile.managers:
            self.unheard(html, rows)
        for manager in sorted(self._profile.managers):
            self._outbox.post(Parcel(to=Chat(manager), body=say(html, rows), lane=Lane.ALARM, kind="alarm"))

    def heard(self, parcel: Parcel, outcome: Outcome) -> None:
        """Note where a gathered alarm stands; say in the group what could not be delivered to a manager."""
        body, alarm_id = parcel.body, parcel.ref.get("alarm")
        if not isinstance(body, Say):
            return
        match outcome, parcel.to:
            case Sent(ids), to if alarm_id is not None and ids:
                where = to.chat_id if isinstance(to, Chat) else self._profile.places.group
                subject = _subject(alarm_id, where if isinstance(to, Chat) else IN_GROUP)
                self._placements.put(subject, Placement(where, ids[0]))
                if self._worded(alarm_id) != body.html:
                    self._grow(alarm_id)
            case Sent(), _:
                pass
            case _, Chat() if alarm_id is not None:
                self._to_group(body.html, alarm_id)
            case _, Chat():
                self.unheard(body.html, body.rows)

    def due(self, kind: str, subject: int) -> None:
        """Bring the messages of a gathered alarm up to date."""
        self._show(subject)

    def unheard(self, html: str, rows: Sequence[Sequence[Button]] = ()) -> None:
        """Say it in the group, once for several managers."""
        self._outbox.post(
            Parcel(
                to=OperatorsGroup(),
                body=say(html, rows),
                lane=Lane.ALARM,
                dedupe=f"alarm:{hash_of(html)}",
                wait=PAUSE,
            )
        )

    def _grow(self, alarm_id: int) -> None:
        """Bring its messages up to date soon; how soon does not depend on how many come until then."""
        if self._timers.when("alarm", alarm_id) is None:
            self._timers.set("alarm", alarm_id, self._now + GROWS_EVERY)

    def _show(self, alarm_id: int) -> None:
        """Have every message of it say what it is to say now."""
        html = self._worded(alarm_id)
        if html is None:
            return
        for subject, where in self._placements.among(list(self._subjects(alarm_id))).items():
            if where.message_id is not None:
                body = Rewrite(message_id=where.message_id, html=html)
                self._outbox.post(
                    Parcel(to=Chat(where.chat_id), body=body, lane=Lane.ALARM, kind="alarm", dedupe=subject)
                )

    def _worded(self, alarm_id: int) -> str | None:
        """Its text, with how many more there were."""
        alarm = self._gathered.get(alarm_id)
        if alarm is None:
            return None
        if alarm.n == 1 or alarm.over:
            return alarm.text
        language, zone = self._profile.language, self._profile.zone
        at = self._texts.moment(language, alarm.last_at.astimezone(zone), self._now.astimezone(zone))
        return f"{alarm.text}\n\n{self._texts.say('alarm.more', language, n=alarm.n - 1, at=at)}"

    def _to_group(self, html: str, alarm_id: int) -> None:
        """Say a gathered alarm in the group, once for several managers."""
        self._post(OperatorsGroup(), html, alarm_id, wait=PAUSE)

    def _post(self, to: Chat | OperatorsGroup, html: str, alarm_id: int, wait: timedelta = AT_ONCE) -> None:
        subject = _subject(alarm_id, to.chat_id if isinstance(to, Chat) else IN_GROUP)
        self._outbox.post(
            Parcel(
                to=to,
                body=say(html),
                lane=Lane.ALARM,
                kind="alarm",
                ref={"alarm": alarm_id},
                dedupe=subject,
                wait=wait,
            )
        )

    def _subjects(self, alarm_id: int) -> Iterator[str]:
        """The names of its messages: one for each manager, one for the group."""
        yield _subject(alarm_id, IN_GROUP)
        for manager in sorted(self._profile.managers):
            yield _subject(alarm_id, manager)


def _subject(alarm_id: int, where: int | str) -> str:
    return f"alarm:{alarm_id}:{where}"


def _name(key: str, cause: str) -> str:
    return f"{key}:{hash_of(cause)}" if cause else key


def hash_of(html: str) -> str:
    """A short digest of a text, the same in every process."""
    return blake2b(html.encode(), digest_size=8).hexdigest()
