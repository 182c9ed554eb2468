"""Timers: rows with a time, found by a query, so that no outage skips one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, Connection, and_, delete, false, not_, or_, select, type_coerce, update

from storage.engine.upsert import put_anew
from storage.tables import timers


@dataclass(frozen=True, slots=True)
class Due:
    """A timer whose time has come."""

    id: int
    kind: str
    subject: int
    due_at: datetime


class TimerStore:
    """The timers of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def set(self, kind: str, subject: int, at: datetime) -> None:
        """Set or move the timer of a kind for a subject."""
        values = {"desk": self._desk, "kind": kind, "subject": subject, "due_at": at}
        put_anew(self._conn, timers, ("desk", "kind", "subject"), values)

    def when(self, kind: str, subject: int) -> datetime | None:
        """When a timer is due; None if it is not set."""
        mine = (timers.c.desk == self._desk, timers.c.kind == kind, timers.c.subject == subject)
        at: datetime | None = self._conn.execute(select(timers.c.due_at).where(*mine)).scalar_one_or_none()
        return at

    def clear(self, kind: str, subject: int) -> None:
        """Delete a timer if it is set."""
        self._conn.execute(
            delete(timers).where(
                timers.c.desk == self._desk, timers.c.kind == kind, timers.c.subject == subject
            )
        )

    def shift(
        self, span: timedelta, *, but: Collection[tuple[str, int]], kinds: Collection[str] = ()
    ) -> None:
        """Move all timers by a span, except those of these kinds and subjects, and of those kinds."""
        others = (and_(timers.c.kind == kind, timers.c.subject == subject) for kind, subject in but)
        moved = type_coerce(timers.c.due_at, BigInteger) + round(span.total_seconds() * 1000)
        mine = (timers.c.desk == self._desk, not_(or_(false(), timers.c.kind.in_(kinds), *others)))
        self._conn.execute(update(timers).where(*mine).values(due_at=type_coerce(moved, BigInteger)))

    def due(self, now: datetime, limit: int = 100) -> Sequence[Due]:
        """The timers whose time has come, oldest first."""
        rows = self._conn.execute(
            select(timers.c.id, timers.c.kind, timers.c.subject, timers.c.due_at)
            .where(timers.c.desk == self._desk, timers.c.due_at <= now)
            .order_by(timers.c.due_at, timers.c.id)
            .limit(limit)
        )
        return [Due(*row) for row in rows]

    def done(self, timer_id: int) -> bool:
        """Delete a timer that was acted upon; False if it was deleted already."""
        mine = (timers.c.desk == self._desk, timers.c.id == timer_id)
        return self._conn.execute(delete(timers).where(*mine)).rowcount == 1
