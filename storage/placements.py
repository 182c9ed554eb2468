"""Where things of one desk stand: one placement each."""

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
        """Where the thing stands, or is on its way to."""
        row = self._conn.execute(ONE, {"desk": self._desk, "subject": subject}).one_or_none()
        return None if row is None else Placement(row.chat_id, row.message_id)

    def among(self, subjects: Iterable[str]) -> Mapping[str, Placement]:
        """Those of the things that stand somewhere."""
        rows = self._conn.execute(FOUND, {"desk": self._desk, "subjects": list(subjects)})
        return {row.subject: Placement(row.chat_id, row.message_id) for row in rows}

    def put(self, subject: str, placement: Placement) -> None:
        """It stands there from now on, and nowhere else."""
        values = {"chat_id": placement.chat_id, "message_id": placement.message_id}
        put(self._conn, placements, ("desk", "subject"), {"desk": self._desk, "subject": subject, **values})

    def forget(self, subject: str) -> None:
        """It stands nowhere any more."""
        mine = (placements.c.desk == self._desk, placements.c.subject == subject)
        self._conn.execute(delete(placements).where(*mine))
