"""The composer of notices: asks for what is missing, shows a preview, and publishes exactly that."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from broadcasts.announcement import Announcement
from broadcasts.composing.draft import TITLE, NoticeDraft, NoticeDrafts
from broadcasts.composing.faster import StarOffer, faster, shortage
from broadcasts.composing.panel import NoticePanel
from broadcasts.composing.preview import NoticePreview
from broadcasts.composing.promised import PromiseReader
from broadcasts.composing.questions import NoticeQuestions, cancel
from broadcasts.composing.reaches import Reaches
from broadcasts.composing.second import takes_two
from broadcasts.composing.templates import ReadyTexts, fits
from broadcasts.composing.windows import WindowReader
from broadcasts.incident import Attached, Incident, Incidents, Notice, NoticeKind, Severity
from broadcasts.telling.publishing import Publishing
from broadcasts.telling.wording import IncidentWording
from desk.formatted import Html, bare, cut
from desk.kinds import NAMED
from desk.people import Person
from desk.profile import Profile
from desk.talk import Talk


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a draft cannot be published as it was shown, and the draft as it could go on, if it can."""

    why: str
    mended: NoticeDraft | None
    draft: NoticeDraft


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
        self._publishing, self._reaches, self._now = publishing, reaches, now
        self._wording, self._promises = IncidentWording(profile), PromiseReader(profile.texts)
        self._windows, self._ready = WindowReader(profile.texts), ReadyTexts(profile, now)
        self._questions = NoticeQuestions(self._ready)
        self.preview, self._panel = NoticePreview(profile, reaches, now), NoticePanel(profile, now)

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
        if draft.asking == "window" or draft.lacks_window:
            self._window_told(draft, words, talk)
            return
        read = self._promises.time_of(words, self._local_now)
        if isinstance(read, datetime):
            self.go_on(replace(draft, next_by=read, asking=None), talk)
        else:
            talk.say(talk.text("manager.no_time", words=cut(words, TITLE)), cancel(draft, talk))

    def _window_told(self, draft: NoticeDraft, words: str, talk: Talk) -> None:
        window = self._windows.whole(words, self._local_now)
        if window is not None:
            self.go_on(replace(draft, window=window, asking=None), talk)
        else:
            talk.say(talk.text("manager.no_window", words=cut(words, TITLE)), cancel(draft, talk))

    def go_on(self, draft: NoticeDraft, talk: Talk, *, beside: str = "text") -> None:
        """Keep the draft, and ask for what it lacks or show the preview; a file `beside` it is named."""
        draft = self._sealed(self._priced(draft))
        announcement = self.complete(draft)
        excess = 0 if announcement is None else self._excess(announcement)
        if excess:
            draft = self._sealed(replace(draft, text=None))
        self._drafts.keep(draft)
        left_out = _left_out(beside, talk)
        if excess:
            key = "manager.too_long" if draft.attached is None else "manager.too_long_caption"
            talk.say(talk.text(key, n=excess), cancel(draft, talk))
        elif announcement is None:
            self._questions.ask(draft, self.before(draft), talk, left_out)
        else:
            self.preview.show(announcement, self.before(draft), talk, left_out=left_out)

    def choose(self, token: str, severity: Severity, message_id: int, talk: Talk) -> str | None:
        """Set the pressed severity; returns the toast, if any."""
        draft = self._drafts.find(token)
        if draft is None:
            return self.dead(token, message_id, talk)
        talk.disarm(message_id)
        self.go_on(replace(draft, severity=severity, started_at=self._now), talk)
        return None

    def fill(self, token: str, template_id: str, message_id: int, talk: Talk) -> str | None:
        """Fill the draft with a ready text; returns the toast, if any."""
        draft, template = self._drafts.find(token), self._ready.named(template_id)
        if draft is None or template is None or not fits(draft, template):
            return self.dead(token, message_id, talk)
        talk.disarm(message_id)
        before = self.before(draft)
        filled = self._ready.filled(draft, template, before[0].at if before else None)
        self.go_on(replace(filled, started_at=self._now), talk)
        return None

    def ready(self, draft: NoticeDraft, template_id: str) -> NoticeDraft | None:
        """The draft filled with the ready text of this name; None if there is none."""
        template = self._ready.named(template_id)
        return self._ready.filled(draft, template) if template is not None and fits(draft, template) else None

    def change(self, action: str, token: str, word: str, message_id: int, talk: Talk) -> str | None:
        """Change the draft as a button of the preview says, and show it so; returns the toast, if any."""
        draft = self._drafts.find(token)
        changed = None if draft is None else self._panel.changed(action, draft, word)
        if changed is None:
            return self.dead(token, message_id, talk)
        changed = self._priced(changed).again(self._now)
        shown = self._show_changed(action, changed, message_id, talk)
        return talk.plain(f"manager.ask.{changed.asking}") if shown and changed.asking else None

    def faster(self, token: str, balance: int | None, message_id: int, talk: Talk) -> str | None:
        """Tell it faster for Stars, or no more so; returns the toast, if any."""
        draft = self._drafts.find(token)
        announcement = None if draft is None else self.complete(draft)
        if draft is None or announcement is None:
            return self.dead(token, message_id, talk)
        if draft.stars:
            self._show_changed("change", replace(draft, stars=0), message_id, talk)
            return None
        offer = self._offer(announcement)
        if offer is None:
            return talk.plain("faster.no_use")
        if (too_few := shortage(offer, balance, talk)) is not None:
            return too_few
        self._show_changed("change", replace(draft, stars=offer.stars), message_id, talk)
        return talk.plain("faster.unknown") if balance is None else None

    def _show_changed(self, action: str, draft: NoticeDraft, message_id: int, talk: Talk) -> bool:
        """Keep a draft and show its preview; False while something else is asked for there."""
        changed = self._sealed(draft.again(self._now))
        self._drafts.keep(changed)
        announcement = self.complete(changed)
        if announcement is None:  # the text is still being asked for
            self._questions.rephrase(changed, self.before(changed), talk, message_id)
            return False
        ready = self._ready.rows(changed, talk) if changed.kind.ends else []
        stars = self._offer(announcement) is not None
        rows = [*ready, *self._panel.rows(action, changed, talk, faster=stars)]
        self.preview.show(announcement, self.before(changed), talk, on=message_id, rows=rows)
        return True

    def _offer(self, announcement: Announcement) -> StarOffer | None:
        """What Stars would do for it; nobody is counted where they are not to be had."""
        if self._profile.paid is None:
            return None
        reach = self._reaches.of(announcement.incident_id, announcement.plan.components)
        return faster(self._profile, announcement, reach)

    def _priced(self, draft: NoticeDraft) -> NoticeDraft:
        """The draft with the price for whom it reaches now, if it is to be told for Stars."""
        announcement = self.complete(draft) if draft.stars else None
        if announcement is None:
            return draft
        offer = self._offer(announcement)
        return replace(draft, stars=0 if offer is None else offer.stars)

    def cancel(self, token: str, message_id: int, talk: Talk) -> str | None:
        """Drop the draft."""
        draft = self._drafts.find(token)
        if draft is None:
            return self.dead(token, message_id, talk)
        self._drafts.drop(draft)
        talk.rewrite(message_id, talk.text("manager.cancelled"))
        return None

    def publish(self, token: str, message_id: int, talk: Talk) -> str:
        """Publish what stands in the preview, if the draft has not changed since; returns the toast."""
        draft = self._drafts.find(token)
        announcement = None if draft is None else self.complete(draft, talk.person)
        if draft is None or announcement is None:
            return self.dead(token, message_id, talk)
        if (obstacle := self.obstacle(draft)) is not None:
            return self.anew(obstacle, message_id, talk)
        if takes_two(self._profile, announcement.notice, self.before(draft)):
            return self.anew(Obstacle("approval.takes_two", draft, draft), message_id, talk)
        self.let_out(announcement, message_id, talk)
        self._drafts.drop(draft)
        return talk.plain("manager.toast.published")

    def obstacle(self, draft: NoticeDraft) -> Obstacle | None:
        """What keeps the draft from being published as it was shown; None if nothing does."""
        if not self._goes_on(draft):
            return Obstacle("manager.ended", None, draft)
        if self._sealed(draft).token != draft.token:
            return Obstacle("manager.overtaken", draft, draft)
        if (opened := self._opened(draft)) is not None:
            return Obstacle("manager.overtaken", draft.after(opened, self._now), draft)
        if draft.advertising and not self._profile.advertising:
            return Obstacle("manager.no_advertising", replace(draft, advertising=False), draft)
        if draft.stars and self._profile.paid is None:
            return Obstacle("faster.switched_off", replace(draft, stars=0), draft)
        if draft.next_by is not None and draft.next_by <= self._now:
            return Obstacle("manager.promise_passed", replace(draft, next_by=None), draft)
        if draft.window is not None and draft.window.ends <= self._now and not draft.kind.ends:
            return Obstacle("manager.window_passed", replace(draft, asking="window"), draft)
        return None

    def _opened(self, draft: NoticeDraft) -> Incident | None:
        """The live incident that the draft's alert has opened meanwhile: nobody needs a second one."""
        if draft.alert_id is None or draft.incident_id is not None:
            return None
        opened = self._incidents.of_alert(draft.alert_id)
        return opened if opened is not None and opened.live else None

    def let_out(self, announcement: Announcement, message_id: int | None, talk: Talk) -> None:
        """Publish, and say so in place of the preview or below what was written."""
        shown = self.shown(announcement)
        self._publishing.publish(announcement, talk.person)
        said = talk.text("manager.published", post=shown, channel=self._profile.places.channel)
        if message_id is None:
            talk.say(said)
        else:
            talk.rewrite(message_id, said)

    def shown(self, announcement: Announcement) -> Html | None:
        """The post as the preview shows it; None where a file stands above the preview."""
        if announcement.notice.attached is not None:
            return None
        return self._wording.post(announcement.plan, [*self.before(announcement), announcement.notice])

    def anew(self, obstacle: Obstacle, message_id: int, talk: Talk) -> str:
        """Show the draft as it can go on, or drop one that cannot; returns the toast."""
        talk.disarm(message_id)
        if obstacle.mended is None:
            self._drafts.drop(obstacle.draft)
        else:
            self.go_on(obstacle.mended.again(self._now), talk)
        return talk.plain(obstacle.why)

    def dead(self, token: str, message_id: int, talk: Talk) -> str:
        """Say that the button's draft has been published, changed or dropped."""
        if self._incidents.told(token):
            return talk.plain("manager.already_published")
        talk.disarm(message_id)
        return talk.plain("manager.dead_button")

    def complete(self, draft: NoticeDraft, author: Person | None = None) -> Announcement | None:
        """What the draft announces, by its manager or another author; None while something is missing."""
        author_id = draft.manager_id if author is None else author.telegram_id
        return draft.complete(len(self.before(draft)), author_id, self._now)

    def _sealed(self, draft: NoticeDraft) -> NoticeDraft:
        return draft.sealed(len(self.before(draft)))

    def before(self, draft: NoticeDraft | Announcement) -> Sequence[Notice]:
        """The notices that were told of its incident so far."""
        return [] if draft.incident_id is None else self._incidents.notices(draft.incident_id)

    def _goes_on(self, draft: NoticeDraft) -> bool:
        """Whether there is still something to be told of: what is over takes a post-mortem and no more."""
        if draft.incident_id is None:
            return True
        incident = self._incidents.get(draft.incident_id)
        return incident is not None and incident.live is not (draft.kind is NoticeKind.REVIEWED)

    def _excess(self, announcement: Announcement) -> int:
        return self._wording.excess(announcement.plan, [*self.before(announcement), announcement.notice])

    @property
    def _local_now(self) -> datetime:
        return self._now.astimezone(self._profile.zone)


def _left_out(beside: str, talk: Talk) -> str:
    """A line that names what came with the text and is not published; empty if nothing did."""
    if beside == "text":
        return ""
    kind = talk.plain(f"kind.{beside}") if beside in NAMED else talk.plain("manager.attachment")
    return "\n\n" + talk.text("manager.left_out", kind=kind)
