"""The managers' conversation about incidents: commands, what they write, what they press."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from broadcasts.composing.composer import NoticeComposer
from broadcasts.composing.draft import NoticeDraft, NoticeDrafts, beginning
from broadcasts.composing.severities import named
from broadcasts.incident import Incident, IncidentKind, Incidents, NoticeKind, Severity, Status
from broadcasts.telling.publishing import Publishing
from broadcasts.telling.wording import IncidentWording
from desk.authority import Attempt, Right
from desk.conversation import Command, Conversation, ManagerMessage, Press, number
from desk.formatted import Html, bare, cut
from desk.post import Outbox
from desk.profile import Profile
from desk.talk import Talk

CAPTION = 40
OVER = {IncidentKind.INCIDENT: Status.RESOLVED, IncidentKind.MAINTENANCE: Status.COMPLETED}
LISTED = 30
STEPS = {
    "update": NoticeKind.UPDATED,
    "resolve": NoticeKind.RESOLVED,
    "correct": NoticeKind.CORRECTED,
    "retract": NoticeKind.WITHDRAWN,
}
PUBLIC = frozenset({"publish", "again"})
"""The actions whose effect everybody sees."""


class IncidentConversation(Conversation):
    """The conversation about incidents: /broadcast, /incidents and their buttons."""

    PRESSES = "incident"
    REFUSED = "manager.refused"
    REFUSED_ANONYMOUS = "manager.refused_anonymous"
    COMMANDS = frozenset({"broadcast", "incidents"})

    def __init__(
        self,
        profile: Profile,
        *,
        drafts: NoticeDrafts,
        incidents: Incidents,
        publishing: Publishing,
        outbox: Outbox,
        now: datetime,
    ) -> None:
        self._profile, self._drafts, self._incidents, self._now = profile, drafts, incidents, now
        self._publishing, self._outbox = publishing, outbox
        self._composer = NoticeComposer(
            profile, drafts=drafts, incidents=incidents, publishing=self._publishing, now=now
        )
        self._wording = IncidentWording(profile)

    def attempt(self, wish: Press | Command) -> Attempt:
        """The attempt that a press or a command makes, for the audit."""
        if isinstance(wish, Command):
            return Attempt(wish.name)
        right = Right.PUBLISH if wish.action in PUBLIC else Right.DRAFT
        return Attempt(wish.action, wish.subject, right)

    def commanded(self, talk: Talk, command: Command) -> None:
        """Carry out /incidents, or /broadcast with or without a severity and a text."""
        if command.name == "incidents":
            self._show_list(talk, None)
            return
        severity = named(command.first, self._profile.texts)
        html = command.html if severity is None else command.html_behind
        draft = NoticeDraft(
            manager_id=talk.person.telegram_id,
            where=talk.where,
            severity=severity,
            text=Html(html) if bare(html).strip() else None,
            started_at=self._now,
        )
        self._composer.go_on(draft, talk, beside=command.kind)

    def asked_at(self, talk: Talk) -> datetime | None:
        """When this manager was asked here for a draft's text; None if they were not."""
        draft = self._hearing(talk)
        return None if draft is None else draft.started_at

    def hear(self, talk: Talk, told: ManagerMessage) -> bool:
        """Take the manager's words as a draft's text; False if none waits for one."""
        draft, html = self._hearing(talk), told.html
        if draft is None:
            return False
        severity = named(bare(html), self._profile.texts)
        if not bare(html).strip():
            talk.say(talk.text("manager.words_needed"))
        elif draft.severity is None and severity is not None:
            self._composer.go_on(replace(draft, severity=severity), talk, beside=told.kind)
        else:
            self._composer.go_on(replace(draft, text=Html(html)), talk, beside=told.kind)
        return True

    def pressed(self, talk: Talk, press: Press) -> str | None:
        """Carry out a press in a preview, the list or an incident; returns the toast, if any."""
        match press.action, press.words:
            case "publish", [token]:
                return self._composer.publish(token, press.message_id, talk)
            case "cancel", [token]:
                return self._composer.cancel(token, press.message_id, talk)
            case "severity", [token, word] if word in set(Severity):
                return self._composer.choose(token, Severity(word), press.message_id, talk)
            case "list", _:
                self._show_list(talk, press.message_id)
                return None
            case action, [word] if (incident_id := number(word)) is not None:
                return self._incident_pressed(talk, action, incident_id, press.message_id)
        return talk.plain("manager.dead_button")

    def _hearing(self, talk: Talk) -> NoticeDraft | None:
        """The draft that waits for this manager's words here."""
        draft = self._drafts.of(talk.person.telegram_id, talk.where.chat_id)
        return draft if draft is not None and draft.hears(talk.where, self._now) else None

    def _incident_pressed(self, talk: Talk, action: str, incident_id: int, message_id: int) -> str | None:
        incident = self._incidents.get(incident_id)
        if incident is not None and action == "again":
            talk.disarm(message_id)
            self._publishing.again(incident.id, talk.where)
            return talk.plain("manager.toast.again")
        if incident is None or not incident.live:
            talk.disarm(message_id)
            return talk.plain("manager.ended")
        if action == "show":
            self._show(incident, talk, message_id)
        elif action in STEPS:
            self._begin(STEPS[action], incident, talk)
        return None

    def _begin(self, kind: NoticeKind, incident: Incident, talk: Talk) -> None:
        """Begin the draft of a further notice; an end has a ready text, others are asked for."""
        texts, language = self._profile.texts, self._profile.language
        draft = NoticeDraft(
            manager_id=talk.person.telegram_id,
            where=talk.where,
            kind=kind,
            incident_id=incident.id,
            severity=incident.severity,
            status=OVER[incident.kind] if kind.ends else incident.status,
            title=self._title(kind, incident),
            components=incident.components,
            window=incident.window,
            next_by=incident.next_by if kind is NoticeKind.CORRECTED else None,
            text=Html(texts.say(f"incident.words.{kind.value}", language)) if kind.ends else None,
            started_at=self._now,
        )
        self._composer.go_on(draft, talk)

    def _title(self, kind: NoticeKind, incident: Incident) -> str | None:
        """What it goes on being called; a correction of the words it is called by corrects its title too."""
        told = [
            each for each in self._incidents.notices(incident.id) if each.kind is not NoticeKind.CORRECTED
        ]
        named_by_text = len(told) == 1 and incident.title == beginning(incident.text)
        return None if kind is NoticeKind.CORRECTED and named_by_text else incident.title

    def _show_list(self, talk: Talk, message_id: int | None) -> None:
        live = self._incidents.live()
        html = talk.text("manager.incidents" if live else "manager.no_incidents")
        listed = live[:LISTED]
        rows = [
            [talk.named(caption, "show", each.id)]
            for caption, each in zip(self._captions(listed, talk.language), listed, strict=True)
        ]
        if message_id is None:
            talk.say(html, rows)
        else:
            talk.rewrite(message_id, html, rows)

    def _captions(self, listed: Sequence[Incident], language: str) -> list[str]:
        """A caption for each; those that read alike say when it began, and a number if that is alike too."""
        words = [f"{each.severity.sign} {cut(each.title, CAPTION)}" for each in listed]
        begun = [self._begun(each, language) for each in listed]
        told = [
            f"{one} · {at}" if words.count(one) > 1 else one for one, at in zip(words, begun, strict=True)
        ]
        return [
            f"{one} ({told[index:].count(one)})" if told.count(one) > 1 else one
            for index, one in enumerate(told)
        ]

    def _begun(self, incident: Incident, language: str) -> str:
        zone = self._profile.zone
        return self._profile.texts.moment(
            language, incident.started_at.astimezone(zone), self._now.astimezone(zone)
        )

    def _show(self, incident: Incident, talk: Talk, message_id: int) -> None:
        html = self._wording.post(incident, self._incidents.notices(incident.id))
        rows = [
            [talk.button(f"button.{step}", step, incident.id) for step in pair]
            for pair in (("update", "resolve"), ("correct", "retract"))
        ]
        talk.rewrite(message_id, html, [*rows, [talk.button("manager.back", "list", 0)]])
