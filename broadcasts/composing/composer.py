"""The composer of notices: asks for what is missing, shows a preview, and publishes exactly that."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from broadcasts.announcement import Announcement
from broadcasts.composing.draft import TITLE, NoticeDraft, NoticeDrafts
from broadcasts.composing.panel import PHASES, NoticePanel
from broadcasts.composing.preview import NoticePreview, Reaches
from broadcasts.composing.promised import PromiseReader
from broadcasts.incident import Attached, Audience, Incidents, Notice, NoticeKind, Severity
from broadcasts.promising.promises import MORE
from broadcasts.telling.publishing import Publishing
from broadcasts.telling.wording import IncidentWording
from desk.formatted import Html, bare, cut
from desk.kinds import NAMED
from desk.people import Person
from desk.post import Button
from desk.profile import Profile
from desk.talk import Talk


class NoticeComposer:
    """Leads a draft from its first word to the press that publishes it."""

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
        self._profile, self._drafts, self._incidents = profile, drafts, incidents
        self._publishing, self._now = publishing, now
        self._wording, self._promises = IncidentWording(profile), PromiseReader(profile.texts)
        self._preview, self._panel = NoticePreview(profile, reaches, now), NoticePanel(profile, now)

    def worded(self, draft: NoticeDraft, html: str, attached: Attached | None = None) -> NoticeDraft:
        """The draft with this text, with what it promises, and with the file that came along, if one did."""
        read = self._promises.read(bare(html), self._local_now)
        return replace(
            draft,
            text=Html(html) if bare(html).strip() else draft.text,
            next_by=read if isinstance(read, datetime) else draft.next_by,
            attached=attached or draft.attached,
        )

    def answered(self, draft: NoticeDraft, html: str, talk: Talk) -> None:
        """Take words as what the panel asked for; what is not understood is asked for again."""
        words = " ".join(bare(html).split())
        if draft.asking == "title":
            self.go_on(replace(draft, title=cut(words, TITLE), asking=None), talk)
            return
        read = self._promises.time_of(words, self._local_now)
        if isinstance(read, datetime):
            self.go_on(replace(draft, next_by=read, asking=None), talk)
        else:
            talk.say(talk.text("manager.no_time", words=cut(words, TITLE)), self._cancel(draft, talk))

    def go_on(self, draft: NoticeDraft, talk: Talk, *, beside: str = "text") -> None:
        """Keep the draft, and ask for what it lacks or show the preview; a file `beside` it is named."""
        draft = self._sealed(draft)
        announcement = self._complete(draft)
        excess = 0 if announcement is None else self._excess(announcement)
        if excess:
            draft = self._sealed(replace(draft, text=None))
        self._drafts.keep(draft)
        left_out = _left_out(beside, talk)
        if excess:
            key = "manager.too_long" if draft.attached is None else "manager.too_long_caption"
            talk.say(talk.text(key, n=excess), self._cancel(draft, talk))
        elif draft.severity is None:
            self._ask_severity(draft, talk, left_out)
        elif announcement is None:
            self._ask_text(draft, talk, left_out)
        else:
            self._preview.show(announcement, self._before(draft), talk, left_out=left_out)

    def choose(self, token: str, severity: Severity, message_id: int, talk: Talk) -> str | None:
        """Set the pressed severity; returns the toast, if any."""
        draft = self._drafts.find(token)
        if draft is None:
            return self._dead(token, message_id, talk)
        talk.disarm(message_id)
        self.go_on(replace(draft, severity=severity), talk)
        return None

    def change(self, action: str, token: str, word: str, message_id: int, talk: Talk) -> str | None:
        """Change the draft as a button of the preview says, and show it so; returns the toast, if any."""
        draft = self._drafts.find(token)
        changed = None if draft is None else self._panel.changed(action, draft, word)
        if changed is None:
            return self._dead(token, message_id, talk)
        changed = self._sealed(changed)
        self._drafts.keep(changed)
        announcement = self._complete(changed)
        if announcement is None:  # the text is still being asked for
            self._rephrase(changed, message_id, talk)
            return None
        rows = self._panel.rows(action, changed, talk)
        self._preview.show(announcement, self._before(changed), talk, on=message_id, rows=rows)
        return talk.plain(f"manager.ask.{changed.asking}") if changed.asking else None

    def cancel(self, token: str, message_id: int, talk: Talk) -> str | None:
        """Drop the draft."""
        draft = self._drafts.find(token)
        if draft is None:
            return self._dead(token, message_id, talk)
        self._drafts.drop(draft)
        talk.rewrite(message_id, talk.text("manager.cancelled"))
        return None

    def publish(self, token: str, message_id: int, talk: Talk) -> str:
        """Publish what stands in the preview, if the draft has not changed since; returns the toast."""
        draft = self._drafts.find(token)
        announcement = None if draft is None else self._complete(draft, talk.person)
        if draft is None or announcement is None:
            return self._dead(token, message_id, talk)
        if not self._goes_on(draft):
            self._drafts.drop(draft)
            talk.disarm(message_id)
            return talk.plain("manager.ended")
        if self._sealed(draft).token != token:
            return self._anew(draft, message_id, talk, "manager.overtaken")
        if draft.next_by is not None and draft.next_by <= self._now:
            return self._anew(replace(draft, next_by=None), message_id, talk, "manager.promise_passed")
        post = self._wording.post(announcement.plan, [*self._before(draft), announcement.notice])
        self._publishing.publish(announcement, talk.person)
        self._drafts.drop(draft)
        shown = post if announcement.notice.attached is None else None
        said = talk.text("manager.published", post=shown, channel=self._profile.places.channel)
        talk.rewrite(message_id, said)
        return talk.plain("manager.toast.published")

    def promise_more(self, incident_id: int | None, seen: int | None, message_id: int, talk: Talk) -> str:
        """Publish that work goes on, with a new promise, unless anything was said meanwhile."""
        incident = None if incident_id is None else self._incidents.get(incident_id)
        if incident is None or not incident.live:
            talk.disarm(message_id)
            return talk.plain("manager.ended")
        draft = NoticeDraft(
            manager_id=talk.person.telegram_id,
            where=talk.where,
            kind=NoticeKind.UPDATED,
            incident_id=incident.id,
            severity=incident.severity,
            status=incident.status,
            title=incident.title,
            text=Html(self._profile.texts.say("incident.words.goes_on", self._profile.language)),
            components=incident.components,
            window=incident.window,
            next_by=self._now + MORE,
            audience=Audience.CHANNEL,
            token=f"more:{incident.id}:{seen}",
            started_at=self._now,
        )
        talk.disarm(message_id)
        announcement = self._complete(draft, talk.person)
        if announcement is None or announcement.notice.number != (seen or 0) + 1:
            return talk.plain("manager.said_meanwhile")
        self._publishing.publish(announcement, talk.person)
        return talk.plain("manager.toast.published")

    def _anew(self, draft: NoticeDraft, message_id: int, talk: Talk, why: str) -> str:
        talk.disarm(message_id)
        self.go_on(draft, talk)
        return talk.plain(why)

    def _ask_severity(self, draft: NoticeDraft, talk: Talk, left_out: str) -> None:
        rows = [
            [talk.button(f"severity.{each.value}", "severity", draft.token, each.value)] for each in Severity
        ]
        key = "manager.ask_severity" if draft.text is None else "manager.ask_severity_of_text"
        talk.say(talk.text(key, text=draft.text) + left_out, [*rows, *self._cancel(draft, talk)])

    def _ask_text(self, draft: NoticeDraft, talk: Talk, left_out: str) -> None:
        talk.say(self._asked(draft, talk) + left_out, self._answers(draft, talk))

    def _rephrase(self, draft: NoticeDraft, message_id: int, talk: Talk) -> None:
        talk.rewrite(message_id, self._asked(draft, talk), self._answers(draft, talk))

    def _asked(self, draft: NoticeDraft, talk: Talk) -> str:
        before = self._before(draft)
        return talk.text(
            f"manager.ask_text.{draft.kind.value}",
            sign=draft.severity and draft.severity.sign,
            text=before[-1].text if before else "",
        )

    def _answers(self, draft: NoticeDraft, talk: Talk) -> list[list[Button]]:
        """The buttons below a question for a text: how far it has come, where that may have changed."""
        if draft.kind is not NoticeKind.UPDATED:
            return self._cancel(draft, talk)
        phases = [
            [
                talk.named(
                    f"{'✓ ' if each is draft.status else ''}{talk.plain(f'panel.status.{each.value}')}",
                    "phase",
                    draft.token,
                    each.value,
                )
            ]
            for each in PHASES[draft.of]
        ]
        return [*phases, *self._cancel(draft, talk)]

    def _dead(self, token: str, message_id: int, talk: Talk) -> str:
        """Say that the button's draft has been published, changed or dropped."""
        if self._incidents.told(token):
            return talk.plain("manager.already_published")
        talk.disarm(message_id)
        return talk.plain("manager.dead_button")

    def _complete(self, draft: NoticeDraft, author: Person | None = None) -> Announcement | None:
        author_id = draft.manager_id if author is None else author.telegram_id
        return draft.complete(len(self._before(draft)), author_id, self._now)

    def _sealed(self, draft: NoticeDraft) -> NoticeDraft:
        return draft.sealed(len(self._before(draft)))

    def _before(self, draft: NoticeDraft | Announcement) -> Sequence[Notice]:
        return [] if draft.incident_id is None else self._incidents.notices(draft.incident_id)

    def _goes_on(self, draft: NoticeDraft) -> bool:
        """Whether there is still something to be told of: what is over takes a post-mortem and no more."""
        if draft.incident_id is None:
            return True
        incident = self._incidents.get(draft.incident_id)
        return incident is not None and incident.live is not (draft.kind is NoticeKind.REVIEWED)

    def _excess(self, announcement: Announcement) -> int:
        return self._wording.excess(announcement.plan, [*self._before(announcement), announcement.notice])

    def _cancel(self, draft: NoticeDraft, talk: Talk) -> list[list[Button]]:
        return [[talk.button("button.cancel", "cancel", draft.token)]]

    @property
    def _local_now(self) -> datetime:
        return self._now.astimezone(self._profile.zone)


def _left_out(beside: str, talk: Talk) -> str:
    """A line that names what came with the text and is not published; empty if nothing did."""
    if beside == "text":
        return ""
    kind = talk.plain(f"kind.{beside}") if beside in NAMED else talk.plain("manager.attachment")
    return "\n\n" + talk.text("manager.left_out", kind=kind)
