"""The bans of a desk, standing and lifted, and what banned customers write until the ban is undone."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    select,
    update,
)

from storage.messages import read_message
from storage.tables import bans, messages, pairs
from storage.tables.columns import also_of
from tickets.bans.ban import Ban
from tickets.ticket import Message

OF = select(bans).where(
    bans.c.desk == bindparam("desk"),
    bans.c.customer_id == bindparam("customer_id"),
    bans.c.lifted_at.is_(None),
)

HELD = messages.c.author == literal_column("'held'")
"""As a literal: the index of such rows serves no parameter."""
HELD_OF = (messages.c.desk == bindparam("desk"), messages.c.customer_id == bindparam("customer_id"), HELD)
HELD_MESSAGES = select(messages).where(*HELD_OF).order_by(messages.c.id)
HELD_COUNT = select(func.count()).select_from(messages).where(*HELD_OF)
OLDEST_HELD = select(messages.c.at).where(*HELD_OF).order_by(messages.c.id).limit(1)
OLD_HELD = select(messages.c.id).where(*HELD_OF, messages.c.at < bindparam("before"))


def _ban(row: Row[tuple[object, ...]] | None) -> Ban | None:
    if row is None:
        return None
    return Ban(
        id=row.id,
        customer_id=row.customer_id,
        reason=row.reason,
        by_name=row.by_name,
        at=row.at,
        unkept=row.unkept,
        lifted_at=row.lifted_at,
    )


class BanStore:
    """The bans of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def of(self, customer_id: int) -> Ban | None:
        """The customer's standing ban."""
        key = {"desk": self._desk, "customer_id": customer_id}
        return _ban(self._conn.execute(OF, key).one_or_none())

    def get(self, ban_id: int) -> Ban | None:
        """By our own id, lifted or not."""
        return _ban(self._conn.execute(select(bans).where(*self._this(ban_id))).one_or_none())

    def add(self, customer_id: int, reason: str, *, by_id: int, by_name: str, at: datetime) -> Ban:
        """Insert a ban; the unique index allows one that stands a customer."""
        values = {
            "desk": self._desk,
            "customer_id": customer_id,
            "reason": reason,
            "by_id": by_id,
            "by_name": by_name,
            "at": at,
        }
        ban_id: int = self._conn.execute(insert(bans).returning(bans.c.id), values).scalar_one()
        return Ban(id=ban_id, customer_id=customer_id, reason=reason, by_name=by_name, at=at)

    def lift(self, ban_id: int, *, by_id: int, by_name: str, at: datetime) -> None:
        """Set when and by whom it was undone."""
        lifting = update(bans).where(*self._this(ban_id), bans.c.lifted_at.is_(None))
        values = {"lifted_at": at, "lifted_by_id": by_id, "lifted_by_name": by_name}
        self._conn.execute(lifting.values(**values))

    def overflow(self, ban_id: int) -> None:
        """Count a message that was too many to keep."""
        self._conn.execute(update(bans).where(*self._this(ban_id)).values(unkept=bans.c.unkept + 1))

    def count(self) -> int:
        """How many bans stand."""
        standing = (bans.c.desk == self._desk, bans.c.lifted_at.is_(None))
        return self._conn.execute(select(func.count()).select_from(bans).where(*standing)).scalar_one()

    def standing(self, limit: int, skip: int = 0) -> Sequence[Ban]:
        """The standing bans, newest first."""
        rows = self._conn.execute(
            select(bans)
            .where(bans.c.desk == self._desk, bans.c.lifted_at.is_(None))
            .order_by(bans.c.id.desc())
            .limit(limit)
            .offset(skip)
        )
        return [found for row in rows if (found := _ban(row)) is not None]

    def _this(self, ban_id: int) -> tuple[ColumnElement[bool], ...]:
        return (bans.c.desk == self._desk, bans.c.id == ban_id)


class HeldStore:
    """The held messages of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def of(self, customer_id: int) -> Sequence[Message]:
        """The customer's held messages, oldest first."""
        return [read_message(row) for row in self._conn.execute(HELD_MESSAGES, self._key(customer_id))]

    def count(self, customer_id: int) -> int:
        """How many there are."""
        return self._conn.execute(HELD_COUNT, self._key(customer_id)).scalar_one()

    def hold(self, message_ids: Sequence[int]) -> None:
        """Take kept messages of a customer out of their ticket, and hold them."""
        self._change(message_ids, author="held", ticket_id=None)

    def release(self, message_ids: Sequence[int], ticket_id: int) -> None:
        """Put held messages under a ticket, as the customer's."""
        self._change(message_ids, author="customer", ticket_id=ticket_id)

    def sweep(self, customer_id: int, before: datetime) -> datetime | None:
        """Delete what was written before a time; returns when the oldest of the rest was."""
        key = self._key(customer_id)
        gone = list(self._conn.execute(OLD_HELD, {**key, "before": before}).scalars())
        if gone:
            self._conn.execute(delete(pairs).where(pairs.c.desk == self._desk, pairs.c.message_id.in_(gone)))
            self._conn.execute(delete(messages).where(*self._these(gone)))
        oldest: datetime | None = self._conn.execute(OLDEST_HELD, key).scalar_one_or_none()
        return oldest

    def _change(self, message_ids: Sequence[int], **values: object) -> None:
        if message_ids:
            self._conn.execute(update(messages).where(*self._these(message_ids)).values(**values))

    def _these(self, ids: Sequence[int]) -> tuple[ColumnElement[bool], ...]:
        return (also_of(messages, self._desk), messages.c.id.in_(ids))

    def _key(self, customer_id: int) -> dict[str, object]:
        return {"desk": self._desk, "customer_id": customer_id}
