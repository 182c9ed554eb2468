"""The composer of notices: asks for what is missing, shows a preview, and publishes exactly that."""

from dataclasses import replace
from datetime import datetime

from broadcasts.announcement import Announcement
from broadcasts.composing.draft import NoticeDraft, NoticeDrafts
from broadcasts.incident import Incidents, Notice, Severity
from broadcasts.telling.publishing import Publishing
from broadcasts.telling.wording import IncidentWording
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
        now: datetime,
    ) -> None:
        self._profile, self._drafts, self._incidents = profile, drafts, incidents
        self._publishing, self._now = publishing, now
        self._wording = IncidentWording(profile)

    def go_on(self, draft: NoticeDraft, talk: Talk, *, beside: str = "text") -> None:
        """Keep the draft, and ask for what it lacks or show the preview; a file `beside` it is named."""
        draft = self._sealed(draft)
        announcement = self._complete(draft)
        excess = 0 if announcement is None else self._excess(announcement)
        if excess:
            draft = self._sealed(replace(draft, text=None))
        self._drafts.keep(draft)
        if excess:
            talk.say(talk.text("manager.too_long", n=excess), self._cancel(draft, talk))
        elif draft.severity is None:
            self._ask_severity(draft, talk, _left_out(beside, talk))
        elif announcement is None:
            self._ask_text(draft, talk, _left_out(beside, talk))
        else:
            self._preview(announcement, talk, _left_out(beside, talk))

    def choose(self, token: str, severity: Severity, message_id: int, talk: Talk) -> str | None:
        """Set the pressed severity; returns the toast, if any."""
        draft = self._drafts.find(token)
        if draft is None:
            return self._dead(token, message_id, talk)
        talk.disarm(message_id)
        self.go_on(replace(draft, severity=severity), talk)
        return None

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
        if not self._live(draft):
            self._drafts.drop(draft)
            talk.disarm(message_id)
            return talk.plain("manager.ended")
        if self._sealed(draft).token != token:
            talk.disarm(message_id)
            self.go_on(draft, talk)
            return talk.plain("manager.overtaken")
        post = self._wording.post(announcement.plan, [*self._before(draft), announcement.notice])
        self._publishing.publish(announcement, talk.person)
        self._drafts.drop(draft)
        talk.rewrite(
            message_id, talk.text("manager.published", post=post, channel=self._profile.places.channel)
        )
        return talk.plain("manager.toast.published")

    def _ask_severity(self, draft: NoticeDraft, talk: Talk, left_out: str) -> None:
        rows = [
            [talk.button(f"severity.{each.value}", "severity", draft.token, each.value)] for each in Severity
        ]
        key = "manager.ask_severity" if draft.text is None else "manager.ask_severity_of_text"
        talk.say(talk.text(key, text=draft.text) + left_out, [*rows, *self._cancel(draft, talk)])

    def _ask_text(self, draft: NoticeDraft, talk: Talk, left_out: str) -> None:
        before = self._before(draft)
        html = talk.text(
            f"manager.ask_text.{draft.kind.value}",
            sign=draft.severity and draft.severity.sign,
            text=before[-1].text if before else "",
        )
        talk.say(html + left_out, self._cancel(draft, talk))

    def _preview(self, announcement: Announcement, talk: Talk, left_out: str) -> None:
        notices = [*self._before(announcement), announcement.notice]
        html = talk.text(
            "manager.preview",
            post=self._wording.post(announcement.plan, notices),
            kind=announcement.notice.kind.value,
            channel=self._profile.places.channel,
            rings=announcement.notice.rings,
        )
        publish = talk.button("button.publish", "publish", announcement.token)
        cancel = talk.button("button.cancel", "cancel", announcement.token)
        talk.say(html + left_out, [[publish, cancel]])

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

    def _before(self, draft: NoticeDraft | Announcement) -> list[Notice]:
        return [] if draft.incident_id is None else list(self._incidents.notices(draft.incident_id))

    def _live(self, draft: NoticeDraft) -> bool:
        if draft.incident_id is None:
            return True
        incident = self._incidents.get(draft.incident_id)
        return incident is not None and incident.live

    def _excess(self, announcement: Announcement) -> int:
        notices = [*self._before(announcement), announcement.notice]
        return self._wording.excess(announcement.plan, notices)

    def _cancel(self, draft: NoticeDraft, talk: Talk) -> list[list[Button]]:
        return [[talk.button("button.cancel", "cancel", draft.token)]]


def _left_out(beside: str, talk: Talk) -> str:
    """A line that names what came with the text and is not published; empty if nothing did."""
    if beside == "text":
        return ""
    kind = talk.plain(f"kind.{beside}") if beside in NAMED else talk.plain("manager.attachment")
    return "\n\n" + talk.text("manager.left_out", kind=kind)
