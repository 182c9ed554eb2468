"""The outbox: parcels until their outcome is kept."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from itertools import chain
from types import MappingProxyType
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

from desk.post import AT_ONCE, Address, Body, Chat, Lane, Mark, Outcome, Parcel, React, TopicOf
from storage.bodies import act_of, from_json, kept_id_of, to_json
from storage.engine.upsert import putting
from storage.tables import messages, outbox
from storage.tables.columns import also_of
from tickets.ticket import Message

WAITS, UNCERTAIN, RELEASED = 0, 1, 2
LATELY = 1.0
"""For so many seconds a message is taken for what it was when its parcel was posted."""
BY_NUMBER = ("rewrite", "rebutton", "mark", "close_topic")
"""Bodies about a message or a topic by its number in the chat."""

WAITING_ONES, UNCERTAIN_ONES = (outbox.c.state == literal_column(str(state)) for state in (WAITS, UNCERTAIN))
"""Each as a literal: the index of such rows serves no parameter."""

INSERT = insert(outbox).returning(outbox.c.id)
SAME = select(outbox.c.id).where(outbox.c.desk == bindparam("desk"), outbox.c.dedupe == bindparam("dedupe"))
EVERYTHING = tuple(column.name for column in outbox.columns if column.name not in {"desk", "dedupe"})
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
"""For one id at a time: given several, SQLite would read all of the desk's rows."""

NOTED = select(outbox.c.ref).where(outbox.c.desk == bindparam("desk"), outbox.c.dedupe == bindparam("dedupe"))
OF_CUSTOMER = (
    select(outbox.c.id, outbox.c.act, outbox.c.message_id)
    .join(messages, messages.c.id == outbox.c.message_id)
    .where(
        messages.c.desk == bindparam("desk"),
        messages.c.ticket_id == bindparam("ticket_id"),
        messages.c.customer_id == bindparam("customer_id"),
        messages.c.author == "customer",
        outbox.c.act.in_(("carry", "amend")),
    )
    .order_by(outbox.c.id)
)
"""What waits of a customer's messages; those of one ticket, so that a long history costs nothing."""
STILL = SAME.where(WAITING_ONES, outbox.c.started_at.is_(None))

STANDING = select(outbox.c.id).where(*MINE)
SETTLE = delete(outbox).where(*MINE)


@dataclass(frozen=True, slots=True)
class WaitingParcel:
    """A parcel in the outbox, with its id, the chat it goes to, and how often it was tried.

    `due` and `stale` are seconds of the monotonic clock: when it may go, and when it is too old to go.
    `message`: what it carries, if that was kept together with it. `stream`: what it keeps its order in: a
    chat, a customer's topic, reactions on one message.
    """

    id: int
    parcel: Parcel
    chat_id: int
    due: float = 0.0
    attempts: int = 0
    started_at: datetime | None = None
    stale: float | None = None
    message: Message | None = field(default=None, compare=False, repr=False)
    retried: int = field(default=0, compare=False)
    stream: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "stream", _stream(self.parcel, self.chat_id))

    def message_at(self, instant: float) -> Message | None:
        """The message it carries; None if that may have been edited since, and has to be read."""
        return self.message if self.due <= instant < self.due + LATELY else None


def _stream(parcel: Parcel, chat_id: int) -> str:
    match parcel.body:
        case Mark(message_id=place) | React(kept_id=place):
            return f"{chat_id}/{act_of(parcel.body)}/{place}"
    return f"{chat_id}" if parcel.topic_of is None else f"{chat_id}/{parcel.topic_of}"


def read(row: Any, now: datetime) -> WaitingParcel:
    """A parcel as it was kept.

    What is left of its spans is told by the clock on the wall, and is never more than the spans themselves:
    what may go at once may go now, whatever that clock shows.
    """
    known = {} if row.message_id is None else {"kept_id": row.message_id}
    parcel = Parcel(
        to=Chat(row.chat_id, row.thread_id) if row.topic_of is None else TopicOf(row.topic_of),
        body=from_json(row.act, {**(row.body or {}), **known}),
        lane=Lane(row.lane),
        kind=row.kind,
        ref=row.ref or {},
        dedupe=row.dedupe,
        wait=row.due_at - row.posted_at,
        lasts=None if row.expires_at is None else row.expires_at - row.posted_at,
    )
    instant, age = time.monotonic(), max(AT_ONCE, now - row.posted_at)
    due = instant + max(AT_ONCE, parcel.wait - age).total_seconds()
    stale = None if parcel.lasts is None else instant + (parcel.lasts - age).total_seconds()
    tried = (row.attempts, row.started_at)
    return WaitingParcel(row.id, parcel, row.chat_id, due, *tried, stale, retried=row.retried)


class OutboxStore:
    """The outbox of one desk, on one transaction.

    `where` gives the chat that an address means; `kept` holds messages that were inserted in it.
    """

    def __init__(
        self,
        conn: Connection,
        desk: str,
        now: datetime,
        where: Callable[[Address], int],
        kept: Mapping[int, Message] = MappingProxyType({}),
    ) -> None:
        self._conn, self._desk, self._now, self._where, self._kept = conn, desk, now, where, kept
        self.posted: list[WaitingParcel] = []
        self.replaced: list[int] = []
        self.settled: list[tuple[WaitingParcel, Outcome]] = []

    def post(self, parcel: Parcel) -> None:
        """Insert a parcel; it replaces a waiting one with the same dedupe key."""
        chat_id, instant = self._where(parcel.to), time.monotonic()
        kept_id = kept_id_of(parcel.body)
        row = {
            "desk": self._desk,
            "lane": int(parcel.lane),
            "chat_id": chat_id,
            "thread_id": parcel.to.thread_id if isinstance(parcel.to, Chat) else None,
            "topic_of": parcel.topic_of,
            "act": act_of(parcel.body),
            "body": to_json(parcel.body) or None,
            "message_id": kept_id,
            "kind": parcel.kind,
            "ref": dict(parcel.ref) or None,
            "dedupe": parcel.dedupe,
            "due_at": self._now + parcel.wait,
            "expires_at": None if parcel.lasts is None else self._now + parcel.lasts,
            "posted_at": self._now,
        }
        insertion: Any = INSERT
        if parcel.dedupe is not None:
            key = {"desk": self._desk, "dedupe": parcel.dedupe}
            self._leave_out(self._conn.execute(SAME, key).scalars().all())
            insertion = _replacing(self._conn.dialect.name)
        number: int = self._conn.execute(insertion, row).scalar_one()
        message = None if kept_id is None else self._kept.get(kept_id)
        due = instant + parcel.wait.total_seconds()
        stale = None if parcel.lasts is None else instant + parcel.lasts.total_seconds()
        self.posted.append(WaitingParcel(number, parcel, chat_id, due, stale=stale, message=message))

    def noted(self, dedupe: str) -> Mapping[str, Any] | None:
        """The `ref` of the waiting parcel with this key."""
        row = self._conn.execute(NOTED, {"desk": self._desk, "dedupe": dedupe}).one_or_none()
        return None if row is None else row.ref or {}

    def withdraw(self, customer_id: int, ticket_id: int) -> Sequence[tuple[str, int]]:
        """Delete what waits of the customer's messages of a ticket: "carry" or "amend", with each message."""
        key = {"desk": self._desk, "customer_id": customer_id, "ticket_id": ticket_id}
        found = self._conn.execute(OF_CUSTOMER.where(also_of(outbox, self._desk)), key).all()
        self.settle([row.id for row in found])
        self._leave_out([row.id for row in found])
        return [(row.act, row.message_id) for row in found]

    def take_back(self, keys: Sequence[str]) -> frozenset[str]:
        """Delete those parcels with these dedupe keys that wait and are not on their way; their keys."""
        asked = ((key, {"desk": self._desk, "dedupe": key}) for key in keys)
        found = {key: self._conn.execute(STILL, mine).scalar_one_or_none() for key, mine in asked}
        taken = {key: number for key, number in found.items() if number is not None}
        self.settle(list(taken.values()))
        self._leave_out(list(taken.values()))
        return frozenset(taken)

    def after(self, lanes: Sequence[Lane], number: int, limit: int) -> Sequence[WaitingParcel]:
        """The parcels of these lanes with higher ids than this, in order."""
        key = {"desk": self._desk, "after": number, "limit": limit}
        found = (self._conn.execute(AFTER, {**key, "lane": int(lane)}) for lane in lanes)
        rows = sorted(chain.from_iterable(found), key=lambda row: row.id)[:limit]
        return [read(row, self._now) for row in rows]

    def standing(self, ids: Sequence[int]) -> frozenset[int]:
        """Which of these parcels still wait and were not replaced."""
        found = (self._conn.execute(STANDING, key).scalar_one_or_none() for key in self._keys(ids))
        return frozenset(each for each in found if each is not None)

    def settle(self, ids: Sequence[int]) -> bool:
        """Delete parcels that have an outcome; False if they were deleted already."""
        return all(self._conn.execute(SETTLE, key).rowcount == 1 for key in self._keys(ids))

    def start(self, ids: Sequence[int]) -> None:
        """Mark bulk parcels as on their way, so that a crash leaves them uncertain."""
        self._change(ids, started_at=self._now)

    def postpone(self, ids: Sequence[int]) -> None:
        """Give back parcels that were marked as on their way, but not sent."""
        self._change(ids, attempts=outbox.c.attempts + 1, started_at=None)

    def shrink(self, waiting: WaitingParcel, left: Body) -> WaitingParcel:
        """Put what is left of a parcel in its place: the rest has arrived."""
        values = {"act": act_of(left), "body": to_json(left) or None, "message_id": kept_id_of(left)}
        self._change([waiting.id], **values)
        return replace(waiting, parcel=replace(waiting.parcel, body=left), message=None)

    def park(self, ids: Sequence[int], error: str | None = None) -> None:
        """Set parcels aside: for an error of ours, or as uncertain."""
        self._change(ids, state=UNCERTAIN, error=error, failed_at=self._now)

    def interrupted(self) -> Sequence[WaitingParcel]:
        """The bulk parcels that were on their way when the process ended."""
        mine = (outbox.c.desk == self._desk, WAITING_ONES, outbox.c.started_at.is_not(None))
        return [read(row, self._now) for row in self._conn.execute(select(outbox).where(*mine))]

    def counts(self) -> dict[str, int]:
        """How many parcels wait, and how many are uncertain."""
        mine = select(func.count()).select_from(outbox).where(outbox.c.desk == self._desk)
        found = {"waiting": mine.where(WAITING_ONES), "uncertain": mine.where(UNCERTAIN_ONES)}
        return {name: self._conn.execute(count).scalar_one() for name, count in found.items()}

    def move(self, old: int, new: int) -> None:
        """Move a migrated group's parcels to its new id.

        A parcel about a message by its id is deleted: the new group numbers its messages anew.
        """
        mine = (outbox.c.desk == self._desk, outbox.c.chat_id == old)
        left = delete(outbox).where(*mine, outbox.c.act.in_(BY_NUMBER))
        self.replaced += self._conn.execute(left.returning(outbox.c.id)).scalars()
        self._conn.execute(update(outbox).where(*mine).values(chat_id=new, thread_id=None))

    def _leave_out(self, ids: Sequence[int]) -> None:
        """Nobody sends these any more, also if they were posted in this very transaction."""
        if ids:
            self.replaced += ids
            self.posted = [waiting for waiting in self.posted if waiting.id not in ids]

    def _change(self, ids: Sequence[int], **values: object) -> None:
        if ids:
            self._conn.execute(update(outbox).where(*MINE).values(**values), self._keys(ids))

    def _keys(self, ids: Sequence[int]) -> list[dict[str, Any]]:
        return [{"b_desk": self._desk, "b_id": each} for each in ids]


@lru_cache
def _replacing(dialect: str) -> Any:
    """The statement that inserts a parcel in place of a waiting one with the same dedupe key."""
    return putting(dialect, outbox, ("desk", "dedupe"), EVERYTHING).returning(outbox.c.id)
