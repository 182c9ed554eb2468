"""Versions of entries, and what the files said when they were last read."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, insert, literal, null, select, update

from faq.entries.entry import Entry
from faq.entries.version import Action, Author, Version
from faq.files.body import Body, to_body, trusted
from faq.files.filing import FileChange, Filed
from storage.counters import count, counted
from storage.engine.upsert import put
from storage.tables import faq_filed, faq_versions

Mark = int
"""How many versions there are: it differs whenever anything was added."""


def _version(row: Row[Any]) -> Version:
    return Version(
        entry_id=row.entry_id,
        number=row.number,
        action=Action(row.action),
        entry=None if row.body is None else trusted(row.body, Path()),
        author=Author(row.author_id, row.author_name),
        at=row.at,
    )


class VersionStore:
    """The versions of one desk's entries, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk
        self.added = False
        """Whether this transaction has added any."""

    def newest(self) -> Sequence[Version]:
        """The newest version of every entry, removed ones too, in the order customers see them."""
        return [_version(row) for row in self._conn.execute(self._in_order())]

    def get(self, entry_id: str) -> Version | None:
        """The newest version of one entry."""
        return next(iter(self.of(entry_id, 1)), None)

    def of(self, entry_id: str, limit: int) -> Sequence[Version]:
        """The versions of one entry, newest first."""
        mine = (faq_versions.c.desk == self._desk, faq_versions.c.entry_id == entry_id)
        rows = select(faq_versions).where(*mine).order_by(faq_versions.c.number.desc()).limit(limit)
        return [_version(row) for row in self._conn.execute(rows)]

    def add(
        self, entry_id: str, action: Action, entry: Entry | None, *, author: Author, at: datetime
    ) -> Version:
        """Insert the next version of an entry."""
        count(self._conn, self._desk, "versions")
        last = self.get(entry_id)
        number = 1 if last is None else last.number + 1
        body = None if entry is None else to_body(entry)
        self._insert([self._row(entry_id, number, action, body, author, at)])
        return Version(entry_id=entry_id, number=number, action=action, entry=entry, author=author, at=at)

    def file(self, changes: Iterable[FileChange], at: datetime) -> None:
        """Insert the next versions that files call for."""
        changed = list(changes)
        if not changed:
            return
        count(self._conn, self._desk, "versions", len(changed))
        last = select(faq_versions.c.entry_id, faq_versions.c.number).where(*self._newest)
        numbers = {row.entry_id: row.number for row in self._conn.execute(last)}
        self._insert(
            [
                self._row(
                    each.entry_id,
                    numbers.get(each.entry_id, 0) + 1,
                    Action.FILED,
                    each.body,
                    Author(None, each.file),
                    at,
                )
                for each in changed
            ]
        )

    def standing(self) -> Sequence[tuple[str, Body | None]]:
        """The newest body of every entry by id, in the same order as `newest`; None for a removed one."""
        return [(row.entry_id, row.body) for row in self._conn.execute(self._in_order())]

    def mark(self) -> Mark:
        """How many versions the desk has had."""
        return counted(self._conn, self._desk, "versions")

    @property
    def _newest(self) -> tuple[ColumnElement[bool], ...]:
        return (faq_versions.c.desk == self._desk, faq_versions.c.newest)

    def _in_order(self) -> Select[Any]:
        """In the files' order; entries of no file come last, oldest first."""
        entry_id, first = faq_versions.c.entry_id, faq_versions.alias("first")
        filed = (faq_filed.c.desk == self._desk) & (faq_filed.c.entry_id == entry_id)
        began = select(first.c.id).where(
            first.c.desk == self._desk, first.c.entry_id == entry_id, first.c.number == 1
        )
        return (
            select(faq_versions)
            .join(faq_filed, filed, isouter=True)
            .where(*self._newest)
            .order_by(faq_filed.c.position.is_(null()), faq_filed.c.position, began.scalar_subquery())
        )

    def _row(
        self, entry_id: str, number: int, action: Action, body: Body | None, author: Author, at: datetime
    ) -> dict[str, Any]:
        return {
            "desk": self._desk,
            "entry_id": entry_id,
            "number": number,
            "action": action.value,
            "body": body,
            "author_id": author.id,
            "author_name": author.name,
            "newest": True,
            "at": at,
        }

    def _insert(self, rows: Sequence[dict[str, Any]]) -> None:
        for start in range(0, len(rows), _AT_ONCE):
            some = rows[start : start + _AT_ONCE]
            these = faq_versions.c.entry_id.in_([row["entry_id"] for row in some])
            self._conn.execute(update(faq_versions).where(*self._newest, these).values(newest=False))
            self._conn.execute(insert(faq_versions), some)
            self.added = True


class FiledStore:
    """What the files of one desk said, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def all(self) -> Sequence[Filed]:
        """All entries that files have ever had, in their order."""
        return self._rows(literal(True))

    def disputed(self) -> Sequence[Filed]:
        """The disputed entries, in the files' order."""
        return self._rows(faq_filed.c.disputed)

    def get(self, entry_id: str) -> Filed | None:
        """What the files said of one entry."""
        return next(iter(self._rows(faq_filed.c.entry_id == entry_id)), None)

    def keep(self, filed: Iterable[Filed]) -> None:
        """Set what the files say of these entries now."""
        rows = [
            {
                "desk": self._desk,
                "entry_id": each.entry_id,
                "position": each.position,
                "body": each.body,
                "disputed": each.disputed,
                "offered": each.offered,
                "at": each.at,
            }
            for each in filed
        ]
        for start in range(0, len(rows), _AT_ONCE):
            some = rows[start : start + _AT_ONCE]
            put(self._conn, faq_filed, ("desk", "entry_id"), some)

    def _rows(self, wanted: Any) -> Sequence[Filed]:
        mine = select(faq_filed).where(faq_filed.c.desk == self._desk, wanted)
        rows = self._conn.execute(mine.order_by(faq_filed.c.position, faq_filed.c.id))
        return [_filed(row) for row in rows]


_AT_ONCE = 500
"""The most parameters that one statement may have on every database."""


def _filed(row: Row[Any]) -> Filed:
    return Filed(
        entry_id=row.entry_id,
        position=row.position,
        body=row.body,
        disputed=row.disputed,
        offered=row.offered,
        at=row.at,
    )
