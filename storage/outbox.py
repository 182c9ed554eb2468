"""The outbox: what is to be sent, until Telegram has taken it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from desk.post import Lane, Parcel
from storage.tables import outbox

WAITS, UNCERTAIN = 0, 1

INSERT = insert(outbox)
AFTER = (
    select(outbox)
    .where(
        outbox.c.desk == bindparam("desk"),
        outbox.c.state == WAITS,
        outbox.c.lane.in_(bindparam("lanes", expanding=True)),
        outbox.c.id > bindparam("after"),
    )
    .order_by(outbox.c.id)
    .limit(bindparam("limit"))
)
STANDING = select(outbox.c.id).where(outbox.c.id.in_(bindparam("ids", expanding=True)))
SETTLE = delete(outbox).where(outbox.c.id == bindparam("b_id"))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A parcel in the outbox, with its number and its history."""

    id: int
    parcel: Parcel
    due_at: datetime
    attempts: int
    started_at: datetime | None


def _waiting(row: Any) -> Waiting:
    parcel = Parcel(
        chat_id=row.chat_id,
        act=row.act,
        call=row.call,
        lane=Lane(row.lane),
        topic_of=row.topic_of,
        message_id=row.message_id,
        reply_to=row.reply_to,
        merge=row.merge,
        kind=row.kind,
        ref=row.ref or {},
        dedupe=row.dedupe,
        due_at=row.due_at,
        expires_at=row.expires_at,
    )
    return Waiting(row.id, parcel, row.due_at, row.attempts, row.started_at)


class OutboxStore:
    """The outbox of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str, now: datetime) -> None:
        self._conn, self._desk, self._now = conn, desk, now

    def post(self, parcel: Parcel) -> None:
        """Put a parcel into the outbox; it replaces a waiting one with the same dedupe key."""
        if parcel.dedupe is not None:
            same = (outbox.c.desk == self._desk, outbox.c.dedupe == parcel.dedupe)
            self._conn.execute(delete(outbox).where(*same))
        self._conn.execute(
            INSERT,
            {
                "desk": self._desk,
                "lane": int(parcel.lane),
                "chat_id": parcel.chat_id,
                "topic_of": parcel.topic_of,
                "act": parcel.act,
                "call": parcel.call,
                "message_id": parcel.message_id,
                "reply_to": parcel.reply_to,
                "merge": parcel.merge,
                "kind": parcel.kind,
                "ref": parcel.ref or None,
                "dedupe": parcel.dedupe,
                "due_at": parcel.due_at or self._now,
                "expires_at": parcel.expires_at,
                "posted_at": self._now,
            },
        )

    def after(self, lanes: Sequence[Lane], number: int, limit: int) -> Sequence[Waiting]:
        """The parcels of some lanes that were posted after a number, in order."""
        key = {"desk": self._desk, "lanes": [int(lane) for lane in lanes], "after": number, "limit": limit}
        return [_waiting(row) for row in self._conn.execute(AFTER, key)]

    def standing(self, ids: Sequence[int]) -> frozenset[int]:
        """Which of these parcels still wait: others were replaced."""
        return frozenset(row.id for row in self._conn.execute(STANDING, {"ids": list(ids)}))

    def settle(self, ids: Sequence[int]) -> bool:
        """Remove parcels that have met their outcome; False if another already did."""
        return all(self._conn.execute(SETTLE, {"b_id": each}).rowcount == 1 for each in ids)

    def start(self, ids: Sequence[int]) -> None:
        """Note that bulk parcels are on their way: a crash from here on leaves them uncertain."""
        self._conn.execute(update(outbox).where(outbox.c.id.in_(ids)).values(started_at=self._now))

    def postpone(self, ids: Sequence[int], until: datetime) -> None:
        """Try again later."""
        self._conn.execute(
            update(outbox)
            .where(outbox.c.id.in_(ids))
            .values(due_at=until, attempts=outbox.c.attempts + 1, started_at=None)
        )

    def park(self, ids: Sequence[int]) -> None:
        """Nobody knows whether Telegram took them: set aside for a person to decide."""
        self._conn.execute(update(outbox).where(outbox.c.id.in_(ids)).values(state=UNCERTAIN))

    def interrupted(self) -> Sequence[int]:
        """Bulk parcels that were on their way when the process ended."""
        rows = self._conn.execute(
            select(outbox.c.id).where(
                outbox.c.desk == self._desk, outbox.c.state == WAITS, outbox.c.started_at.is_not(None)
            )
        )
        return [row.id for row in rows]

    def counts(self) -> dict[str, int]:
        """How many wait and how many are uncertain."""
        rows = self._conn.execute(
            select(outbox.c.state, func.count()).where(outbox.c.desk == self._desk).group_by(outbox.c.state)
        )
        found = {state: count for state, count in rows}  # noqa: C416 - rows are not plain pairs to mypy
        return {"waiting": found.get(WAITS, 0), "uncertain": found.get(UNCERTAIN, 0)}

    def move(self, old: int, new: int) -> None:
        """A group has migrated: what waits for it goes to the new address.

        What is about a message by its number stays behind with it: another message bears that number there.
        """
        mine = (outbox.c.desk == self._desk, outbox.c.chat_id == old)
        rows = self._conn.execute(select(outbox.c.id, outbox.c.act, outbox.c.call).where(*mine)).all()
        self.settle([row.id for row in rows if row.act == "call" and "message_id" in (row.call or {})])
        self._conn.execute(update(outbox).where(*mine).values(chat_id=new))
