"""The customers of a desk."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Select,
    String,
    and_,
    bindparam,
    cast,
    exists,
    literal,
    select,
    update,
)

from desk.people import Customer, Person
from desk.placement import Placement
from storage.engine.upsert import putting
from storage.placements import PlacementStore
from storage.tables import bans, customers, placements, topics

BANNED = exists().where(
    bans.c.desk == customers.c.desk, bans.c.customer_id == customers.c.id, bans.c.lifted_at.is_(None)
)
THREAD = "thread:"
"""What the topic of a private chat is called in the placements, before the customer's id."""
IN_THREAD = and_(
    placements.c.desk == customers.c.desk,
    placements.c.subject == literal(THREAD) + cast(customers.c.id, String),
)
KNOWN = (
    select(customers, BANNED.label("banned"), placements.c.message_id.label("thread_id"))
    .outerjoin(placements, IN_THREAD)
    .where(customers.c.desk == bindparam("desk"))
)
BY_TELEGRAM = KNOWN.where(customers.c.telegram_id == bindparam("telegram_id"))
BY_ID = KNOWN.where(customers.c.id == bindparam("id"))
BY_IDS = select(
    customers,
    BANNED.label("banned"),
    # read row by row: joined to several customers, PostgreSQL would read all placements
    select(placements.c.message_id).where(IN_THREAD).scalar_subquery().label("thread_id"),
).where(customers.c.desk == bindparam("desk"), customers.c.id.in_(bindparam("ids", expanding=True)))
BY_TOPIC = KNOWN.join(topics, topics.c.customer_id == customers.c.id).where(
    topics.c.desk == customers.c.desk,
    topics.c.chat_id == bindparam("chat_id"),
    topics.c.thread_id == bindparam("thread_id"),
)
KEY = ("desk", "telegram_id")
SHOWN = ("first_name", "last_name", "username", "language_code", "blocked_at")


def _customer(row: Row[Any], *, banned: bool, thread_id: int | None) -> Customer:
    return Customer(
        id=row.id,
        person=Person(
            telegram_id=row.telegram_id,
            first_name=row.first_name,
            last_name=row.last_name,
            username=row.username,
            language_code=row.language_code,
            thread_id=thread_id,
        ),
        language=row.language,
        payload=row.payload,
        blocked_at=row.blocked_at,
        banned=banned,
    )


class CustomerStore:
    """The customers of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str, now: datetime) -> None:
        self._conn, self._desk, self._now = conn, desk, now
        self._placements = PlacementStore(conn, desk)
        self._read: Customer | None = None
        """Whom `known` has found: whoever asks for a ban first meets them next."""

    def meet(self, person: Person) -> Customer:
        """Get or insert; names and language are brought up to date, a block is forgotten.

        They are where `person` says; a topic of their private chat is remembered for what is said later.
        """
        met, self._read = self._read, None
        if met is None or met.person.telegram_id != person.telegram_id:
            met = self._find(BY_TELEGRAM, telegram_id=person.telegram_id)
        wrote_in = None if met is None else met.person.thread_id
        if met is None or met.person != person or met.blocked_at is not None:
            met = self._put(person, banned=met is not None and met.banned)
        if person.thread_id not in {None, wrote_in}:
            self._placements.put(f"{THREAD}{met.id}", Placement(met.chat_id, person.thread_id))
        return met if met.person.thread_id == person.thread_id else replace(met, person=person)

    def _put(self, person: Person, *, banned: bool) -> Customer:
        """Insert them, or set what they show now."""
        shown = {
            "first_name": person.first_name,
            "last_name": person.last_name,
            "username": person.username,
            "language_code": person.language_code,
            "blocked_at": None,
        }
        key = {"desk": self._desk, "telegram_id": person.telegram_id}
        putting_them = putting(self._conn.dialect.name, customers, KEY, SHOWN).returning(customers)
        row = self._conn.execute(putting_them, {**key, **shown, "created_at": self._now}).one()
        return _customer(row, banned=banned, thread_id=person.thread_id)

    def get(self, customer_id: int) -> Customer:
        """By our own id."""
        row = self._conn.execute(BY_ID, {"desk": self._desk, "id": customer_id}).one()
        return _customer(row, banned=row.banned, thread_id=row.thread_id)

    def among(self, ids: Collection[int]) -> Sequence[Customer]:
        """Several by our own ids."""
        rows = self._conn.execute(BY_IDS, {"desk": self._desk, "ids": list(ids)}) if ids else ()
        return [_customer(row, banned=row.banned, thread_id=row.thread_id) for row in rows]

    def known(self, telegram_id: int) -> Customer | None:
        """By Telegram's id; None if they have never written."""
        self._read = self._find(BY_TELEGRAM, telegram_id=telegram_id)
        return self._read

    def in_topic(self, chat_id: int, thread_id: int) -> Customer | None:
        """The customer whose topic this is."""
        return self._find(BY_TOPIC, chat_id=chat_id, thread_id=thread_id)

    def speak(self, customer_id: int, language: str) -> None:
        """Set the language that the customer chose."""
        self._change(customer_id, language=language)

    def came_by(self, customer_id: int, payload: str | None) -> None:
        """Set or clear the deep link that the next ticket belongs to."""
        self._change(customer_id, payload=payload)

    def block(self, customer_id: int, at: datetime) -> None:
        """Note since when the customer does not let us write."""
        self._change(customer_id, blocked_at=at)

    def _find(self, statement: Select[Any], **key: object) -> Customer | None:
        row = self._conn.execute(statement, {"desk": self._desk, **key}).one_or_none()
        return None if row is None else _customer(row, banned=row.banned, thread_id=row.thread_id)

    def _change(self, customer_id: int, **values: object) -> None:
        self._read = None
        mine = (customers.c.desk == self._desk, customers.c.id == customer_id)
        self._conn.execute(update(customers).where(*mine).values(**values))
