"""Drafts of entries that managers are writing, and counts of what waits for their decision."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, func, select

from desk.post import Chat
from editorial.writing.draft import EntryDraft, Wanted
from faq.entries.entry import ANY, Entry
from faq.files.body import to_body, trusted
from storage.engine.upsert import put
from storage.tables import faq_drafts, faq_filed, faq_proposals


class FaqDraftStore:
    """The drafts of entries of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def of(self, manager_id: int, chat_id: int) -> EntryDraft | None:
        """The manager's draft in a chat."""
        row = self._conn.execute(select(faq_drafts).where(*self._mine(manager_id, chat_id))).one_or_none()
        return None if row is None else _draft(row)

    def find(self, token: str) -> EntryDraft | None:
        """The draft that a button's token belongs to."""
        mine = (faq_drafts.c.desk == self._desk, faq_drafts.c.token == token)
        row = self._conn.execute(select(faq_drafts).where(*mine)).first()
        return None if row is None else _draft(row)

    def keep(self, draft: EntryDraft) -> None:
        """Insert the draft, or replace the manager's former one in that chat."""
        values = {
            "desk": self._desk,
            "manager_id": draft.manager_id,
            "chat_id": draft.where.chat_id,
            "thread_id": draft.where.thread_id,
            "step": draft.wanted.value,
            "entry_id": draft.entry_id,
            "base": draft.base,
            "proposal_id": draft.proposal_id,
            "body": _body(draft),
            "token": draft.token,
            "touched_at": draft.touched_at,
        }
        put(self._conn, faq_drafts, ("desk", "manager_id", "chat_id"), values)

    def drop(self, draft: EntryDraft) -> None:
        """Delete the draft."""
        self._conn.execute(delete(faq_drafts).where(*self._mine(draft.manager_id, draft.where.chat_id)))

    def _mine(self, manager_id: int, chat_id: int) -> tuple[Any, ...]:
        return (
            faq_drafts.c.desk == self._desk,
            faq_drafts.c.manager_id == manager_id,
            faq_drafts.c.chat_id == chat_id,
        )


class PendingStore:
    """What waits for a manager's decision at one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def proposals(self) -> int:
        """How many proposals are not decided."""
        open_ones = (faq_proposals.c.desk == self._desk, faq_proposals.c.state == "open")
        return self._count(select(func.count()).select_from(faq_proposals).where(*open_ones))

    def disputes(self) -> int:
        """How many entries are disputed."""
        disputed = (faq_filed.c.desk == self._desk, faq_filed.c.disputed)
        return self._count(select(func.count()).select_from(faq_filed).where(*disputed))

    def _count(self, statement: Any) -> int:
        return int(self._conn.execute(statement).scalar_one())


def _body(draft: EntryDraft) -> dict[str, Any]:
    return {
        "entry": _written(draft.entry),
        "folder": str(draft.entry.folder),
        "language": draft.language,
        "guided": draft.guided,
        "batch": [[_written(entry), str(entry.folder), base] for entry, base in draft.batch],
        "album": draft.album,
    }


def _draft(row: Any) -> EntryDraft:
    body: Mapping[str, Any] = row.body
    return EntryDraft(
        manager_id=row.manager_id,
        where=Chat(row.chat_id, row.thread_id),
        wanted=Wanted(row.step),
        entry=_read(body["entry"], body["folder"]),
        entry_id=row.entry_id,
        base=row.base,
        proposal_id=row.proposal_id,
        language=body.get("language", ANY),
        guided=body["guided"],
        batch=tuple((_read(entry, folder), base) for entry, folder, base in body["batch"]),
        album=body["album"],
        token=row.token,
        touched_at=row.touched_at,
    )


def _written(entry: Entry) -> dict[str, Any]:
    """The entry of a draft as JSON; its question may still be missing."""
    return {"question": {}, **to_body(entry)}


def _read(body: Mapping[str, Any], folder: str) -> Entry:
    return trusted(body, Path(folder))
