"""Decisions on what was submitted: published, declined with or without a reason, taken back."""

from datetime import datetime

from broadcasts.composing.approvals import Approvals
from broadcasts.composing.composer import NoticeComposer
from broadcasts.composing.draft import NoticeDraft, NoticeDrafts
from desk.authority import Attempt, Authority, Right
from desk.formatted import bare, cut
from desk.placement import Placement
from desk.talk import Talk

REASON = 500
WHY = "why"
"""What somebody who declines is asked for; the title of their draft is the submission's token meanwhile."""


class ApprovalDecisions:
    """Carries out presses under what was submitted, for people who have the right for it."""

    def __init__(
        self,
        approvals: Approvals,
        composer: NoticeComposer,
        drafts: NoticeDrafts,
        authority: Authority,
        now: datetime,
    ) -> None:
        self._approvals, self._composer, self._drafts, self._now = approvals, composer, drafts, now
        self._authority = authority

    def submit(self, token: str, message_id: int, talk: Talk) -> str:
        """Submit a draft as its preview shows it; returns the toast."""
        draft = self._drafts.find(token)
        announcement = None if draft is None else self._composer.complete(draft)
        if draft is None or announcement is None:
            return self._composer.dead(token, message_id, talk)
        if draft.manager_id != talk.person.telegram_id:
            return talk.plain("approval.not_yours")
        if (obstacle := self._composer.obstacle(draft)) is not None:
            return self._composer.anew(obstacle, message_id, talk)
        shown = self._composer.shown(announcement)
        asked = self._approvals.submit(
            draft, announcement, self._composer.before(draft), talk, self._composer.preview
        )
        if not asked:
            return talk.plain("approval.nobody")
        rows = [[talk.button("button.take_back", "takeback", token)]]
        talk.rewrite(message_id, talk.text("approval.submitted", post=shown, n=asked), rows)
        self._approvals.submitted(token, Placement(talk.where.chat_id, message_id))
        return talk.plain("approval.toast.submitted")

    def take_back(self, token: str, message_id: int, talk: Talk) -> str:
        """Give the author their draft back; returns the toast."""
        submission = self._approvals.find(token)
        if submission is None:
            return self._composer.dead(token, message_id, talk)
        if submission.draft.manager_id != talk.person.telegram_id:
            return talk.plain("approval.not_yours")
        self._composer.go_on(self._approvals.withdraw(submission), talk)
        return talk.plain("approval.toast.taken_back")

    def approve(self, token: str, message_id: int, talk: Talk) -> str:
        """Publish what was submitted, if nothing has changed since; returns the toast."""
        submission = self._approvals.find(token)
        if submission is None:
            return self._composer.dead(token, message_id, talk)
        draft = submission.draft
        if self._approvals.takes_two(draft) and draft.manager_id == talk.person.telegram_id:
            self._forbid(token, "own draft", talk)
            return talk.plain("approval.own")
        announcement, obstacle = self._composer.complete(draft), self._composer.obstacle(draft)
        if self._approvals.expired(submission) or announcement is None or obstacle is not None:
            self._forbid(token, "overtaken" if obstacle is not None else "too late", talk)
            self._approvals.back(submission, "approval.expired" if obstacle is None else "approval.overtaken")
            return talk.plain("approval.toast.too_late")
        self._approvals.forget(submission, Placement(talk.where.chat_id, message_id))
        self._composer.let_out(announcement, message_id, talk)
        author = self._approvals.author(draft)
        author.say(author.text("approval.published", title=draft.called, name=talk.person.name))
        return talk.plain("manager.toast.published")

    def _forbid(self, token: str, rule: str, talk: Talk) -> None:
        """Keep in the audit that the rule did not let somebody publish who otherwise may."""
        attempt = Attempt("approve", token, Right.APPROVE, details=rule)
        self._authority.refuses(talk.person, attempt)

    def decline(self, token: str, message_id: int, talk: Talk, *, asks: bool) -> str:
        """Decline, or ask for a reason first; returns the toast."""
        submission = self._approvals.find(token)
        if submission is None:
            return self._composer.dead(token, message_id, talk)
        why = NoticeDraft(
            manager_id=talk.person.telegram_id,
            where=talk.where,
            title=token,
            asking=WHY,
            started_at=self._now,
        )
        if asks:
            self._drafts.keep(why.sealed(0))
            rows = [[talk.button("button.decline_silently", "reject", token)]]
            talk.say(talk.text("approval.why"), rows)
            return talk.plain("approval.toast.why")
        asked = self._drafts.like(why)
        if asked is not None and asked.title == token:
            self._drafts.drop(asked)
        talk.disarm(message_id)
        self._approvals.back(submission, "approval.declined", name=talk.person.name, reason=None)
        return talk.plain("approval.toast.declined")

    def told_why(self, draft: NoticeDraft, html: str, talk: Talk) -> None:
        """Decline with the reason that was asked for."""
        self._drafts.drop(draft)
        token = draft.title or ""
        submission = self._approvals.find(token)
        if submission is None:
            talk.say(talk.text("approval.decided"))
            return
        asked = Attempt("decline", token, self._approvals.right_for(token))
        if not self._authority.admits(talk.person, asked):
            talk.say(talk.text("manager.refused"))
            return
        reason = cut(" ".join(bare(html).split()), REASON)
        self._approvals.back(submission, "approval.declined", name=talk.person.name, reason=reason)
        talk.say(talk.text("approval.told"))
