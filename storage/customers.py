"""The customers of one desk, and whose topic is whose."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from desk.people import Customer, Person
from storage.engine.upsert import putting
from storage.tables import customers, topics

BY_TELEGRAM = select(customers).where(
    customers.c.desk == bindparam("desk"), customers.c.telegram_id == bindparam("telegram_id")
)
BY_ID = select(customers).where(customers.c.desk == bindparam("desk"), customers.c.id == bindparam("id"))
BY_TOPIC = (
    select(customers)
    .join(topics, topics.c.customer_id == customers.c.id)
    .where(topics.c.desk == bindparam("desk"), topics.c.thread_id == bindparam("thread_id"))
)
TOPIC = select(topics.c.customer_id).where(
    topics.c.desk == bindparam("desk"), topics.c.thread_id == bindparam("thread_id")
)
KEY = ("desk", "telegram_id")
SHOWN = ("first_name", "last_name", "username", "language_code", "blocked_at")


def _customer(row: Row[tuple[object, ...]]) -> Customer:
    return Customer(
        id=row.id,
        person=Person(
            telegram_id=row.telegram_id,
            first_name=row.first_name,
            last_name=row.last_name,
            username=row.username,
            language_code=row.language_code,
        ),
        language=row.language,
        payload=row.payload,
        thread_id=row.thread_id,
        topic_closed=row.topic_closed,
        title=row.title,
        blocked_at=row.blocked_at,
    )


class CustomerStore:
    """The customers of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str, now: datetime) -> None:
        self._conn, self._desk, self._now = conn, desk, now

    def meet(self, person: Person) -> Customer:
        """Get or insert; names and language are brought up to date, a block is forgotten."""
        key = {"desk": self._desk, "telegram_id": person.telegram_id}
        row = self._conn.execute(BY_TELEGRAM, key).one_or_none()
        shown = {
            "first_name": person.first_name,
            "last_name": person.last_name,
            "username": person.username,
            "language_code": person.language_code,
            "blocked_at": None,
        }
        if row is None or _customer(row).person != person or row.blocked_at is not None:
            meeting = putting(self._conn.dialect.name, customers, KEY, SHOWN).returning(customers)
            row = self._conn.execute(meeting, {**key, **shown, "created_at": self._now}).one()
        return _customer(row)

    def get(self, customer_id: int) -> Customer:
        """By our own id."""
        return _customer(self._conn.execute(BY_ID, {"desk": self._desk, "id": customer_id}).one())

    def known(self, telegram_id: int) -> Customer | None:
        """By Telegram's id, without making their acquaintance."""
        row = self._conn.execute(BY_TELEGRAM, {"desk": self._desk, "telegram_id": telegram_id}).one_or_none()
        return None if row is None else _customer(row)

    def in_topic(self, thread_id: int) -> Customer | None:
        """Whose topic this is."""
        row = self._conn.execute(BY_TOPIC, {"desk": self._desk, "thread_id": thread_id}).one_or_none()
        return None if row is None else _customer(row)

    def titled(self, title: str) -> Sequence[Customer]:
        """Whose topic bears this title, or is being asked to."""
        mine = (customers.c.desk == self._desk, customers.c.title == title)
        return [_customer(row) for row in self._conn.execute(select(customers).where(*mine))]

    def note_topic(self, thread_id: int, customer_id: int | None) -> None:
        """Remember whose topic this is; once known it stays so."""
        key = {"desk": self._desk, "thread_id": thread_id}
        row = self._conn.execute(TOPIC, key).one_or_none()
        if row is None:
            self._conn.execute(insert(topics), {**key, "customer_id": customer_id})
        elif row.customer_id is None and customer_id is not None:
            mine = (topics.c.desk == self._desk, topics.c.thread_id == thread_id)
            self._conn.execute(update(topics).where(*mine).values(customer_id=customer_id))

    def is_nobodys(self, thread_id: int) -> bool:
        """Whether it is a topic of ours that no customer can be found for."""
        row = self._conn.execute(TOPIC, {"desk": self._desk, "thread_id": thread_id}).one_or_none()
        return row is not None and row.customer_id is None

    def speak(self, customer_id: int, language: str) -> None:
        """Set the language that the customer chose."""
        self.update(customer_id, language=language)

    def came_by(self, customer_id: int, payload: str | None) -> None:
        """Set or clear the deep link that the next ticket belongs to."""
        self.update(customer_id, payload=payload)

    def block(self, customer_id: int, at: datetime) -> None:
        """Note since when the customer does not let us write."""
        self.update(customer_id, blocked_at=at)

    def update(self, customer_id: int, **values: object) -> None:
        """Set columns by name."""
        mine = (customers.c.desk == self._desk, customers.c.id == customer_id)
        self._conn.execute(update(customers).where(*mine).values(**values))
