"""A manager's draft of a notice, and the token that ties a button to exactly that draft."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from typing import Protocol, Self

from broadcasts.announcement import Announcement
from broadcasts.incident import (
    Attached,
    Audience,
    Incident,
    IncidentKind,
    IncidentPlan,
    Notice,
    NoticeKind,
    Severity,
    Status,
    Window,
)
from desk.conversation import PATIENCE
from desk.formatted import Html, bare, cut
from desk.post import Chat

PARTS = frozenset({"title", "window", "until"})
"""What may be asked for of a draft itself; anything else is asked about the draft as it stands."""
TITLE = 80
"""Characters of a title; more would not fit on a button's line or into a list."""
_SENTENCE = re.compile(r"(?<=[.!?…])\s|\n")


ASIDE = frozenset({"why", "note"})
"""What somebody may be asked for beside their notices: a reason, a note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDraft:
    """A notice before it is published; a manager has at most one about the same thing in each chat.

    `id` is 0 before it is kept, `title` None for the beginning of the text, `status` for the one the incident
    has; `asking` is what its manager is asked for, None for the text. `alert_id`: the alert that suggests it.
    """

    manager_id: int
    where: Chat
    kind: NoticeKind = NoticeKind.OPENED
    incident_id: int | None = None
    severity: Severity | None = None
    status: Status | None = None
    title: str | None = None
    text: Html | None = None
    components: tuple[str, ...] = ()
    window: Window | None = None
    next_by: datetime | None = None
    audience: Audience = Audience.CONCERNED
    attached: Attached | None = None
    advertising: bool = False
    stars: int = 0
    asking: str | None = None
    alert_id: int | None = None
    token: str = ""
    started_at: datetime
    id: int = 0

    @property
    def about(self) -> tuple[object, ...]:
        """What two drafts of somebody have in common that are about the same thing."""
        aside = self.asking if self.asking in ASIDE else None
        return self.of, self.kind, self.incident_id, self.alert_id, aside

    @property
    def blank(self) -> bool:
        """Whether it is only a question yet."""
        return self.text is None and self.attached is None and (self.window is None or bool(self.incident_id))

    def replaces(self, other: Self) -> bool:
        """Whether another of its manager's goes when it begins: one about the same, or a mere question."""
        return self.about == other.about or (other.blank and self.asking not in ASIDE)

    @property
    def of(self) -> IncidentKind:
        """What it is a notice of."""
        return IncidentKind.INCIDENT if self.status is None else self.status.kind

    @property
    def called(self) -> str:
        """Its title, or the beginning of its text."""
        return self.title or ("" if self.text is None else beginning(self.text))

    @property
    def lacks_window(self) -> bool:
        """Whether its manager is asked when the maintenance is."""
        return self.of is IncidentKind.MAINTENANCE and (self.window is None or self.asking == "window")

    @classmethod
    def further(
        cls, kind: NoticeKind, incident: Incident, manager_id: int, where: Chat, at: datetime
    ) -> Self:
        """A draft of another notice of an incident, which leaves the incident as it is so far."""
        return cls(
            manager_id=manager_id,
            where=where,
            kind=kind,
            incident_id=incident.id,
            severity=incident.severity,
            status=incident.status,
            title=incident.title,
            components=incident.components,
            window=incident.window,
            started_at=at,
        )

    def after(self, opened: Incident, at: datetime) -> Self:
        """What it becomes when somebody else has opened its incident: an update with the same words."""
        return replace(
            self,
            kind=NoticeKind.UPDATED,
            incident_id=opened.id,
            status=opened.status,
            title=opened.title,
            components=opened.components,
            started_at=at,
        )

    def complete(self, seen: int, author_id: int, at: datetime) -> Announcement | None:
        """The announcement after the notices seen so far; None while something is missing."""
        if self.severity is None or self.text is None or self.lacks_window:
            return None
        notice = Notice(
            number=seen + 1,
            kind=self.kind,
            severity=self.severity,
            status=self.status or Status.INVESTIGATING,
            text=self.text,
            author_id=author_id,
            at=at,
            next_by=self.next_by,
            audience=self.audience,
            attached=self.attached,
            advertising=self.advertising,
            stars=self.stars,
        )
        return Announcement(
            incident_id=self.incident_id,
            plan=self._plan(self.text),
            notice=notice,
            token=self.token,
            where=self.where,
            alert_id=self.alert_id,
        )

    def _plan(self, text: Html) -> IncidentPlan:
        title = self.title or beginning(text)
        return IncidentPlan(kind=self.of, title=title, components=self.components, window=self.window)

    def sealed(self, seen: int) -> Self:
        """The draft with its token, which changes with all that is shown and with every further notice."""
        parts = (
            self.manager_id,
            self.where.chat_id,
            _moment(self.started_at),
            self.kind.value,
            self.incident_id,
            seen,
            self.severity and self.severity.value,
            self.status and self.status.value,
            self.title,
            self.text,
            self.components,
            self.window and (_moment(self.window.begins), _moment(self.window.ends)),
            _moment(self.next_by),
            self.audience.value,
            self.attached and (self.attached.kind, self.attached.file_id),
            self.advertising,
            *((self.stars,) if self.stars else ()),
        )
        return replace(self, token=blake2b(repr(parts).encode(), digest_size=16).hexdigest())

    def again(self, at: datetime) -> Self:
        """The draft as it is shown anew: a part of it is waited for from now on, a reason no longer."""
        return replace(self, started_at=at, asking=self.asking if self.asking in PARTS else None)

    def hears(self, where: Chat, now: datetime) -> bool:
        """Whether the draft waits for its manager's words."""
        if where != self.where or now - self.started_at > PATIENCE:
            return False
        asked = self.severity is None or self.text is None or self.asking is not None
        # A ready draft takes other words, but in the group only where they were invited: people talk there.
        return asked or where.private or self.kind.ends


class NoticeDrafts(Protocol):
    """The drafts of notices of one desk."""

    def of(self, manager_id: int, chat_id: int) -> NoticeDraft | None:
        """The draft that the manager's words in a chat go to: the one they touched last."""

    def find(self, token: str) -> NoticeDraft | None:
        """The draft that a button's token belongs to."""

    def like(self, draft: NoticeDraft) -> NoticeDraft | None:
        """The kept draft of the same manager, chat and thing."""

    def keep(self, draft: NoticeDraft) -> None:
        """Keep the draft, which words go to from now on; a new one takes the place of those it replaces."""

    def leave(self, draft: NoticeDraft) -> NoticeDraft:
        """Keep a draft that came by itself: words go on to where they went, if anything is being written."""

    def drop(self, draft: NoticeDraft) -> None:
        """Delete the draft."""


def beginning(text: Html) -> str:
    """The first sentence of a text: what an incident is called that was given no name of its own."""
    first = _SENTENCE.split(bare(text).strip(), maxsplit=1)[0]
    return cut(first.rstrip(".…").strip() or bare(text), TITLE)


def _moment(at: datetime | None) -> int | None:
    """What is left of a time in the database."""
    return None if at is None else round(at.timestamp() * 1000)
