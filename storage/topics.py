"""The topics of a desk, at most one current for each customer."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, insert, select, update

from desk.placement import Placement
from storage.tables import placements, topics
from tickets.topics.topic import Topic

CURRENT = select(topics).where(
    topics.c.desk == bindparam("desk"), topics.c.customer_id == bindparam("customer_id"), topics.c.current
)
WITH_CARD = (
    CURRENT.add_columns(placements.c.chat_id.label("card_chat"), placements.c.message_id)
    .join(placements, placements.c.desk == topics.c.desk)
    .where(placements.c.subject == bindparam("card"))
)
AT = select(topics).where(
    topics.c.desk == bindparam("desk"),
    topics.c.chat_id == bindparam("chat_id"),
    topics.c.thread_id == bindparam("thread_id"),
)


def _topic(row: Row[tuple[object, ...]]) -> Topic:
    return Topic(
        chat_id=row.chat_id,
        thread_id=row.thread_id,
        customer_id=row.customer_id,
        title=row.title,
        closed=row.closed,
    )


class TopicStore:
    """The topics of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def of(self, customer_id: int) -> Topic | None:
        """The customer's current topic."""
        row = self._conn.execute(CURRENT, {"desk": self._desk, "customer_id": customer_id}).one_or_none()
        return None if row is None else _topic(row)

    def with_card(self, customer_id: int, card: str) -> tuple[Topic, Placement] | None:
        """The customer's current topic with where a card stands; None if either is not there yet."""
        key = {"desk": self._desk, "customer_id": customer_id, "card": card}
        row = self._conn.execute(WITH_CARD, key).one_or_none()
        if row is None or row.thread_id is None:
            return None
        return _topic(row), Placement(row.card_chat, row.message_id)

    def at(self, chat_id: int, thread_id: int) -> Topic | None:
        """The topic with this number in this chat, current or not."""
        key = {"desk": self._desk, "chat_id": chat_id, "thread_id": thread_id}
        row = self._conn.execute(AT, key).one_or_none()
        return None if row is None else _topic(row)

    def titled(self, chat_id: int, title: str) -> Sequence[Topic]:
        """The current topics of a chat that have a title or are being given it."""
        mine = (topics.c.desk == self._desk, topics.c.chat_id == chat_id, topics.c.title == title)
        rows = self._conn.execute(select(topics).where(*mine, topics.c.current).order_by(topics.c.id))
        return [_topic(row) for row in rows]

    def ask_for(self, customer_id: int, chat_id: int, title: str) -> None:
        """Insert the topic that is being made, with the title that is asked for."""
        self._part(customer_id)
        self._insert(chat_id=chat_id, customer_id=customer_id, title=title, current=True)

    def made(self, customer_id: int, chat_id: int, thread_id: int, title: str) -> None:
        """Set the customer's current topic, open and with this title."""
        self._part(customer_id)
        known = {"customer_id": customer_id, "title": title, "closed": False, "current": True}
        changed = self._conn.execute(update(topics).where(*self._at(chat_id, thread_id)).values(**known))
        if changed.rowcount == 0:
            self._insert(chat_id=chat_id, thread_id=thread_id, **known)

    def spare(self, chat_id: int, thread_id: int, customer_id: int | None) -> None:
        """Insert a topic that is not current; a known one is given its customer if it has none."""
        standing = self.at(chat_id, thread_id)
        if standing is None:
            self._insert(chat_id=chat_id, thread_id=thread_id, customer_id=customer_id, current=False)
        elif standing.customer_id is None and customer_id is not None:
            here = self._at(chat_id, thread_id)
            self._conn.execute(update(topics).where(*here).values(customer_id=customer_id))

    def rename(self, customer_id: int, title: str, *, stood: str | None) -> bool:
        """Set the title of the customer's current topic; False if it is not the one that stood any more."""
        same = topics.c.title.is_not_distinct_from(stood)
        changed = self._conn.execute(
            update(topics).where(*self._current(customer_id), same).values(title=title)
        )
        return changed.rowcount > 0

    def shut(self, chat_id: int, thread_id: int, *, closed: bool) -> None:
        """Set whether a topic is closed."""
        self._conn.execute(update(topics).where(*self._at(chat_id, thread_id)).values(closed=closed))

    def lose(self, customer_id: int) -> None:
        """Make the customer's topic not current."""
        self._part(customer_id)

    def _part(self, customer_id: int) -> None:
        """Make the customer's topic not current, and delete one that was never made."""
        current = self._current(customer_id)
        self._conn.execute(delete(topics).where(*current, topics.c.thread_id.is_(None)))
        self._conn.execute(update(topics).where(*current).values(current=False, title=None, closed=False))

    def _insert(self, **values: object) -> None:
        self._conn.execute(insert(topics), {"desk": self._desk, **values})

    def _at(self, chat_id: int, thread_id: int) -> tuple[ColumnElement[bool], ...]:
        return (topics.c.desk == self._desk, topics.c.chat_id == chat_id, topics.c.thread_id == thread_id)

    def _current(self, customer_id: int) -> tuple[ColumnElement[bool], ...]:
        return (topics.c.desk == self._desk, topics.c.customer_id == customer_id, topics.c.current)
