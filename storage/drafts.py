"""Drafts of notices that managers are writing, and those that wait for a decision."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from broadcasts.composing.draft import NoticeDraft
from broadcasts.composing.submission import Submission
from broadcasts.incident import Audience, NoticeKind, Severity, Status
from desk.formatted import Html
from desk.post import Chat
from storage.incidents import attached, columns_of, window
from storage.tables import drafts, submissions

HELD = 10
"""So many drafts a manager may have in one chat; when another begins, the one touched longest ago goes."""


def draft_of(row: Any) -> NoticeDraft:
    """The draft in a row."""
    return NoticeDraft(
        manager_id=row.manager_id,
        where=Chat(row.chat_id, row.thread_id),
        kind=NoticeKind(row.kind),
        incident_id=row.incident_id,
        severity=None if row.severity is None else Severity(row.severity),
        status=None if row.status is None else Status(row.status),
        title=row.title,
        text=None if row.text is None else Html(row.text),
        components=tuple(row.components or ()),
        window=window(row),
        next_by=row.next_by,
        audience=Audience(row.audience),
        attached=attached(row),
        advertising=row.advertising,
        stars=row.stars,
        asking=row.asking,
        alert_id=row.alert_id,
        token=row.token,
        started_at=row.started_at,
    )


def values_of(desk: str, draft: NoticeDraft) -> dict[str, Any]:
    """The row of a draft."""
    return {
        "desk": desk,
        "manager_id": draft.manager_id,
        "chat_id": draft.where.chat_id,
        "thread_id": draft.where.thread_id,
        "kind": draft.kind.value,
        "incident_id": draft.incident_id,
        "severity": draft.severity and draft.severity.value,
        "status": draft.status and draft.status.value,
        "title": draft.title,
        "text": draft.text,
        "components": list(draft.components) or None,
        "next_by": draft.next_by,
        "audience": draft.audience.value,
        "advertising": draft.advertising,
        "stars": draft.stars,
        "asking": draft.asking,
        "alert_id": draft.alert_id,
        **columns_of(draft.window, draft.attached),
        "token": draft.token,
        "started_at": draft.started_at,
    }


class DraftStore:
    """The drafts of notices of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def of(self, manager_id: int, chat_id: int) -> NoticeDraft | None:
        """The draft that the manager's words in a chat go to: the one they touched last."""
        held = self._held(manager_id, chat_id)
        return _kept(held[0]) if held else None

    def find(self, token: str) -> NoticeDraft | None:
        """The draft that a button's token belongs to."""
        mine = (drafts.c.desk == self._desk, drafts.c.token == token)
        row = self._conn.execute(select(drafts).where(*mine)).first()
        return None if row is None else _kept(row)

    def like(self, draft: NoticeDraft) -> NoticeDraft | None:
        """The kept draft of the same manager, chat and thing."""
        held = map(_kept, self._held(draft.manager_id, draft.where.chat_id))
        return next((each for each in held if each.about == draft.about), None)

    def keep(self, draft: NoticeDraft) -> None:
        """Keep the draft, which words go to from now on; a new one takes the place of those it replaces."""
        held = self._held(draft.manager_id, draft.where.chat_id)
        turn = held[0].turn + 1 if held else 0
        if draft.id in {row.id for row in held}:
            values = {**values_of(self._desk, draft), "turn": turn}
            self._conn.execute(update(drafts).where(*self._those([draft.id])).values(values))
            return
        replaced = [row.id for row in held if draft.replaces(_kept(row))]
        rest = [row.id for row in held if row.id not in replaced]
        self._conn.execute(delete(drafts).where(*self._those([*replaced, *rest[HELD - 1 :]])))
        self._insert(draft, turn)

    def leave(self, draft: NoticeDraft) -> NoticeDraft:
        """Keep a draft that came by itself: words go on to where they went, if anything is being written."""
        held = self._held(draft.manager_id, draft.where.chat_id)
        self._conn.execute(delete(drafts).where(*self._those([row.id for row in held[HELD - 1 :]])))
        return replace(draft, id=self._insert(draft, held[-1].turn - 1 if held else 0))

    def drop(self, draft: NoticeDraft) -> None:
        """Delete the draft."""
        self._conn.execute(delete(drafts).where(*self._those([draft.id])))

    def _held(self, manager_id: int, chat_id: int) -> Sequence[Any]:
        """The manager's drafts in a chat, the last touched first."""
        mine = (drafts.c.manager_id == manager_id, drafts.c.chat_id == chat_id)
        found = select(drafts).where(drafts.c.desk == self._desk, *mine)
        return self._conn.execute(found.order_by(drafts.c.turn.desc(), drafts.c.id.desc())).all()

    def _insert(self, draft: NoticeDraft, turn: int) -> int:
        values = {**values_of(self._desk, draft), "turn": turn}
        number: int = self._conn.execute(insert(drafts).values(values).returning(drafts.c.id)).scalar_one()
        return number

    def _those(self, ids: Sequence[int]) -> tuple[ColumnElement[bool], ...]:
        return drafts.c.desk == self._desk, drafts.c.id.in_(ids)


def _kept(row: Any) -> NoticeDraft:
    return replace(draft_of(row), id=row.id)


class SubmissionStore:
    """The submissions of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def add(self, draft: NoticeDraft, at: datetime) -> int:
        """Insert one; returns its number."""
        values = {**values_of(self._desk, draft), "submitted_at": at}
        inserted = self._conn.execute(insert(submissions).values(values).returning(submissions.c.id))
        submission_id: int = inserted.scalar_one()
        return submission_id

    def find(self, token: str) -> Submission | None:
        """By the token of its draft."""
        return self._one(submissions.c.token == token)

    def get(self, submission_id: int) -> Submission | None:
        """By its number."""
        return self._one(submissions.c.id == submission_id)

    def drop(self, submission_id: int) -> None:
        """Delete one."""
        mine = (submissions.c.desk == self._desk, submissions.c.id == submission_id)
        self._conn.execute(delete(submissions).where(*mine))

    def _one(self, which: ColumnElement[bool]) -> Submission | None:
        row: Any = self._conn.execute(
            select(submissions).where(submissions.c.desk == self._desk, which)
        ).one_or_none()
        return None if row is None else Submission(id=row.id, draft=draft_of(row), at=row.submitted_at)
