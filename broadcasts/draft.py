"""A manager's draft of a notice, and the token that ties a button to exactly that draft."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from typing import Protocol, Self

from broadcasts.incident import Notice, NoticeKind, Severity
from desk.conversation import PATIENCE
from desk.formatted import Html
from desk.post import Chat


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """A complete draft, as one press publishes it."""

    incident_id: int | None
    severity: Severity
    notice: Notice
    token: str
    where: Chat


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDraft:
    """A notice before it is published; a manager has at most one in each chat."""

    manager_id: int
    where: Chat
    kind: NoticeKind = NoticeKind.OPENED
    incident_id: int | None = None
    severity: Severity | None = None
    text: Html | None = None
    token: str = ""
    started_at: datetime

    def complete(self, seen: int, author_id: int, at: datetime) -> Announcement | None:
        """The announcement after the notices seen so far; None while severity or text is missing."""
        if self.severity is None or self.text is None:
            return None
        notice = Notice(number=seen + 1, kind=self.kind, text=self.text, author_id=author_id, at=at)
        return Announcement(
            incident_id=self.incident_id,
            severity=self.severity,
            notice=notice,
            token=self.token,
            where=self.where,
        )

    def sealed(self, seen: int) -> Self:
        """The draft with its token, which changes with the text and with every further notice."""
        parts = (
            self.manager_id,
            self.where.chat_id,
            round(self.started_at.timestamp() * 1000),  # what is left of it in the database
            self.kind.value,
            self.incident_id,
            seen,
            self.severity and self.severity.value,
            self.text,
        )
        return replace(self, token=blake2b(repr(parts).encode(), digest_size=16).hexdigest())

    def hears(self, where: Chat, now: datetime) -> bool:
        """Whether the draft waits for its manager's words."""
        if where != self.where or now - self.started_at > PATIENCE:
            return False
        asked = self.severity is None or self.text is None
        # A ready draft takes other words, but in the group only where they were invited: people talk there.
        return asked or where.private or self.kind.ends


class NoticeDrafts(Protocol):
    """The drafts of notices of one desk."""

    def of(self, manager_id: int, chat_id: int) -> NoticeDraft | None:
        """The manager's draft in a chat."""

    def find(self, token: str) -> NoticeDraft | None:
        """The draft that a button's token belongs to."""

    def keep(self, draft: NoticeDraft) -> None:
        """Insert the draft, or replace the manager's former one in that chat."""

    def drop(self, draft: NoticeDraft) -> None:
        """Delete the draft."""
