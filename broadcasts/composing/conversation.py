"""The managers' conversation about incidents: commands, what they write, what they press."""

from dataclasses import replace
from datetime import datetime
from typing import Protocol

from broadcasts.audience.saved import Saving
from broadcasts.backup.pressing import BackupPresses
from broadcasts.composing.approvals import Approvals
from broadcasts.composing.at_once import AtOnce
from broadcasts.composing.composer import NoticeComposer
from broadcasts.composing.decisions import WHY, ApprovalDecisions
from broadcasts.composing.draft import NoticeDraft, NoticeDrafts, beginning
from broadcasts.composing.glass import BreakGlass
from broadcasts.composing.incident_list import IncidentList, OpenBroadcasts
from broadcasts.composing.panel import NoticePanel
from broadcasts.composing.reaches import Reaches
from broadcasts.composing.severities import named
from broadcasts.feeds.hook_log import WORD, HookLog
from broadcasts.incident import (
    Attached,
    Audience,
    Incident,
    IncidentKind,
    Incidents,
    NoticeKind,
    Severity,
    Status,
)
from broadcasts.promising.promises import MORE
from broadcasts.telling.publishing import Publishing
from desk.alarm import Alarm
from desk.authority import Attempt, Authority, Right
from desk.conversation import PATIENCE, Command, Conversation, ManagerMessage, Press, number
from desk.formatted import Html, bare
from desk.post import Outbox, Parcel, say
from desk.profile import Profile
from desk.talk import Talk

OVER = {IncidentKind.INCIDENT: Status.RESOLVED, IncidentKind.MAINTENANCE: Status.COMPLETED}
STEPS = {
    "update": NoticeKind.UPDATED,
    "resolve": NoticeKind.RESOLVED,
    "correct": NoticeKind.CORRECTED,
    "retract": NoticeKind.WITHDRAWN,
    "review": NoticeKind.REVIEWED,
}
PUBLIC = frozenset({"again", "glass", "more", "publish", "spread"})
"""The actions whose effect everybody sees."""
DECIDING = frozenset({"approve", "decline", "reject"})
"""Those that decide on what somebody else has submitted."""
LETTING_OUT = DECIDING | {"publish", "submit", "takeback", "glass"}
"""Those that let a draft out, or begin to."""
CARRIED = frozenset({"photo", "video", "animation", "document"})
"""The kinds of file that are published with a notice."""


class SendsFiles(Protocol):
    """Sends what is left of an incident."""

    def send(self, incident: Incident, talk: Talk) -> None:
        """Send its files to whoever asked for them."""


class IncidentConversation(Conversation):
    """The conversation about incidents: /broadcast, /incidents and their buttons."""

    PRESSES = "incident"
    REFUSED = "manager.refused"
    REFUSED_ANONYMOUS = "manager.refused_anonymous"
    COMMANDS = frozenset({"broadcast", "incidents"})
    LISTENS_TO = Right.DRAFT

    def __init__(
        self,
        profile: Profile,
        *,
        drafts: NoticeDrafts,
        incidents: Incidents,
        publishing: Publishing,
        reaches: Reaches,
        approvals: Approvals,
        authority: Authority,
        alarm: Alarm,
        outbox: Outbox,
        hooks: HookLog,
        now: datetime,
        saving: Saving | None = None,
        backup: BackupPresses | None = None,
        broadcasts: OpenBroadcasts | None = None,
        files: SendsFiles | None = None,
    ) -> None:
        self._profile, self._drafts, self._incidents, self._now = profile, drafts, incidents, now
        self._publishing, self._outbox = publishing, outbox
        self._hooks, self._backup, self._files = hooks, backup, files
        self._composer = NoticeComposer(
            profile, drafts=drafts, incidents=incidents, publishing=publishing, reaches=reaches, now=now
        )
        self._approvals = approvals
        self._decisions = ApprovalDecisions(approvals, self._composer, drafts, authority, now)
        self._glass = BreakGlass(self._composer, drafts=drafts, authority=authority, alarm=alarm, now=now)
        self._list, self._panel = (
            IncidentList(profile, incidents, now, saving, broadcasts),
            NoticePanel(profile, now),
        )

    def attempt(self, wish: Press | Command) -> Attempt:
        """The attempt that a press or a command makes, for the audit."""
        if isinstance(wish, Command):
            return Attempt(wish.name, right=Right.DRAFT)
        if wish.action in DECIDING:
            return Attempt(wish.action, wish.subject, self._approvals.right_for("".join(wish.words[:1])))
        right = Right.PUBLISH if wish.action in PUBLIC else Right.DRAFT
        return Attempt(wish.action, wish.subject, right)

    def commanded(self, talk: Talk, command: Command) -> None:
        """Carry out /incidents, or /broadcast with or without a severity and a text."""
        if command.name == "incidents" and command.first == WORD:
            self._hooks.show(talk)
            return
        if command.name == "incidents":
            self._list.show(talk, None)
            return
        severity = named(command.first, self._profile.texts)
        html = command.html if severity is None else command.html_behind
        draft = NoticeDraft(
            manager_id=talk.person.telegram_id,
            where=talk.where,
            severity=severity,
            status=Status.INVESTIGATING,
            started_at=self._now,
        )
        carried, beside = _carried(command.kind, command.file_id)
        if command.album is not None and carried is not None:
            self._say_album(talk, command.album)
        ready = self._composer.ready(draft, command.words.strip()) if severity is None else None
        self._composer.go_on(ready or self._composer.worded(draft, html, carried), talk, beside=beside)

    def asked_at(self, talk: Talk) -> datetime | None:
        """When this manager was asked here for a draft's text; None if they were not."""
        draft = self._hearing(talk)
        return None if draft is None else draft.started_at

    def hear(self, talk: Talk, told: ManagerMessage) -> bool:
        """Take the manager's words as a draft's text; False if none waits for one."""
        draft, html = self._hearing(talk), told.html
        if draft is None:
            return False
        carried, beside = _carried(told.kind, told.file_id)
        severity = named(bare(html), self._profile.texts)
        reasons = (WHY, *self._glass.answers)
        if not bare(html).strip() and (carried is None or draft.asking in reasons):
            talk.say(talk.text("manager.words_needed"))
        elif not bare(html).strip() and told.album is not None and draft.attached is not None:
            self._say_album(talk, told.album)
        elif draft.asking == WHY:
            self._decisions.told_why(draft, html, talk)
        elif draft.asking in self._glass.answers:
            self._glass.answers[draft.asking](draft, html, talk)
        elif carried is None and (draft.asking is not None or draft.lacks_window):
            self._composer.answered(draft, html, talk)
        elif draft.severity is None and severity is not None:
            self._composer.go_on(replace(draft, severity=severity), talk, beside=beside)
        else:
            self._composer.go_on(self._composer.worded(draft, html, carried), talk, beside=beside)
        return True

    def edited(self, talk: Talk, html: str | None) -> None:
        """Say that the draft has stayed as it was: what was previewed is what is published."""
        draft = self._drafts.of(talk.person.telegram_id, talk.where.chat_id)
        fresh = draft is not None and self._now - draft.started_at <= PATIENCE
        if draft is not None and fresh and draft.text not in {None, html}:
            talk.say(talk.text("manager.edited"))

    def pressed(self, talk: Talk, press: Press) -> str | None:
        """Carry out a press in a preview, the list or an incident; returns the toast, if any."""
        match press.action, press.words:
            case action, [token] if action in LETTING_OUT:
                return self._let_out(press.action, token, press.message_id, talk)
            case "cancel", [token]:
                return self._composer.cancel(token, press.message_id, talk)
            case "severity", [token, word] if word in set(Severity):
                return self._composer.choose(token, Severity(word), press.message_id, talk)
            case "faster", [token]:
                return self._composer.faster(token, press.stars, press.message_id, talk)
            case "fill", [token, word]:
                return self._composer.fill(token, word, press.message_id, talk)
            case action, [token, *rest] if self._panel.knows(action):
                return self._composer.change(action, token, "".join(rest[:1]), press.message_id, talk)
            case ("list" | "recent") as page, _:
                show = self._list.show if page == "list" else self._list.show_recent
                show(talk, press.message_id)
                return None
            case "more", [about, seen]:
                return self._promise_more(talk, number(about), number(seen), press.message_id)
            case action, [word] if (incident_id := number(word)) is not None:
                return self._incident_pressed(talk, action, incident_id, press.message_id)
        return talk.plain("manager.dead_button")

    def _let_out(self, action: str, token: str, message_id: int, talk: Talk) -> str:
        """Carry out a press that publishes, or has a second person decide whether to."""
        match action:
            case "publish":
                return self._composer.publish(token, message_id, talk)
            case "submit":
                return self._decisions.submit(token, message_id, talk)
            case "takeback":
                return self._decisions.take_back(token, message_id, talk)
            case "approve":
                return self._decisions.approve(token, message_id, talk)
            case "glass":
                return self._glass.ask(token, message_id, talk)
        return self._decisions.decline(token, message_id, talk, asks=action == "decline")

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
        if incident is not None and action == "show":
            self._list.open(incident, talk, message_id)
            return None
        if incident is not None and action == "export" and self._files is not None:
            self._files.send(incident, talk)
            return None
        if incident is not None and incident.live and self._backup is not None and self._backup.knows(action):
            return self._backup.pressed(action, incident, talk, message_id)
        kind = STEPS.get(action)
        if incident is None or kind is None or incident.live is (kind is NoticeKind.REVIEWED):
            talk.disarm(message_id)
            return talk.plain("manager.ended")
        self._begin(kind, incident, talk)
        return None

    def _begin(self, kind: NoticeKind, incident: Incident, talk: Talk) -> None:
        """Begin the draft of a further notice; an end has a ready text, others are asked for."""
        texts, language = self._profile.texts, self._profile.language
        status = Status.POSTMORTEM if kind is NoticeKind.REVIEWED else incident.status
        draft = replace(
            self._further(kind, incident, talk),
            status=OVER[incident.kind] if kind.ends else status,
            title=self._title(kind, incident),
            next_by=incident.next_by if kind is NoticeKind.CORRECTED else None,
            text=Html(texts.say(f"incident.words.{kind.value}", language)) if kind.ends else None,
        )
        self._composer.go_on(draft, talk)

    def _promise_more(self, talk: Talk, about: int | None, seen: int | None, message_id: int) -> str:
        """Publish that work goes on, with a new promise, unless anything was said meanwhile."""
        talk.disarm(message_id)
        incident = None if about is None else self._incidents.get(about)
        if incident is None:
            return talk.plain("manager.ended")
        draft = replace(
            self._further(NoticeKind.UPDATED, incident, talk),
            text=Html(self._profile.texts.say("incident.words.goes_on", self._profile.language)),
            next_by=self._now + MORE,
            audience=Audience.CHANNEL,
            token=f"more:{incident.id}:{seen}",
        )
        return talk.plain(
            AtOnce(self._profile, self._incidents, self._publishing, self._now).publish(
                draft, seen, talk.person
            )
        )

    def _further(self, kind: NoticeKind, incident: Incident, talk: Talk) -> NoticeDraft:
        return NoticeDraft.further(kind, incident, talk.person.telegram_id, talk.where, self._now)

    def _title(self, kind: NoticeKind, incident: Incident) -> str | None:
        """What it goes on being called; a correction of the words it is called by corrects its title too."""
        told = [
            each for each in self._incidents.notices(incident.id) if each.kind is not NoticeKind.CORRECTED
        ]
        named_by_text = len(told) == 1 and incident.title == beginning(incident.text)
        return None if kind is NoticeKind.CORRECTED and named_by_text else incident.title

    def _say_album(self, talk: Talk, album: str) -> None:
        """Say that one picture of an album is published; said once while the album comes in."""
        html = talk.text("manager.one_of_album")
        dedupe = f"notice:album:{talk.where.chat_id}:{album}"
        self._outbox.post(Parcel(to=talk.where, body=say(html), dedupe=dedupe))


def _carried(kind: str, file_id: str | None) -> tuple[Attached | None, str]:
    """The file that is published with the words, and the kind of one that is not ("text" for none)."""
    if file_id is not None and kind in CARRIED:
        return Attached(kind, file_id), "text"
    return None, kind
