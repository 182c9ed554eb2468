"""Alerts taken in: the same again is one, what belongs together feeds one draft that managers are shown."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from broadcasts.alerts.alert import Alert, AlertSource
from broadcasts.alerts.board import AlertBoard
from broadcasts.alerts.kept import ALL_ELSE, Alerts, KeptAlert
from broadcasts.alerts.ruling import Ruling, rule
from broadcasts.alerts.sheet import AlertWording
from broadcasts.alerts.spikes import COOLDOWN
from broadcasts.incident import Incidents, Severity
from broadcasts.telling.publishing import Publishing
from desk.authority import Audit
from desk.people import Person
from desk.profile import Profile

TOGETHER = timedelta(minutes=15)
"""What begins within this time and is about the same component feeds one draft."""
STORM = 6
"""So many drafts within that time are shown; whatever else begins feeds one draft together."""
DAY = timedelta(days=1)
WORST = (Severity.RED, Severity.YELLOW, Severity.GREEN)
MACHINE = 0
"""Who published by a rule, in the audit and as a notice's author."""


class AlertIntake:
    """Keeps what monitoring tells, and decides what managers see of it."""

    def __init__(
        self,
        profile: Profile,
        *,
        alerts: Alerts,
        incidents: Incidents,
        board: AlertBoard,
        publishing: Publishing,
        audit: Audit,
        now: datetime,
    ) -> None:
        self._profile, self._alerts, self._incidents, self._now = profile, alerts, incidents, now
        self._board, self._publishing, self._audit = board, publishing, audit
        self._wording = AlertWording(profile, alerts=alerts, incidents=incidents, now=now)
        self._begun: dict[int, bool] = {}
        self._changed: set[int] = set()

    def take(self, told: Sequence[Alert]) -> None:
        """Take alerts that came together."""
        for alert in told:
            known = self._alerts.of(alert.source, alert.key)
            if alert.firing:
                self._fires(alert, known)
            elif known is not None and known.firing:
                self._ends(known)
        for draft_id, publish in self._begun.items():
            if publish:
                self._publish(draft_id)
            self._board.put_up(draft_id)
        for draft_id in self._changed - self._begun.keys():
            self._board.change(draft_id)
        self._begun, self._changed = {}, set()

    def _fires(self, alert: Alert, known: KeptAlert | None) -> None:
        ruling = rule(self._profile, alert)
        if known is None or not self._goes_on(known):
            self._begins(alert, ruling, known)
            return
        worse = _worst(known.severity, ruling.severity)
        anew = known.leads and known.put_off and not known.muted and worse is not known.severity
        again = replace(
            known,
            firing=True,
            fired=known.fired + (not known.firing),
            last_at=self._now,
            component=ruling.component,
            severity=worse if known.leads else ruling.severity,
            template=ruling.template,
            title=alert.title,
            text=alert.text,
            put_off=known.put_off and not anew,
            asked=alert.asked or known.asked,
            people=alert.people or known.people,
        )
        self._alerts.keep(again)
        self._board.link(again)
        if known.muted:
            return
        if anew:
            self._begun[known.id] = False
        if not known.leads:
            self._worsen(known.draft_id, ruling.severity)
        if _told(again) != _told(known):
            self._changed.add(known.draft_id)

    def _goes_on(self, known: KeptAlert) -> bool:
        """Whether it is told of still: by itself, by others that feed its draft, or by a live incident."""
        asked = known.source is AlertSource.QUESTIONS
        if known.goes_on(self._now, COOLDOWN if asked else self._profile.alerts.flapping):
            return True
        incident = None if known.incident_id is None else self._incidents.get(known.incident_id)
        others = self._alerts.count(known.draft_id).firing - known.firing
        return others > 0 or (incident is not None and incident.live)

    def _begins(self, alert: Alert, ruling: Ruling, known: KeptAlert | None) -> None:
        """It begins, or begins anew: it joins a draft of its kind or gets one of its own."""
        new = KeptAlert(
            source=alert.source,
            key=alert.key,
            first_at=self._since(alert),
            last_at=self._now,
            component=ruling.component,
            severity=ruling.severity,
            template=ruling.template,
            title=alert.title,
            text=alert.text,
            gathers=ruling.component or (alert.key if alert.asked else alert.title),
            muted=known is not None and known.muted,
            decided=known.decided if known is not None and known.muted else None,
            shown=() if known is None else known.shown,
            asked=alert.asked,
            people=alert.people,
        )
        first = None if new.muted else self._joins(new)
        if first is not None:
            joined = replace(new, draft_id=first.id, incident_id=first.incident_id)
            self._alerts.keep(joined)
            self._board.link(joined)
            self._worsen(first.id, ruling.severity)
            self._changed.add(first.id)
            return
        if known is not None and known.leads:
            self._alerts.release(known.id)
        gathers = ALL_ELSE if self._storm() else new.gathers
        number = self._alerts.keep(replace(new, gathers=gathers))
        self._alerts.keep(replace(new, gathers=gathers, id=number, draft_id=number))
        if not new.muted:
            self._begun[number] = ruling.publish

    def _joins(self, new: KeptAlert) -> KeptAlert | None:
        """The draft that a new alert feeds, if there is one already."""
        since = self._now - TOGETHER
        first = self._alerts.leading(new.gathers, since)
        if first is None and self._storm():
            first = self._alerts.leading(ALL_ELSE, since)
        if first is None or first.muted or (first.source, first.key) == (new.source, new.key):
            return None
        if first.incident_id is not None:
            incident = self._incidents.get(first.incident_id)
            if incident is None or not incident.live:
                return None
        decided = first.put_off or first.incident_id is not None
        worse = _worst(first.severity, new.severity) is not first.severity
        return None if decided and worse else first

    def _storm(self) -> bool:
        return self._alerts.drafts_since(self._now - TOGETHER) >= STORM

    def _worsen(self, draft_id: int, severity: Severity) -> None:
        first = self._alerts.get(draft_id)
        if first is None:
            return
        worse = _worst(first.severity, severity)
        self._alerts.keep(replace(first, severity=worse, last_at=self._now))

    def _ends(self, known: KeptAlert) -> None:
        self._alerts.keep(replace(known, firing=False, last_at=self._now))
        first = self._alerts.get(known.draft_id)
        if known.muted or first is None:
            return
        self._changed.add(first.id)
        incident = None if first.incident_id is None else self._incidents.get(first.incident_id)
        watched = first.source is not AlertSource.QUESTIONS  # people fall silent for many reasons
        live = incident is not None and incident.live
        over = watched and live and self._alerts.count(first.id).firing == 0
        if over and known.fired == 1:  # what comes and goes is told by the message that stands
            self._board.say_over(first)

    def _publish(self, draft_id: int) -> None:
        """A rule wants it told at once, without anybody's press."""
        first = self._alerts.get(draft_id)
        announcement = None if first is None else self._wording.draft(first).complete(0, MACHINE, self._now)
        if first is None or announcement is None:
            return
        texts = self._profile.texts
        name = texts.plain(f"alerted.source.{first.source.value}", self._profile.language)
        self._audit.note(MACHINE, "publish", f"alert:{first.id}", allowed=True, at=self._now)
        self._publishing.publish(announcement, Person(telegram_id=MACHINE, first_name=name))
        told = self._alerts.get(draft_id) or first
        self._alerts.keep(replace(told, decided=texts.plain("alerted.by_rule", self._profile.language)))

    def _since(self, alert: Alert) -> datetime:
        """When it began, if the source says something that can be."""
        believed = alert.at is not None and self._now - DAY < alert.at <= self._now
        return alert.at if believed and alert.at is not None else self._now


def _worst(one: Severity, other: Severity) -> Severity:
    return min(one, other, key=WORST.index)


def _told(alert: KeptAlert) -> tuple[object, ...]:
    """What managers would see of it."""
    return alert.firing, alert.fired, alert.component, alert.severity, alert.template, alert.title, alert.text
