"""The submission: a draft whose author waits for somebody else to publish it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from broadcasts.composing.draft import NoticeDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A draft as it was submitted; it cannot change while it waits."""

    id: int
    draft: NoticeDraft
    at: datetime


class Submissions(Protocol):
    """The submissions of one desk that nobody has decided on."""

    def add(self, draft: NoticeDraft, at: datetime) -> int:
        """Insert one; returns its number."""

    def find(self, token: str) -> Submission | None:
        """By the token of its draft."""

    def get(self, submission_id: int) -> Submission | None:
        """By its number."""

    def drop(self, submission_id: int) -> None:
        """Delete one."""
