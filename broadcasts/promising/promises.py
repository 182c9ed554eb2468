"""Promises of news: managers are reminded before one is due, and others hear of it when it is late."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from broadcasts.announcement import PublishedNotice
from broadcasts.incident import Incident, Incidents, Notice
from broadcasts.telling.wording import sign_of
from desk.alarm import Alarm
from desk.authority import Right, may
from desk.post import Button, Chat, Lane, Outbox, Parcel, press, say
from desk.profile import Profile
from desk.timers import Timers

NEAR, LATE = "promise_near", "promise_late"
REMINDERS = {NEAR: "alert.promise.near", LATE: "alert.promise.late"}
AHEAD = timedelta(minutes=5)
"""How long before it is due managers are reminded."""
MORE = timedelta(minutes=30)
"""For how long one press goes on promising when there is no news."""


class Promises:
    """Keeps the two timers of every promise that stands."""

    DUE = frozenset({NEAR, LATE})

    def __init__(
        self,
        profile: Profile,
        *,
        incidents: Incidents,
        timers: Timers,
        alarm: Alarm,
        outbox: Outbox,
        now: datetime,
    ) -> None:
        self._profile, self._incidents, self._timers = profile, incidents, timers
        self._alarm, self._outbox, self._now = alarm, outbox, now

    def published(self, told: PublishedNotice) -> None:
        """Set the timers by what the newest notice promises; a notice without a promise clears them."""
        incident = told.incident
        for kind in self.DUE:
            self._timers.clear(kind, incident.id)
        if incident.next_by is not None:
            if incident.next_by - AHEAD > self._now:
                self._timers.set(NEAR, incident.id, incident.next_by - AHEAD)
            self._timers.set(LATE, incident.id, incident.next_by)

    def due(self, kind: str, subject: int) -> None:
        """Remind managers, or tell those who were named for it that nothing was said in time."""
        incident = self._incidents.get(subject)
        if incident is None or not incident.live or incident.next_by is None:
            return
        notices = self._incidents.notices(incident.id)
        self._remind(kind, incident, notices)

    def _remind(self, kind: str, incident: Incident, notices: Sequence[Notice]) -> None:
        texts, language, zone = self._profile.texts, self._profile.language, self._profile.zone
        by = (incident.next_by or self._now).astimezone(zone)
        at = texts.moment(language, by, self._now.astimezone(zone))
        html = texts.say(REMINDERS[kind], language, sign=sign_of(incident), title=incident.title, at=at)
        rows = self._rows(incident, len(notices))
        self._alarm.say(html, rows)
        author_id = notices[-1].author_id
        author = {author_id} if may(self._profile, author_id, Right.DRAFT) else set[int]()
        others = author if kind == NEAR else set(self._profile.escalation)
        for person_id in sorted(others - self._profile.managers):
            self._outbox.post(Parcel(to=Chat(person_id), body=say(html, rows), lane=Lane.ALARM, kind="alarm"))

    def _rows(self, incident: Incident, seen: int) -> list[list[Button]]:
        def button(key: str, *says: str | int) -> Button:
            return Button(self._profile.texts.plain(key, self._profile.language), press("incident", *says))

        return [
            [button("promise.more", "more", incident.id, seen)],
            [
                button("promise.write", "update", incident.id),
                button("button.resolve", "resolve", incident.id),
            ],
        ]


def kept(notices: Sequence[Notice], now: datetime) -> tuple[int, int]:
    """How many promises were made and are due, and how many of them were kept in time."""
    due = [each for each in in_time(notices, now) if each is not None]
    return len(due), sum(due)


def in_time(notices: Sequence[Notice], now: datetime) -> Sequence[bool | None]:
    """For each notice whether what it promised came in time; None where nothing was due."""
    return [_kept(*each, now) for each in zip(notices, [*notices[1:], None], strict=True)]


def _kept(notice: Notice, after: Notice | None, now: datetime) -> bool | None:
    if notice.next_by is None or (after is None and notice.next_by > now):
        return None
    return after is not None and after.at <= notice.next_by
