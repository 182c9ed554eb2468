"""The places of a desk: the present ids of its group and channel."""

from sqlalchemy import Connection, delete, select, update

from storage.engine.upsert import put
from storage.tables import drafts, faq_drafts, pairs, placements, places, topics


class PlaceStore:
    """The places of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def now(self, configured_id: int) -> tuple[int, bool | None]:
        """The chat's present id, and whether it has topics (None: not known yet)."""
        row = self._conn.execute(
            select(places.c.chat_id, places.c.forum).where(
                places.c.desk == self._desk, places.c.configured_id == configured_id
            )
        ).one_or_none()
        return (configured_id, None) if row is None else (row.chat_id, row.forum)

    def note(self, configured_id: int, chat_id: int, *, forum: bool | None) -> None:
        """Set a chat's present id and whether it has topics."""
        values = {"desk": self._desk, "configured_id": configured_id, "chat_id": chat_id, "forum": forum}
        put(self._conn, places, ("desk", "configured_id"), values)

    def migrate(self, old: int, new: int) -> None:
        """Move drafts to a group's new id; copies, cards and topics of the old group are forgotten."""
        here = (placements.c.desk == self._desk, placements.c.chat_id == old)
        self._conn.execute(delete(placements).where(*here))
        self._conn.execute(delete(topics).where(topics.c.desk == self._desk, topics.c.chat_id == old))
        self._conn.execute(
            delete(pairs).where(
                pairs.c.desk == self._desk, pairs.c.chat_id == old, pairs.c.original.is_(False)
            )
        )
        for table in (drafts, faq_drafts):
            here = (table.c.desk == self._desk, table.c.chat_id == old)
            self._conn.execute(update(table).where(*here).values(chat_id=new, thread_id=None))
