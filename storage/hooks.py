"""What hooks are told: kept with the notice itself, tried until it arrives or is given up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, literal_column, select, update

from desk.hook import Hook
from storage.tables import hook_deliveries as table
from storage.tables.columns import also_of

KEPT = timedelta(days=30)
"""So long managers can see what became of a delivery."""
BITE = 50
"""So many old ones go whenever one is added."""
WAITS, ARRIVED, GIVEN_UP = 0, 1, 2
ANSWER = 64
WAITING_ONES = table.c.state == literal_column(str(WAITS))


@dataclass(frozen=True, slots=True, kw_only=True)
class HookDelivery:
    """One thing that one hook is told, with what came of the last attempt."""

    id: int
    host: str
    body: str
    made_at: datetime
    changed_at: datetime
    due_at: datetime
    attempts: int
    arrived: bool
    given_up: bool
    answer: str | None


class HookStore:
    """What the hooks of one desk are told, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def add(self, hook: Hook, body: str, at: datetime) -> None:
        """Insert a delivery, due at once."""
        self._forget(at - KEPT)
        times = {"made_at": at, "due_at": at, "changed_at": at}
        row = {"desk": self._desk, "hook": hook.key, "host": hook.host, "body": body, **times}
        self._conn.execute(insert(table), row)

    def due(self, hook: Hook, now: datetime) -> HookDelivery | None:
        """The delivery that this hook is to be told next, if one is due."""
        mine = (table.c.desk == self._desk, table.c.hook == hook.key, WAITING_ONES, table.c.due_at <= now)
        found = select(table).where(*mine).order_by(table.c.due_at, table.c.id).limit(1)
        row = self._conn.execute(found).one_or_none()
        return None if row is None else _read(row)

    def next_at(self, hook: Hook) -> datetime | None:
        """When this hook is to be told something next; None if nothing waits."""
        mine = (table.c.desk == self._desk, table.c.hook == hook.key, WAITING_ONES)
        found = select(table.c.due_at).where(*mine).order_by(table.c.due_at).limit(1)
        at: datetime | None = self._conn.execute(found).scalar_one_or_none()
        return at

    def tried(self, delivery_id: int, answer: str, at: datetime, again_at: datetime | None) -> None:
        """Keep an attempt that failed; it is given up if there is to be no other."""
        values: dict[str, object] = {"answer": answer[:ANSWER], "changed_at": at}
        values |= {"due_at": again_at} if again_at is not None else {"state": GIVEN_UP, "body": ""}
        self._change(delivery_id, values)

    def arrived(self, delivery_id: int, answer: str, at: datetime) -> None:
        """Keep that it was taken."""
        values = {"answer": answer[:ANSWER], "changed_at": at, "state": ARRIVED, "body": ""}
        self._change(delivery_id, values)

    def recent(self, most: int) -> Sequence[HookDelivery]:
        """The last that were tried or wait, newest first."""
        mine = select(table).where(table.c.desk == self._desk)
        rows = self._conn.execute(mine.order_by(table.c.changed_at.desc()).limit(most))
        return [_read(row) for row in rows]

    def _change(self, delivery_id: int, values: dict[str, object]) -> None:
        mine = (also_of(table, self._desk), table.c.id == delivery_id)
        self._conn.execute(update(table).where(*mine).values(attempts=table.c.attempts + 1, **values))

    def _forget(self, before: datetime) -> None:
        old = (table.c.desk == self._desk, table.c.changed_at < before)
        found = select(table.c.id).where(*old).order_by(table.c.changed_at).limit(BITE)
        these = self._conn.execute(found).scalars().all()
        if these:
            self._conn.execute(delete(table).where(also_of(table, self._desk), table.c.id.in_(these)))


def _read(row: object) -> HookDelivery:
    values = row._mapping  # type: ignore[attr-defined]
    state = values["state"]
    named = ("id", "host", "body", "made_at", "changed_at", "due_at", "attempts", "answer")
    plain = {name: values[name] for name in named}
    return HookDelivery(arrived=state == ARRIVED, given_up=state == GIVEN_UP, **plain)
