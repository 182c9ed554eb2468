"""The managers' conversation about maintenance: /maintenance and its buttons.

Its drafts are drafts of notices like others: their buttons and words go to the conversation about incidents.
"""

from dataclasses import replace
from datetime import datetime

from broadcasts.composing.at_once import AtOnce
from broadcasts.composing.composer import NoticeComposer
from broadcasts.composing.draft import NoticeDraft, NoticeDrafts
from broadcasts.composing.reaches import Reaches
from broadcasts.composing.windows import WindowReader
from broadcasts.incident import (
    Audience,
    Incident,
    IncidentKind,
    Incidents,
    NoticeKind,
    Severity,
    Status,
    Window,
)
from broadcasts.maintaining.works import DRAFTS, LONGER, PRESSES, Works
from broadcasts.telling.publishing import Publishing
from desk.authority import Attempt, Right
from desk.conversation import Command, Conversation, Press, number
from desk.formatted import Html, bare, between, length_of
from desk.profile import Profile
from desk.talk import Talk

STEPS = {
    "update": (NoticeKind.UPDATED, None),
    "begin": (NoticeKind.UPDATED, Status.IN_PROGRESS),
    "verify": (NoticeKind.UPDATED, Status.VERIFYING),
    "finish": (NoticeKind.RESOLVED, Status.COMPLETED),
    "move": (NoticeKind.RESCHEDULED, None),
    "off": (NoticeKind.WITHDRAWN, Status.COMPLETED),
}
"""What a button of an opened maintenance begins: a kind of notice, and how far it is after it."""
READY = {
    "begin": "incident.words.begun",
    "verify": "incident.words.verifying",
    "finish": "incident.words.completed",
    "move": "incident.words.rescheduled",
    "off": "incident.words.called_off",
}
PUBLIC = frozenset({"done", "longer"})


class MaintenanceConversation(Conversation):
    """The conversation about maintenance."""

    PRESSES = PRESSES
    REFUSED = "manager.refused"
    REFUSED_ANONYMOUS = "manager.refused_anonymous"
    COMMANDS = frozenset({"maintenance"})

    def __init__(
        self,
        profile: Profile,
        *,
        drafts: NoticeDrafts,
        incidents: Incidents,
        publishing: Publishing,
        reaches: Reaches,
        now: datetime,
    ) -> None:
        self._profile, self._incidents, self._publishing, self._now = profile, incidents, publishing, now
        self._composer = NoticeComposer(
            profile, drafts=drafts, incidents=incidents, publishing=publishing, reaches=reaches, now=now
        )
        self._works, self._windows = Works(profile, incidents, now), WindowReader(profile.texts)

    def attempt(self, wish: Press | Command) -> Attempt:
        """The attempt that a press or a command makes, for the audit."""
        if isinstance(wish, Command):
            return Attempt(wish.name, right=Right.DRAFT)
        right = Right.PUBLISH if wish.action in PUBLIC else Right.DRAFT
        return Attempt(f"maintenance_{wish.action}", wish.subject, right)

    def commanded(self, talk: Talk, command: Command) -> None:
        """List what is planned, or begin a plan with the window and the words behind the command."""
        if not command.words.strip():
            self._works.show(talk, None)
            return
        found = self._windows.head(bare(command.html), self._now.astimezone(self._profile.zone))
        start = 0 if found is None else found.end
        text = between(command.html, start, length_of(command.html)).strip()
        self._plan(talk, None if found is None else found.window, text, beside=command.kind)

    def pressed(self, talk: Talk, press: Press) -> str | None:
        """Carry out a press in the list, in a maintenance or in a reminder; returns the toast, if any."""
        match press.action, [number(word) for word in press.words]:
            case "list", _:
                self._works.show(talk, press.message_id)
                return None
            case "plan", _:
                self._plan(talk, None, "")
                return None
            case ("done" | "longer") as action, [int(incident_id), int(seen)]:
                return self._at_once(action, incident_id, seen, talk, press.message_id)
            case action, [int(incident_id)]:
                return self._opened(action, incident_id, talk, press.message_id)
        return talk.plain("manager.dead_button")

    def _opened(self, action: str, incident_id: int, talk: Talk, message_id: int) -> str | None:
        incident = self._incidents.get(incident_id)
        if incident is None or not incident.live or incident.kind is not IncidentKind.MAINTENANCE:
            talk.disarm(message_id)
            return talk.plain("manager.maintenance_over")
        if action == "show":
            self._works.open(incident, talk, message_id)
        elif action in STEPS:
            self._composer.go_on(self._step(action, incident, talk), talk.under(DRAFTS))
        else:
            return talk.plain("manager.dead_button")
        return None

    def _plan(self, talk: Talk, window: Window | None, text: str, beside: str = "text") -> None:
        draft = NoticeDraft(
            manager_id=talk.person.telegram_id,
            where=talk.where,
            severity=Severity.YELLOW,
            status=Status.SCHEDULED,
            window=window,
            text=Html(text) if bare(text).strip() else None,
            started_at=self._now,
        )
        self._composer.go_on(draft, talk.under(DRAFTS), beside=beside)

    def _step(self, action: str, incident: Incident, talk: Talk) -> NoticeDraft:
        kind, status = STEPS[action]
        ready = READY.get(action)
        words = None if ready is None else Html(self._profile.texts.say(ready, self._profile.language))
        return replace(
            self._further(kind, incident, talk),
            status=status or (Status.SCHEDULED if kind is NoticeKind.RESCHEDULED else incident.status),
            text=words,
            asking="window" if kind is NoticeKind.RESCHEDULED else None,
        )

    def _at_once(self, action: str, incident_id: int, seen: int, talk: Talk, message_id: int) -> str:
        """Publish what a reminder offers: that it is over, or that it takes longer."""
        talk.disarm(message_id)
        incident = self._incidents.get(incident_id)
        if incident is None or incident.window is None:
            return talk.plain("manager.maintenance_over")
        if action == "done":
            draft = self._step("finish", incident, talk)
        else:
            longer = Window(incident.window.begins, max(self._now, incident.window.ends) + LONGER)
            text = self._profile.texts.say("incident.words.longer", self._profile.language)
            draft = self._further(NoticeKind.RESCHEDULED, incident, talk)
            draft = replace(draft, window=longer, text=Html(text), audience=Audience.CHANNEL)
        draft = replace(draft, token=f"{action}:{incident.id}:{seen}")
        at_once = AtOnce(self._profile, self._incidents, self._publishing, self._now)
        return talk.plain(at_once.publish(draft, seen, talk.person))

    def _further(self, kind: NoticeKind, incident: Incident, talk: Talk) -> NoticeDraft:
        return NoticeDraft.further(kind, incident, talk.person.telegram_id, talk.where, self._now)
