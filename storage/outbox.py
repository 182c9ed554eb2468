"""The outbox: what is to be sent, until Telegram has taken it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import (
    Connection,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    select,
    update,
)

from desk.post import Lane, Parcel
from storage.engine.upsert import put_anew
from storage.tables import outbox

WAITS, UNCERTAIN = 0, 1

WAITING_ONES, UNCERTAIN_ONES = (outbox.c.state == literal_column(str(state)) for state in (WAITS, UNCERTAIN))
"""Each as a literal: the index of such rows serves no parameter."""

INSERT = insert(outbox)
AFTER = (
    select(outbox)
    .where(
        outbox.c.desk == bindparam("desk"),
        WAITING_ONES,
        outbox.c.lane == bindparam("lane"),
        outbox.c.id > bindparam("after"),
    )
    .order_by(outbox.c.id)
    .limit(bindparam("limit"))
)
MINE = (outbox.c.desk == bindparam("b_desk"), outbox.c.id == bindparam("b_id"))
"""One by one: given several ids, SQLite would rather look through all of the desk's."""

STANDING = select(outbox.c.id).where(*MINE)
SETTLE = delete(outbox).where(*MINE)


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
        row = {
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
        }
        if parcel.dedupe is None:
            self._conn.execute(INSERT, row)
        else:
            put_anew(self._conn, outbox, ("desk", "dedupe"), row)

    def after(self, lanes: Sequence[Lane], number: int, limit: int) -> Sequence[Waiting]:
        """The parcels of some lanes that were posted after a number, in order."""
        key = {"desk": self._desk, "after": number, "limit": limit}
        found = (self._conn.execute(AFTER, {**key, "lane": int(lane)}) for lane in lanes)
        return [_waiting(row) for row in sorted(chain.from_iterable(found), key=lambda row: row.id)[:limit]]

    def standing(self, ids: Sequence[int]) -> frozenset[int]:
        """Which of these parcels still wait: others were replaced."""
        found = (self._conn.execute(STANDING, key).scalar_one_or_none() for key in self._keys(ids))
        return frozenset(each for each in found if each is not None)

    def settle(self, ids: Sequence[int]) -> bool:
        """Remove parcels that have met their outcome; False if another already did."""
        return all(self._conn.execute(SETTLE, key).rowcount == 1 for key in self._keys(ids))

    def start(self, ids: Sequence[int]) -> None:
        """Note that bulk parcels are on their way: a crash from here on leaves them uncertain."""
        self._change(ids, started_at=self._now)

    def postpone(self, ids: Sequence[int], until: datetime) -> None:
        """Try again later."""
        self._change(ids, due_at=until, attempts=outbox.c.attempts + 1, started_at=None)

    def park(self, ids: Sequence[int]) -> None:
        """Nobody knows whether Telegram took them: set aside for a person to decide."""
        self._change(ids, state=UNCERTAIN)

    def interrupted(self) -> Sequence[int]:
        """Bulk parcels that were on their way when the process ended."""
        rows = self._conn.execute(
            select(outbox.c.id).where(
                outbox.c.desk == self._desk, WAITING_ONES, outbox.c.started_at.is_not(None)
            )
        )
        return [row.id for row in rows]

    def counts(self) -> dict[str, int]:
        """How many wait and how many are uncertain."""
        mine = select(func.count()).select_from(outbox).where(outbox.c.desk == self._desk)
        found = {"waiting": mine.where(WAITING_ONES), "uncertain": mine.where(UNCERTAIN_ONES)}
        return {name: self._conn.execute(count).scalar_one() for name, count in found.items()}

    def move(self, old: int, new: int) -> None:
        """A group has migrated: what waits for it goes to the new address.

        What is about a message by its number stays behind with it: another message bears that number there.
        """
        mine = (outbox.c.desk == self._desk, outbox.c.chat_id == old)
        rows = self._conn.execute(select(outbox.c.id, outbox.c.act, outbox.c.call).where(*mine)).all()
        self.settle([row.id for row in rows if row.act == "call" and "message_id" in (row.call or {})])
        self._conn.execute(update(outbox).where(*mine).values(chat_id=new))

    def _change(self, ids: Sequence[int], **values: object) -> None:
        if ids:
            self._conn.execute(update(outbox).where(*MINE).values(**values), self._keys(ids))

    def _keys(self, ids: Sequence[int]) -> list[dict[str, Any]]:
        return [{"b_desk": self._desk, "b_id": each} for each in ids]
