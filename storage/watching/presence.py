"""When a desk was at work: one row for each span, so that nobody takes its silence for good news."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from storage.tables import presences

PAUSE = timedelta(minutes=3)
"""A longer pause begins a new span; a restart is shorter."""
KEPT = timedelta(days=100)
"""Older spans go whenever a new one begins: pages show ninety days."""
BITE = 50
"""So many of them at a time."""
MOST = 2000
"""So many spans are read at most, the newest: whoever falls silent twenty times a day has other troubles."""


class PresenceStore:
    """The spans in which one desk was at work, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def beat(self, now: datetime) -> None:
        """The desk is at work now: the last span goes on, or another begins."""
        mine = presences.c.desk == self._desk
        newest = select(presences).where(mine).order_by(presences.c.began_at.desc()).limit(1)
        last = self._conn.execute(newest).one_or_none()
        if last is None or now - last.last_at > PAUSE:
            self._forget(now - KEPT)
            self._conn.execute(insert(presences), {"desk": self._desk, "began_at": now, "last_at": now})
        elif now > last.last_at:
            this = (mine, presences.c.began_at == last.began_at)
            self._conn.execute(update(presences).where(*this).values(last_at=now))

    def _forget(self, before: datetime) -> None:
        mine = presences.c.desk == self._desk
        old = select(presences.c.began_at).where(mine, presences.c.last_at < before)
        these = self._conn.execute(old.order_by(presences.c.last_at).limit(BITE)).scalars().all()
        if these:
            self._conn.execute(delete(presences).where(mine, presences.c.began_at.in_(these)))

    def spans(self, since: datetime) -> Sequence[tuple[datetime, datetime]]:
        """The spans that ended since then, oldest first; the last one may go on still."""
        mine = (presences.c.desk == self._desk, presences.c.last_at >= since)
        newest = select(presences.c.began_at, presences.c.last_at).where(*mine)
        rows = self._conn.execute(newest.order_by(presences.c.last_at.desc()).limit(MOST)).all()
        return [(row.began_at, row.last_at) for row in reversed(rows)]
