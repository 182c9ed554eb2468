"""Newsrooms with one rule taken out, so that there is something to find."""

from collections.abc import Sequence
from dataclasses import replace

from broadcasts.composing.approvals import Approvals
from broadcasts.composing.draft import NoticeDraft
from broadcasts.composing.submission import Submission
from desk.authority import Attempt, Authority, Right
from desk.conversation import Conversation
from desk.people import Person
from storage.audit import AuditStore
from storage.drafts import DraftStore, SubmissionStore
from tests.unit_broadcasts.orders.watched import WatchedNewsroom
from tests.unit_broadcasts.test_two_people import VERA


class OpenDoor(WatchedNewsroom):
    """Everybody may everything."""

    @property
    def authority(self) -> Authority:
        return _AdmitsAll(self.profile, AuditStore(self.connection, "main"), self.now)


class _AdmitsAll(Authority):
    def admits(self, person: Person, attempt: Attempt) -> bool:
        super().admits(person, attempt)
        return True


class OnePersonIsEnough(WatchedNewsroom):
    """No notice takes two."""

    @property
    def conversations(self) -> Sequence[Conversation]:
        configured, self.profile = self.profile, replace(self.profile, two_person="never")
        found = super().conversations
        self.profile = configured
        return found


class StaleButtonsLive(WatchedNewsroom):
    """A press is good for whatever its draft has become."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.drafts = _AnyDraft(self.connection, "main")


class _AnyDraft(DraftStore):
    def find(self, token: str) -> NoticeDraft | None:
        return super().find(token) or self.of(VERA.telegram_id, VERA.telegram_id)


class StaleCopiesLive(WatchedNewsroom):
    """A press is good for whatever waits now."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.submissions = _AnySubmission(self.connection, "main")


class _AnySubmission(SubmissionStore):
    def find(self, token: str) -> Submission | None:
        return super().find(token) or self.get(1)


class WhoeverPublishesIsSecond(WatchedNewsroom):
    """The second person needs no more than the first."""

    @property
    def approvals(self) -> Approvals:
        return self.approvals_of(_NoApprovers)


class _NoApprovers(Approvals):
    def right_for(self, token: str) -> Right:
        return Right.PUBLISH


class OneIsTwo(WatchedNewsroom):
    """Authors are their own second person."""

    @property
    def approvals(self) -> Approvals:
        return self.approvals_of(_Lonely)


class _Lonely(Approvals):
    def right_for(self, token: str) -> Right:
        return Right.APPROVE

    def takes_two(self, draft: NoticeDraft) -> bool:
        return False


BROKEN = {
    OpenDoor: "never",
    OnePersonIsEnough: "always",
    StaleButtonsLive: "never",
    StaleCopiesLive: "never",
    WhoeverPublishesIsSecond: "always",
    OneIsTwo: "always",
}
"""Each with the setting under which its rule matters."""
