"""The board: messages about alerts that managers and publishers see, put up once and brought up to date."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from broadcasts.alerts.kept import Alerts, KeptAlert
from broadcasts.alerts.sheet import AlertSheet, AlertWording
from broadcasts.announcement import PublishedNotice
from broadcasts.audience.follower import Followers, Why
from broadcasts.incident import Incidents
from desk.authority import Right, holders, may
from desk.placement import Placement, Placements
from desk.post import (
    AT_ONCE,
    Chat,
    Lane,
    OperatorsGroup,
    Outbox,
    Outcome,
    Parcel,
    Rows,
    Say,
    Sent,
    rewrite,
    say,
)
from desk.profile import Profile
from desk.timers import Timers

SOON = timedelta(seconds=2)
"""Within this time what changes is told by one edit, and the group once for several managers."""
IN_GROUP = "group"


class AlertOutbox(Outbox, Protocol):
    """An outbox that can be asked what waits."""

    def noted(self, dedupe: str) -> Mapping[str, object] | None:
        """What is noted with the parcel that waits under this key; None if none does."""


class AlertBoard:
    """Shows each draft in one message to everybody who may act on it, in private.

    Managers whom the bot does not reach see it in the operators' group.
    """

    HEARS = frozenset({"alerted"})
    DUE = frozenset({"alert"})

    def __init__(
        self,
        profile: Profile,
        *,
        alerts: Alerts,
        incidents: Incidents,
        placements: Placements,
        timers: Timers,
        outbox: AlertOutbox,
        followers: Followers,
        now: datetime,
    ) -> None:
        self._profile, self._alerts, self._now = profile, alerts, now
        self._placements, self._timers, self._outbox = placements, timers, outbox
        self._followers = followers
        self._wording = AlertWording(profile, alerts=alerts, incidents=incidents, now=now)

    def put_up(self, draft_id: int) -> None:
        """Say a draft to everybody who may act on it, in a message of its own with its sound."""
        first = self._alerts.get(draft_id)
        if first is None:
            return
        for subject in _subjects(first):
            self._placements.forget(subject)
        places = [str(each) for each in sorted(holders(self._profile, Right.DRAFT))]
        if not self._profile.managers:
            places.append(IN_GROUP)
        self._alerts.keep(replace(first, shown=tuple(places)))
        sheet = self._wording.sheet(first)
        for each in places:
            self._say(first, each, sheet)

    def change(self, draft_id: int) -> None:
        """Bring its messages up to date soon; how soon does not depend on how many changes there are."""
        if self._timers.when("alert", draft_id) is None:
            self._timers.set("alert", draft_id, self._now + SOON)

    def show(self, draft_id: int) -> None:
        """Have every message of a draft say what it is to say now."""
        self._show(draft_id, waiting=True)

    def _show(self, draft_id: int, *, waiting: bool) -> bool:
        """Whether nobody's message was passed over; edits that are `waiting` are replaced, or left alone."""
        first, whole = self._alerts.get(draft_id), True
        if first is None:
            return whole
        sheet = self._wording.sheet(first)
        places = dict(zip(_subjects(first), first.shown, strict=True))
        for subject, where in self._placements.among(places).items():
            dedupe = f"{subject}:shown"
            if where.message_id is None:
                continue
            if not waiting and self._outbox.noted(dedupe) is not None:
                whole = False
                continue
            body = rewrite(where.message_id, sheet.html, self._rows(sheet, places[subject]))
            self._outbox.post(Parcel(to=Chat(where.chat_id), body=body, lane=Lane.INCIDENT, dedupe=dedupe))
        return whole

    def say_over(self, first: KeptAlert) -> None:
        """Say in a message of its own that what opened an incident is over."""
        sheet = self._wording.over(first)
        for each in first.shown:
            to = OperatorsGroup() if each == IN_GROUP else Chat(int(each))
            subject = f"{_subject(first.id, each)}:over"
            self._outbox.post(
                Parcel(
                    to=to, body=say(sheet.html, self._rows(sheet, each)), lane=Lane.INCIDENT, dedupe=subject
                )
            )

    def published(self, told: PublishedNotice) -> None:
        """A notice about an incident was published: link the draft it came from, and show how it stands."""
        incident_id = told.incident.id
        first = None if told.alert_id is None else self._alerts.get(told.alert_id)
        if first is not None and first.incident_id is None:
            self._alerts.link(first.id, incident_id, told.by.name)
            for each in self._alerts.feeding(first.id):
                self.link(each)
        for number in self._alerts.drafts_of(incident_id):
            self.change(number)

    def link(self, alert: KeptAlert) -> None:
        """Let the people an alert is made of follow the incident that it has opened, if it has."""
        for each in alert.people if alert.incident_id is not None else ():
            self._followers.follow(alert.incident_id or 0, each, Why.SPIKE, self._now)

    def due(self, kind: str, subject: int) -> None:
        """Bring a draft's messages up to date.

        What is replaced goes to the end of its chat's queue. With several drafts that change all the time the
        last of them would never have its turn, so an edit that waits is let go first.
        """
        if not self._show(subject, waiting=False):
            self.change(subject)

    def heard(self, parcel: Parcel, outcome: Outcome) -> None:
        """Note where a message stands; say in the group what could not be delivered to a manager."""
        first, body = self._alerts.get(parcel.ref["alert"]), parcel.body
        if first is None or not isinstance(body, Say):
            return
        to = parcel.to
        match outcome:
            case Sent((message_id, *_)):
                where = to.chat_id if isinstance(to, Chat) else self._profile.places.group
                name = str(to.chat_id) if isinstance(to, Chat) else IN_GROUP
                self._placements.put(_subject(first.id, name), Placement(where, message_id))
                if self._wording.sheet(first).html != body.html:
                    self.change(first.id)
            case Sent():
                pass
            case _ if isinstance(to, Chat) and to.chat_id in self._profile.managers:
                self._alerts.keep(replace(first, shown=tuple(dict.fromkeys((*first.shown, IN_GROUP)))))
                self._say(first, IN_GROUP, self._wording.sheet(first), wait=SOON)

    def _rows(self, sheet: AlertSheet, place: str) -> Rows:
        """The buttons of whoever reads it there; in the group that may be anybody."""
        publishes = place == IN_GROUP or may(self._profile, int(place), Right.PUBLISH)
        return sheet.for_one(publishes=publishes)

    def _say(self, first: KeptAlert, place: str, sheet: AlertSheet, wait: timedelta = AT_ONCE) -> None:
        self._outbox.post(
            Parcel(
                to=OperatorsGroup() if place == IN_GROUP else Chat(int(place)),
                body=say(sheet.html, self._rows(sheet, place)),
                lane=Lane.INCIDENT,
                kind="alerted",
                ref={"alert": first.id},
                dedupe=_subject(first.id, place),
                wait=wait,
            )
        )


def _subjects(first: KeptAlert) -> Iterator[str]:
    return (_subject(first.id, each) for each in first.shown)


def _subject(draft_id: int, place: str) -> str:
    return f"alert:{draft_id}:{place}"
