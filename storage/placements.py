"""Placements of a desk: where its cards, posts and replies stand."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, bindparam, delete, select

from desk.placement import Placement
from storage.engine.upsert import put
from storage.tables import placements

ONE = select(placements.c.chat_id, placements.c.message_id).where(
    placements.c.desk == bindparam("desk"), placements.c.subject == bindparam("subject")
)
FOUND = select(placements.c.subject, placements.c.chat_id, placements.c.message_id).where(
    placements.c.desk == bindparam("desk"), placements.c.subject.in_(bindparam("subjects", expanding=True))
)


class PlacementStore:
    """The placements of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def of(self, subject: str) -> Placement | None:
        """The placement of a thing; None if it stands nowhere."""
        row = self._conn.execute(ONE, {"desk": self._desk, "subject": subject}).one_or_none()
        return None if row is None else Placement(row.chat_id, row.message_id)

    def among(self, subjects: Iterable[str]) -> Mapping[str, Placement]:
        """The placements of those things that have one."""
        rows = self._conn.execute(FOUND, {"desk": self._desk, "subjects": list(subjects)})
        return {row.subject: Placement(row.chat_id, row.message_id) for row in rows}

    def put(self, subject: str, placement: Placement) -> None:
        """Set the thing's only placement."""
        values = {"chat_id": placement.chat_id, "message_id": placement.message_id}
        put(self._conn, placements, ("desk", "subject"), {"desk": self._desk, "subject": subject, **values})

    def forget(self, subject: str) -> None:
        """Delete the thing's placement."""
        mine = (placements.c.desk == self._desk, placements.c.subject == subject)
        self._conn.execute(delete(placements).where(*mine))
