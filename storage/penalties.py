"""The penalties: until when Telegram has asked not to call a chat, for whoever sends after a restart."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, select

from storage.engine.upsert import insert_into
from storage.tables import penalties

BITE = 100
"""So many that are over go whenever a new one comes."""


class PenaltyStore:
    """The penalties of one desk's chats, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def keep(self, chat_id: int, now: datetime, lasts: timedelta) -> None:
        """Note a penalty that begins now; it takes the place of an earlier one."""
        self._forget(now)
        statement = insert_into(self._conn.dialect.name, penalties)
        further = {name: statement.excluded[name] for name in ("named_at", "until_at")}
        self._conn.execute(
            statement.on_conflict_do_update(index_elements=["desk", "chat_id"], set_=further),
            {"desk": self._desk, "chat_id": chat_id, "named_at": now, "until_at": now + lasts},
        )

    def running(self, now: datetime) -> Sequence[tuple[int, timedelta]]:
        """The chats that may not be called yet, and for how long.

        Never longer than Telegram has named, also where the machine's clock was put back.
        """
        mine = (penalties.c.desk == self._desk, penalties.c.until_at > now)
        rows = self._conn.execute(select(penalties).where(*mine)).all()
        return [(row.chat_id, row.until_at - max(now, row.named_at)) for row in rows]

    def _forget(self, now: datetime) -> None:
        mine = (penalties.c.desk == self._desk, penalties.c.until_at <= now)
        oldest = select(penalties.c.chat_id).where(*mine).order_by(penalties.c.until_at).limit(BITE)
        over = self._conn.execute(oldest).scalars().all()
        if over:
            these = (penalties.c.desk == self._desk, penalties.c.chat_id == bindparam("chat"))
            self._conn.execute(delete(penalties).where(*these), [{"chat": each} for each in over])
