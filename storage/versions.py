"""The versions of entries, and what the files said of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, literal, null, select

from faq.body import Body, to_body, trusted
from faq.entry import Entry
from faq.filing import Change, Filed
from faq.version import Action, Author, Version
from storage.tables import faq_filed, faq_versions

Mark = tuple[int, int]
"""How many versions there are, and the last one's row: it differs whenever anything was added."""


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
        """The newest of every entry, removed ones too, in the order in which customers browse them."""
        return [_version(row) for row in self._conn.execute(self._newest())]

    def get(self, entry_id: str) -> Version | None:
        """The newest of one entry."""
        return next(iter(self.of(entry_id, 1)), None)

    def of(self, entry_id: str, limit: int) -> Sequence[Version]:
        """The history of one entry, newest first."""
        mine = (faq_versions.c.desk == self._desk, faq_versions.c.entry_id == entry_id)
        rows = select(faq_versions).where(*mine).order_by(faq_versions.c.number.desc()).limit(limit)
        return [_version(row) for row in self._conn.execute(rows)]

    def add(
        self, entry_id: str, action: Action, entry: Entry | None, *, author: Author, at: datetime
    ) -> Version:
        """Put another version on top."""
        last = self.get(entry_id)
        number = 1 if last is None else last.number + 1
        body = None if entry is None else to_body(entry)
        self._insert([self._row(entry_id, number, action, body, author, at)])
        return Version(entry_id=entry_id, number=number, action=action, entry=entry, author=author, at=at)

    def file(self, changes: Iterable[Change], at: datetime) -> None:
        """Put on top what files say, however many entries that is."""
        last = select(faq_versions.c.entry_id, func.max(faq_versions.c.number)).where(self._mine)
        rows = self._conn.execute(last.group_by(faq_versions.c.entry_id))
        numbers = {row[0]: row[1] for row in rows}
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
                for each in changes
            ]
        )

    def standing(self) -> Sequence[tuple[str, Body | None]]:
        """The newest body of every entry by id, in the same order as `newest`; None for a removed one."""
        return [(row.entry_id, row.body) for row in self._conn.execute(self._newest())]

    def mark(self) -> Mark:
        """Where this desk's history stands."""
        seen = select(func.count(), func.coalesce(func.max(faq_versions.c.id), 0)).where(self._mine)
        count, last = self._conn.execute(seen).one()
        return count, last

    @property
    def _mine(self) -> Any:
        return faq_versions.c.desk == self._desk

    def _newest(self) -> Select[Any]:
        """In the files' order; what stands in no file comes after, oldest first."""
        entry_id, number = faq_versions.c.entry_id, faq_versions.c.number
        last = (
            select(entry_id, func.max(number).label("number"), func.min(faq_versions.c.id).label("first"))
            .where(self._mine)
            .group_by(entry_id)
            .subquery()
        )
        filed = (faq_filed.c.desk == self._desk) & (faq_filed.c.entry_id == entry_id)
        return (
            select(faq_versions)
            .join(last, (last.c.entry_id == entry_id) & (last.c.number == number))
            .join(faq_filed, filed, isouter=True)
            .where(self._mine)
            .order_by(faq_filed.c.position.is_(null()), faq_filed.c.position, last.c.first)
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
            "at": at,
        }

    def _insert(self, rows: Sequence[dict[str, Any]]) -> None:
        if rows:
            self._conn.execute(insert(faq_versions), rows)
            self.added = True


class FiledStore:
    """What the files of one desk said, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def all(self) -> Sequence[Filed]:
        """Everything they ever said, in their order."""
        return self._rows(literal(True))

    def disputed(self) -> Sequence[Filed]:
        """What managers have to decide, in the files' order."""
        return self._rows(faq_filed.c.disputed)

    def get(self, entry_id: str) -> Filed | None:
        """About one entry."""
        return next(iter(self._rows(faq_filed.c.entry_id == entry_id)), None)

    def keep(self, filed: Iterable[Filed]) -> None:
        """Insert, or put in the place of what was said about these entries before."""
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
            ids = [row["entry_id"] for row in some]
            mine = (faq_filed.c.desk == self._desk, faq_filed.c.entry_id.in_(ids))
            self._conn.execute(delete(faq_filed).where(*mine))
            self._conn.execute(insert(faq_filed), some)

    def _rows(self, wanted: Any) -> Sequence[Filed]:
        mine = select(faq_filed).where(faq_filed.c.desk == self._desk, wanted)
        rows = self._conn.execute(mine.order_by(faq_filed.c.position, faq_filed.c.id))
        return [_filed(row) for row in rows]


_AT_ONCE = 500
"""As many as one statement can name on every database."""


def _filed(row: Row[Any]) -> Filed:
    return Filed(
        entry_id=row.entry_id,
        position=row.position,
        body=row.body,
        disputed=row.disputed,
        offered=row.offered,
        at=row.at,
    )
