"""Drafts of notices that managers are writing."""

from typing import Any

from sqlalchemy import Connection, delete, select

from broadcasts.composing.draft import NoticeDraft
from broadcasts.incident import Audience, NoticeKind, Severity, Status
from desk.formatted import Html
from desk.post import Chat
from storage.engine.upsert import put
from storage.incidents import attached, columns_of, window
from storage.tables import drafts


def _draft(row: Any) -> NoticeDraft:
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
        asking=row.asking,
        alert_id=row.alert_id,
        token=row.token,
        started_at=row.started_at,
    )


class DraftStore:
    """The drafts of notices of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def of(self, manager_id: int, chat_id: int) -> NoticeDraft | None:
        """The manager's draft in a chat."""
        row = self._conn.execute(select(drafts).where(*self._mine(manager_id, chat_id))).one_or_none()
        return None if row is None else _draft(row)

    def find(self, token: str) -> NoticeDraft | None:
        """The draft that a button's token belongs to."""
        mine = (drafts.c.desk == self._desk, drafts.c.token == token)
        row = self._conn.execute(select(drafts).where(*mine)).first()
        return None if row is None else _draft(row)

    def keep(self, draft: NoticeDraft) -> None:
        """Insert the draft, or replace the manager's former one in that chat."""
        put(
            self._conn,
            drafts,
            ("desk", "manager_id", "chat_id"),
            {
                "desk": self._desk,
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
                "asking": draft.asking,
                "alert_id": draft.alert_id,
                **columns_of(draft.window, draft.attached),
                "token": draft.token,
                "started_at": draft.started_at,
            },
        )

    def drop(self, draft: NoticeDraft) -> None:
        """Delete the draft."""
        self._conn.execute(delete(drafts).where(*self._mine(draft.manager_id, draft.where.chat_id)))

    def _mine(self, manager_id: int, chat_id: int) -> tuple[Any, ...]:
        return (
            drafts.c.desk == self._desk,
            drafts.c.manager_id == manager_id,
            drafts.c.chat_id == chat_id,
        )
