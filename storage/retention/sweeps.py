"""Deletes what is too old, a bite at a time; each kind by an index of its time."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, bindparam, delete, exists, select, update

from storage.engine.upsert import put
from storage.inbox import DONE_ONES, QUARANTINED
from storage.inbox import read as read_update
from storage.outbox import UNCERTAIN_ONES
from storage.outbox import read as read_parcel
from storage.polls.ballots import OLD_BALLOTS
from storage.questions import TOLD
from storage.retention.concerned import ConcernedSweep
from storage.stuck import StuckRow
from storage.tables import (
    alerts,
    audit,
    backup_letters,
    backup_rounds,
    ballots,
    deliveries,
    inbox,
    incidents,
    messages,
    outbox,
    pairs,
    placements,
    questions,
    surveys,
    sweeps,
    tickets,
)
from storage.tables.columns import also_of

BITE = 500
"""So many rows at most go in one transaction: people wait behind it."""

OPEN = exists().where(tickets.c.id == messages.c.ticket_id, tickets.c.closed_at.is_(None))
ON_ITS_WAY = exists().where(outbox.c.message_id == messages.c.id)
OLD_MESSAGES = (
    select(messages.c.id, messages.c.at)
    .where(
        messages.c.desk == bindparam("desk"),
        messages.c.at >= bindparam("after"),
        messages.c.at < bindparam("before"),
        ~OPEN,
        ~ON_ITS_WAY,
    )
    .order_by(messages.c.at, messages.c.id)
    .limit(BITE)
)
ASKED_IN_OPEN = exists().where(
    messages.c.id == questions.c.message_id,
    tickets.c.id == messages.c.ticket_id,
    tickets.c.closed_at.is_(None),
)
OLD_QUESTIONS = (
    select(questions.c.id, questions.c.asked_at)
    .where(
        questions.c.desk == bindparam("desk"),
        TOLD,
        questions.c.asked_at >= bindparam("after"),
        questions.c.asked_at < bindparam("before"),
        ~ASKED_IN_OPEN,
    )
    .order_by(questions.c.asked_at, questions.c.id)
    .limit(BITE)
)
OLD_AUDIT = (
    select(audit.c.id, audit.c.at)
    .where(audit.c.desk == bindparam("desk"), audit.c.at < bindparam("before"))
    .order_by(audit.c.at, audit.c.id)
    .limit(BITE)
)
STANDING = exists().where(incidents.c.id == deliveries.c.incident_id, incidents.c.state == "live")
OLD_DELIVERIES = (
    select(deliveries.c.id, deliveries.c.at)
    .where(
        deliveries.c.desk == bindparam("desk"),
        deliveries.c.at >= bindparam("after"),
        deliveries.c.at < bindparam("before"),
        ~STANDING,
    )
    .order_by(deliveries.c.at, deliveries.c.id)
    .limit(BITE)
)
ABOUT_LIVE = exists().where(incidents.c.id == backup_letters.c.incident_id, incidents.c.state == "live")
OLD_LETTERS = (
    select(backup_letters.c.id, backup_letters.c.posted_at, backup_letters.c.incident_id)
    .where(
        backup_letters.c.desk == bindparam("desk"),
        backup_letters.c.posted_at >= bindparam("after"),
        backup_letters.c.posted_at < bindparam("before"),
        ~ABOUT_LIVE,
    )
    .order_by(backup_letters.c.posted_at, backup_letters.c.id)
    .limit(BITE)
)
HAS_LETTERS = exists().where(
    backup_letters.c.desk == backup_rounds.c.desk, backup_letters.c.incident_id == backup_rounds.c.incident_id
)
OLD_ALERTS = (
    select(alerts.c.id, alerts.c.last_at, alerts.c.shown)
    .where(alerts.c.desk == bindparam("desk"), alerts.c.last_at < bindparam("before"))
    .order_by(alerts.c.last_at, alerts.c.id)
    .limit(BITE)
)
FORGET_PLACEMENT = delete(placements).where(
    placements.c.desk == bindparam("b_desk"), placements.c.subject == bindparam("b_subject")
)
OLD_ASIDE = (
    select(outbox)
    .where(outbox.c.desk == bindparam("desk"), UNCERTAIN_ONES, outbox.c.posted_at < bindparam("before"))
    .order_by(outbox.c.posted_at)
)
OF_BOT = inbox.c.bot_id == bindparam("bot_id")
HANDLED = (
    select(inbox.c.update_id, inbox.c.done_at)
    .where(OF_BOT, DONE_ONES, inbox.c.done_at < bindparam("before"))
    .order_by(inbox.c.done_at)
    .limit(BITE)
)
POISON = (
    select(inbox.c.update_id, inbox.c.received_at, inbox.c.body, inbox.c.error)
    .where(OF_BOT, QUARANTINED, inbox.c.received_at < bindparam("before"))
    .order_by(inbox.c.received_at)
)
DROP_UPDATE = delete(inbox).where(OF_BOT, inbox.c.update_id == bindparam("update_id"))

Bite = Callable[[datetime, datetime], datetime | None]
"""Sweeps what is older than a time and not older than another; says how far it came, None: to the end."""


class SweepStore:
    """What one desk keeps no longer, on one transaction."""

    def __init__(self, conn: Connection, desk: str, bot_id: int) -> None:
        self._conn, self._desk, self._bot_id = conn, desk, bot_id
        self._concerned = ConcernedSweep(conn, desk, BITE)
        self.most = BITE
        """So many of what stands aside go at once: whoever waited for one must be told."""
        self.expired: list[StuckRow] = []
        """What stood aside and has gone."""

    @property
    def bites(self) -> Mapping[str, Bite]:
        """By what is kept, as the configuration names it."""
        return {
            "updates": self.updates,
            "quarantine": self.quarantine,
            "audit": self.audit,
            "deliveries": self.deliveries,
            "letters": self.letters,
            "ballots": self.ballots,
            "followers": self.followers,
            "askers": self.askers,
            "questions": self.questions,
            "messages": self.messages,
            "alerts": self.alerts,
        }

    def last(self, kind: str) -> datetime | None:
        """When all of a kind that was too old had gone."""
        mine = (sweeps.c.desk == self._desk, sweeps.c.kind == kind)
        at: datetime | None = self._conn.execute(select(sweeps.c.at).where(*mine)).scalar_one_or_none()
        return at

    def ended(self, kind: str, at: datetime) -> None:
        """Keep when a sweep came to its end."""
        put(self._conn, sweeps, ("desk", "kind"), {"desk": self._desk, "kind": kind, "at": at})

    def updates(self, before: datetime, after: datetime) -> datetime | None:
        """Delete updates that were handled before a time."""
        rows = self._conn.execute(HANDLED, {"bot_id": self._bot_id, "before": before}).all()
        return self._drop_updates(rows)

    def quarantine(self, before: datetime, after: datetime) -> datetime | None:
        """Delete updates that could not be handled, and parcels that were set aside."""
        key = {"bot_id": self._bot_id, "desk": self._desk, "before": before}
        updates = self._conn.execute(POISON.limit(self.most), key).all()
        parcels = self._conn.execute(OLD_ASIDE.limit(self.most - len(updates)), key).all()
        self._drop_updates([(row.update_id, row.received_at) for row in updates])
        self._drop(outbox, [(row.id, row.posted_at) for row in parcels])
        gone = [*map(_update, updates), *map(_parcel, parcels)]
        self.expired += gone
        return gone[-1].at if len(gone) == self.most else None

    def audit(self, before: datetime, after: datetime) -> datetime | None:
        """Delete old attempts."""
        rows = self._old(OLD_AUDIT, before=before)
        self._drop(audit, rows)
        return _end_of(rows)

    def deliveries(self, before: datetime, after: datetime) -> datetime | None:
        """Forget who was told of incidents that are long over; how many they were stays."""
        rows = self._old(OLD_DELIVERIES, before=before, after=after)
        self._drop(deliveries, rows)
        return _end_of(rows)

    def letters(self, before: datetime, after: datetime) -> datetime | None:
        """Forget who had letters of incidents that are long over, and rounds of which no letter is left."""
        rows = self._conn.execute(OLD_LETTERS, {"desk": self._desk, "before": before, "after": after}).all()
        self._drop(backup_letters, [(row.id, row.posted_at) for row in rows])
        over = {row.incident_id for row in rows} - {None}
        if over:
            mine = (backup_rounds.c.desk == self._desk, backup_rounds.c.incident_id.in_(sorted(over)))
            self._conn.execute(delete(backup_rounds).where(*mine, ~HAS_LETTERS))
        return rows[-1].posted_at if len(rows) == BITE else None

    def ballots(self, before: datetime, after: datetime) -> datetime | None:
        """Forget who was asked in polls that are over, and what they chose; how many chose what stays."""
        rows = self._old(OLD_BALLOTS.limit(BITE), before=before, after=after)
        self._drop(ballots, rows)
        return _end_of(rows)

    def followers(self, before: datetime, after: datetime) -> datetime | None:
        """Forget who followed incidents that are long over."""
        return self._concerned.followers(before, after)

    def askers(self, before: datetime, after: datetime) -> datetime | None:
        """Forget who asked about incidents that are long over."""
        return self._concerned.askers(before, after)

    def alerts(self, before: datetime, after: datetime) -> datetime | None:
        """Delete alerts of which nothing was told for long, and forget where managers saw them."""
        rows = self._conn.execute(OLD_ALERTS, {"desk": self._desk, "before": before}).all()
        if rows:
            seen = [f"alert:{row.id}:{place}" for row in rows for place in row.shown or ()]
            if seen:
                keys = [{"b_desk": self._desk, "b_subject": subject} for subject in seen]
                self._conn.execute(FORGET_PLACEMENT, keys)
            self._drop(alerts, [(row.id, row.last_at) for row in rows])
        return rows[-1].last_at if len(rows) == BITE else None

    def questions(self, before: datetime, after: datetime) -> datetime | None:
        """Forget the texts of old questions; what came of them stays, for the figures."""
        rows = self._old(OLD_QUESTIONS, before=before, after=after)
        if rows:
            self._conn.execute(update(questions).where(*self._these(questions, rows)).values(text=""))
        return _end_of(rows)

    def messages(self, before: datetime, after: datetime) -> datetime | None:
        """Delete old messages with their places; those of open tickets, and what is on its way, stay."""
        rows = self._old(OLD_MESSAGES, before=before, after=after)
        if not rows:
            return None
        ids = [row[0] for row in rows]
        self._conn.execute(delete(pairs).where(also_of(pairs, self._desk), pairs.c.message_id.in_(ids)))
        asked = (also_of(questions, self._desk), questions.c.message_id.in_(ids))
        self._conn.execute(update(questions).where(*asked).values(message_id=None))
        said = (also_of(surveys, self._desk), surveys.c.comment_message.in_(ids))
        self._conn.execute(update(surveys).where(*said).values(comment_message=None, comment=None))
        why = (also_of(ballots, self._desk), ballots.c.comment_message.in_(ids))
        self._conn.execute(update(ballots).where(*why).values(comment_message=None, comment=None))
        self._drop(messages, rows)
        return _end_of(rows)

    def _old(self, statement: object, **times: datetime) -> Sequence[tuple[int, datetime]]:
        rows = self._conn.execute(statement, {"desk": self._desk, **times})  # type: ignore[call-overload]
        return [tuple(row) for row in rows]

    def _these(
        self, table: Table, rows: Sequence[tuple[int, datetime]]
    ) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return also_of(table, self._desk), table.c.id.in_([row[0] for row in rows])

    def _drop(self, table: Table, rows: Sequence[tuple[int, datetime]]) -> None:
        if rows:
            self._conn.execute(delete(table).where(*self._these(table, rows)))

    def _drop_updates(self, rows: Sequence[tuple[int, datetime]]) -> datetime | None:
        if rows:
            self._conn.execute(DROP_UPDATE, [{"bot_id": self._bot_id, "update_id": row[0]} for row in rows])
        return _end_of(rows)


def _update(row: Row[Any, Any, Any, Any]) -> StuckRow:
    return StuckRow(f"u{row.update_id}", row.received_at, row.error or "", raw=read_update(row.body))


def _parcel(row: Row[Any]) -> StuckRow:
    return StuckRow(f"p{row.id}", row.posted_at, row.error, parcel=read_parcel(row, row.posted_at))


def _end_of(rows: Sequence[tuple[int, datetime]]) -> datetime | None:
    """How far a bite came; None if it was not a whole one, so that nothing more is so old."""
    return rows[-1][1] if len(rows) == BITE else None
