"""Broadcasts of notices to people, each with its counts."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from broadcasts.deliveries.broadcast import (
    AudiencePart,
    Broadcast,
    BroadcastKind,
    BroadcastState,
    DeliveryCounts,
    Payment,
)
from desk.post import Chat
from storage.tables import broadcasts, customers

NAMES = tuple(each.name for each in fields(DeliveryCounts))
ONE = select(broadcasts).where(broadcasts.c.desk == bindparam("desk"), broadcasts.c.id == bindparam("id"))
OF_INCIDENT = (
    select(broadcasts)
    .where(broadcasts.c.desk == bindparam("desk"), broadcasts.c.incident_id == bindparam("incident_id"))
    .order_by(broadcasts.c.id)
)
NEWEST = (
    select(customers.c.id)
    .where(customers.c.desk == bindparam("desk"), customers.c.id < bindparam("top"))
    .order_by(customers.c.id.desc())
    .limit(1)
)
TOP = 2**62
"""Above every number: with it, either database goes down from the top of an index."""


def _broadcast(row: Any) -> Broadcast:
    return Broadcast(
        id=row.id,
        incident_id=row.incident_id,
        number=row.number,
        kind=BroadcastKind(row.kind),
        mends=row.mends,
        mended=row.mended,
        state=BroadcastState(row.state),
        part=AudiencePart(row.part),
        cursor=row.cursor,
        until=row.until,
        counts=DeliveryCounts(**{name: getattr(row, name) for name in NAMES}),
        stars=row.stars,
        payment=Payment(row.payment),
        where=Chat(row.chat_id, row.thread_id),
        language=row.language,
        message_id=row.message_id,
        shown_at=row.shown_at,
        shown=row.shown,
        at=row.at,
    )


def _progress(broadcast: Broadcast) -> dict[str, object]:
    """What changes of it while it goes on, apart from its counts."""
    return {
        "mended": broadcast.mended,
        "state": broadcast.state.value,
        "part": broadcast.part.value,
        "cursor": broadcast.cursor,
        "payment": broadcast.payment.value,
        "chat_id": broadcast.where.chat_id,
        "thread_id": broadcast.where.thread_id,
        "language": broadcast.language,
        "message_id": broadcast.message_id,
        "shown_at": broadcast.shown_at,
        "shown": broadcast.shown,
    }


class BroadcastStore:
    """The broadcasts of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def begin(self, broadcast: Broadcast) -> int:
        """Insert one, to everybody known until now."""
        newest = self._conn.execute(NEWEST, {"desk": self._desk, "top": TOP}).scalar_one_or_none()
        values = {
            "desk": self._desk,
            "incident_id": broadcast.incident_id,
            "number": broadcast.number,
            "kind": broadcast.kind.value,
            "mends": broadcast.mends,
            "until": newest or 0,
            "stars": broadcast.stars,
            "at": broadcast.at,
            **_progress(broadcast),
        }
        inserting = insert(broadcasts).returning(broadcasts.c.id)
        broadcast_id: int = self._conn.execute(inserting, values).scalar_one()
        return broadcast_id

    def get(self, broadcast_id: int) -> Broadcast | None:
        """By our own id."""
        row = self._conn.execute(ONE, {"desk": self._desk, "id": broadcast_id}).one_or_none()
        return None if row is None else _broadcast(row)

    def of(self, incident_id: int) -> Sequence[Broadcast]:
        """Those of an incident, oldest first."""
        rows = self._conn.execute(OF_INCIDENT, {"desk": self._desk, "incident_id": incident_id})
        return [_broadcast(row) for row in rows]

    def keep(self, broadcast: Broadcast) -> None:
        """Set how far it has come and how it is shown; its counts stay."""
        self._conn.execute(update(broadcasts).where(*self._mine(broadcast.id)).values(**_progress(broadcast)))

    def count(self, broadcast_id: int, changes: Mapping[str, int]) -> Broadcast:
        """Add to its counts, by their names."""
        values = {name: broadcasts.c[name] + change for name, change in changes.items()}
        counting = update(broadcasts).where(*self._mine(broadcast_id)).values(**values)
        return _broadcast(self._conn.execute(counting.returning(broadcasts)).one())

    def _mine(self, broadcast_id: int) -> tuple[Any, Any]:
        return broadcasts.c.desk == self._desk, broadcasts.c.id == broadcast_id
