"""Approvals: a draft goes to everybody who may publish it, and comes back to its author if nobody does."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from broadcasts.announcement import Announcement
from broadcasts.composing.board import SubmissionBoard
from broadcasts.composing.draft import NoticeDraft, NoticeDrafts
from broadcasts.composing.preview import NoticePreview
from broadcasts.composing.second import takes_two
from broadcasts.composing.submission import Submission, Submissions
from broadcasts.incident import Incidents, Notice
from desk.authority import Right, holders
from desk.people import Person
from desk.placement import Placement, Placements
from desk.post import Chat, Lane, Outbox, Outcome, Parcel
from desk.profile import Profile
from desk.talk import Talk
from desk.timers import Timers

PRESSES = "incident"
EXPIRES = "submission"


class Approvals:
    """Keeps what was submitted until it is published, declined, taken back or too old."""

    DUE = frozenset({EXPIRES})
    HEARS = SubmissionBoard.HEARS

    def __init__(
        self,
        profile: Profile,
        *,
        submissions: Submissions,
        drafts: NoticeDrafts,
        incidents: Incidents,
        placements: Placements,
        timers: Timers,
        outbox: Outbox,
        now: datetime,
    ) -> None:
        self._profile, self._submissions, self._drafts = profile, submissions, drafts
        self._incidents, self._timers, self._now = incidents, timers, now
        self._urgent = _Urgent(outbox)
        self._board = SubmissionBoard(profile, submissions=submissions, placements=placements, outbox=outbox)

    def right_for(self, token: str) -> Right:
        """The right that a decision takes: where a notice needs two, the second has to be an approver."""
        found = self._submissions.find(token)
        return Right.APPROVE if found is not None and self.takes_two(found.draft) else Right.PUBLISH

    def takes_two(self, draft: NoticeDraft) -> bool:
        """Whether the draft's author may not publish it alone, whatever their role."""
        before = [] if draft.incident_id is None else self._incidents.notices(draft.incident_id)
        announcement = draft.complete(len(before), draft.manager_id, self._now)
        return announcement is not None and takes_two(self._profile, announcement.notice, before)

    def find(self, token: str) -> Submission | None:
        """What was submitted with this token and waits."""
        return self._submissions.find(token)

    def submit(
        self,
        draft: NoticeDraft,
        announcement: Announcement,
        before: Sequence[Notice],
        talk: Talk,
        preview: NoticePreview,
    ) -> int:
        """Show the draft to everybody who may decide; returns how many these are, 0: it was not submitted."""
        two = takes_two(self._profile, announcement.notice, before)
        deciding = holders(self._profile, Right.APPROVE if two else Right.PUBLISH) - {draft.manager_id}
        if not deciding:
            return 0
        self._drafts.drop(draft)
        submission_id = self._submissions.add(replace(draft, asking=None), self._now)
        self._timers.set(EXPIRES, submission_id, self._now + self._profile.approval)
        copying = self._board.outbox(draft.token)
        for person_id in sorted(deciding):
            theirs = self._talk(Chat(person_id), person_id, copying)
            rows = [
                [
                    theirs.button("button.publish", "approve", draft.token),
                    theirs.button("button.decline", "decline", draft.token),
                ]
            ]
            asks = "\n\n" + theirs.text("approval.asks", author=talk.person.name, two=two)
            preview.show(announcement, before, theirs, instead=rows, left_out=asks)
        return len(deciding)

    def withdraw(self, submission: Submission) -> NoticeDraft:
        """Take a submission back: it is its author's draft again."""
        self.forget(submission)
        return self._drafts.leave(submission.draft)

    def submitted(self, token: str, where: Placement) -> None:
        """Its author sees there that it waits."""
        self._board.keep(token, where)

    def forget(self, submission: Submission, pressed: Placement | None = None) -> None:
        """It is decided, perhaps by a press under a message that says so by itself."""
        self._submissions.drop(submission.id)
        self._timers.clear(EXPIRES, submission.id)
        self._board.decided(submission.draft.token, pressed)

    def heard(self, parcel: Parcel, outcome: Outcome) -> None:
        """Note what became of a copy."""
        self._board.heard(parcel, outcome)

    def back(self, submission: Submission, why: str, **params: object) -> None:
        """Tell the author that it will not be published, and give the draft back."""
        draft = self.withdraw(submission)
        talk = self.author(draft)
        rows = [[talk.button("button.open_draft", "change", draft.token)]]
        talk.say(talk.text(why, title=draft.called, **params), rows)

    def due(self, kind: str, subject: int) -> None:
        """Nobody has decided in time."""
        submission = self._submissions.get(subject)
        if submission is not None:
            self.back(submission, "approval.expired")

    def expired(self, submission: Submission) -> bool:
        """Whether it is too late to decide."""
        return self._now - submission.at >= self._profile.approval

    def author(self, draft: NoticeDraft) -> Talk:
        """A talk with the author where the draft was written."""
        return self._talk(draft.where, draft.manager_id)

    def _talk(self, where: Chat, person_id: int, outbox: Outbox | None = None) -> Talk:
        somebody = Person(telegram_id=person_id, first_name="", language_code=self._profile.language)
        return Talk(self._profile, outbox or self._urgent, somebody, where, presses=PRESSES)


class _Urgent:
    """An outbox whose messages are said in the group when they do not reach a person."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox

    def post(self, parcel: Parcel) -> None:
        """Put it in as an alarm."""
        self._outbox.post(replace(parcel, lane=Lane.ALARM, kind="alarm"))
