"""The managers' side: commands, what they write, what they press. Who they are is checked each time."""

from dataclasses import replace
from datetime import datetime
from typing import Protocol

from broadcasts.composing import Composing
from broadcasts.draft import Draft, Drafts
from broadcasts.incident import Incident, Incidents, Kind, Severity, State
from broadcasts.publishing import Publishing
from broadcasts.severities import named
from broadcasts.wording import Wording
from desk.formatted import Html, bare, in_brief
from desk.people import Person
from desk.post import Button, Outbox, press
from desk.profile import Profile
from desk.talk import Said, Talk, Where

CAPTION = 40
LISTED = 30
STEPS = {
    "update": Kind.UPDATED,
    "resolve": Kind.RESOLVED,
    "correct": Kind.CORRECTED,
    "retract": Kind.WITHDRAWN,
}


class Audit(Protocol):
    """Who tried to do what."""

    def note(self, actor_id: int, action: str, subject: str | None, *, allowed: bool, at: datetime) -> None:
        """Insert one attempt."""


class Console:
    """The managers' conversation."""

    def __init__(
        self,
        profile: Profile,
        *,
        drafts: Drafts,
        incidents: Incidents,
        audit: Audit,
        outbox: Outbox,
        now: datetime,
    ) -> None:
        self._profile, self._drafts, self._incidents = profile, drafts, incidents
        self._audit, self._outbox, self._now = audit, outbox, now
        self._publishing = Publishing(profile, incidents=incidents, outbox=outbox)
        self._composing = Composing(
            profile, drafts=drafts, incidents=incidents, publishing=self._publishing, now=now
        )
        self._wording = Wording(profile)

    def broadcast(self, person: Person, where: Where, severity: Severity | None, html: str) -> None:
        """/broadcast with a severity and a text, with one of them, or bare: what is missing is asked for."""
        talk = self._talk(person, where)
        if not self._may(person, "broadcast", None):
            talk.say(talk.text(_refusal(person)))
            return
        draft = Draft(
            manager_id=person.telegram_id,
            where=where,
            severity=severity,
            text=Html(html) if bare(html).strip() else None,
            started_at=self._now,
        )
        self._composing.go_on(draft, talk)

    def asked_at(self, person: Person, where: Where) -> datetime | None:
        """Since when this manager's words here are for a draft; None if they are not."""
        draft = self._hearing(person, where)
        return None if draft is None else draft.started_at

    def hear(self, person: Person, where: Where, said: Said) -> bool:
        """Take what a manager writes as the text that was asked for; False if it is meant for others."""
        draft, html = self._hearing(person, where), said.html
        if draft is None:
            return False
        talk = self._talk(person, where)
        severity = named(bare(html), self._profile.texts)
        if not bare(html).strip():
            talk.say(talk.text("manager.words_needed"))
        elif draft.severity is None and severity is not None:
            self._composing.go_on(replace(draft, severity=severity), talk)
        else:
            self._composing.go_on(replace(draft, text=Html(html)), talk)
        return True

    def list_incidents(self, person: Person, where: Where) -> None:
        """/incidents: a button for each that is live."""
        talk = self._talk(person, where)
        if not self._may(person, "incidents", None):
            talk.say(talk.text(_refusal(person)))
            return
        self._show_list(talk, None)

    def pressed(
        self, person: Person, where: Where, action: str, argument: str, message_id: int
    ) -> str | None:
        """A button of ours. The toast to show, if any."""
        talk = self._talk(person, where)
        if not self._may(person, action, argument):
            return talk.toast(_refusal(person))
        token, _, word = argument.partition(":")
        match action:
            case "publish":
                return self._composing.publish(token, person, message_id, talk)
            case "cancel":
                return self._composing.cancel(token, message_id, talk)
            case "severity" if word in set(Severity):
                return self._composing.choose(token, Severity(word), message_id, talk)
            case "list":
                self._show_list(talk, message_id)
                return None
            case _ if argument.isdecimal():
                return self._incident_pressed(person, where, action, int(argument), message_id)
        return talk.toast("manager.dead_button")

    def _hearing(self, person: Person, where: Where) -> Draft | None:
        """The draft that this manager's words here and now are meant for."""
        if person.telegram_id not in self._profile.managers:
            return None
        draft = self._drafts.of(person.telegram_id, where.chat_id)
        return draft if draft is not None and draft.hears(where, self._now) else None

    def _incident_pressed(
        self, person: Person, where: Where, action: str, incident_id: int, message_id: int
    ) -> str | None:
        talk, incident = self._talk(person, where), self._incidents.get(incident_id)
        if incident is not None and action == "again":
            talk.disarm(message_id)
            self._publishing.again(incident.id, where)
            return talk.toast("manager.toast.again")
        if incident is None or incident.state is not State.LIVE:
            talk.disarm(message_id)
            return talk.toast("manager.ended")
        if action == "show":
            self._show(incident, talk, message_id)
        elif action in STEPS:
            self._begin(STEPS[action], incident, person, where)
        return None

    def _begin(self, kind: Kind, incident: Incident, person: Person, where: Where) -> None:
        """A further step of an incident; an end has words of its own, others are asked for."""
        texts, language = self._profile.texts, self._profile.language
        draft = Draft(
            manager_id=person.telegram_id,
            where=where,
            kind=kind,
            incident_id=incident.id,
            severity=incident.severity,
            text=Html(texts.say(f"incident.words.{kind.value}", language)) if kind.ends else None,
            started_at=self._now,
        )
        self._composing.go_on(draft, self._talk(person, where))

    def _show_list(self, talk: Talk, message_id: int | None) -> None:
        live = self._incidents.live()
        html = talk.text("manager.incidents" if live else "manager.no_incidents")
        rows = [
            [
                Button(
                    f"{each.severity.sign} {in_brief(each.text, CAPTION)}",
                    press("incident", "show", each.id),
                )
            ]
            for each in live[:LISTED]
        ]
        if message_id is None:
            talk.say(html, rows)
        else:
            talk.rewrite(message_id, html, rows)

    def _show(self, incident: Incident, talk: Talk, message_id: int) -> None:
        html = self._wording.post(incident.severity, self._incidents.notices(incident.id))
        rows = [
            [talk.button(f"button.{step}", step, incident.id) for step in pair]
            for pair in (("update", "resolve"), ("correct", "retract"))
        ]
        talk.rewrite(message_id, html, [*rows, [talk.button("manager.back", "list", 0)]])

    def _may(self, person: Person, action: str, subject: str | None) -> bool:
        """Only managers of this very moment; every attempt is noted."""
        allowed = person.telegram_id in self._profile.managers
        self._audit.note(person.telegram_id, action, subject, allowed=allowed, at=self._now)
        return allowed

    def _talk(self, person: Person, where: Where) -> Talk:
        return Talk(self._profile, self._outbox, person, where, presses="incident")


def _refusal(person: Person) -> str:
    """Groups and channels that write in their own name bear negative numbers."""
    return "manager.refused" if person.telegram_id > 0 else "manager.refused_anonymous"
