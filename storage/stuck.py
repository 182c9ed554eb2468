"""What is stuck: updates in quarantine and parcels set aside, listed together, and their way back or out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, literal_column, select, update

from storage import inbox as updates
from storage import outbox as parcels
from storage.outbox import WaitingParcel
from storage.tables import inbox, outbox

MOST = 1000
"""So many of each, the newest, can be looked at; so many are retried at one time."""
NAME = re.compile("[up]([0-9]{1,18})")
TRIES = 3
"""How often one release tries again by itself at its starts."""

OF_BOT, OF_DESK = inbox.c.bot_id == bindparam("bot_id"), outbox.c.desk == bindparam("desk")
ONE_UPDATE = (inbox.c.bot_id == bindparam("b_bot_id"), inbox.c.update_id == bindparam("b_id"))
ONE_PARCEL = (outbox.c.desk == bindparam("b_desk"), outbox.c.id == bindparam("b_id"))
RELEASED_ONES = outbox.c.state == literal_column(str(parcels.RELEASED))
STUCK_UPDATES = select(inbox.c.update_id, inbox.c.failed_at).where(OF_BOT, updates.QUARANTINED)
STUCK_PARCELS = select(outbox.c.id, outbox.c.failed_at).where(OF_DESK, parcels.UNCERTAIN_ONES)
FAILED_PARCELS = STUCK_PARCELS.where(outbox.c.error.is_not(None))
UPDATE = select(inbox.c.body, inbox.c.error, inbox.c.failed_at).where(*ONE_UPDATE, updates.QUARANTINED)
LIKE = FAILED_PARCELS.where(
    outbox.c.kind == bindparam("kind"),
    outbox.c.chat_id == bindparam("chat_id"),
    outbox.c.topic_of.is_not_distinct_from(bindparam("topic_of")),
    outbox.c.id != bindparam("id"),
)
PARCEL = select(outbox).where(*ONE_PARCEL, parcels.UNCERTAIN_ONES)


@dataclass(frozen=True, slots=True)
class StuckRow:
    """An update (`raw`) or a parcel that stands aside; without an `error` the parcel is uncertain."""

    name: str
    at: datetime
    error: str | None
    raw: Mapping[str, Any] | None = None
    parcel: WaitingParcel | None = None

    @property
    def uncertain(self) -> bool:
        """Whether it may have arrived."""
        return self.error is None


class StuckStore:
    """What is stuck on one desk, on one transaction; a name is "u" or "p" and the number of its row."""

    def __init__(self, conn: Connection, desk: str, bot_id: int, now: datetime) -> None:
        self._conn, self._desk, self._bot_id, self._now = conn, desk, bot_id, now
        self._key = {"desk": desk, "bot_id": bot_id}
        self.released = False
        """Whether updates have gone back to the inbox, where somebody has to look for them."""

    def count(self) -> int:
        """How many there are, of each kind at most MOST."""
        return sum(
            self._conn.execute(
                select(func.count()).select_from(statement.limit(MOST).subquery()), self._key
            ).scalar_one()
            for statement in (STUCK_UPDATES, STUCK_PARCELS)
        )

    def newest(self, limit: int, skip: int = 0) -> Sequence[StuckRow]:
        """A part of the list, newest first."""
        most = min(limit + skip, 2 * MOST)
        found = [
            (row.failed_at, f"{kind}{row[0]}")
            for kind, statement, table in (("u", STUCK_UPDATES, inbox), ("p", STUCK_PARCELS, outbox))
            for row in self._conn.execute(statement.order_by(table.c.failed_at.desc()).limit(most), self._key)
        ]
        found.sort(reverse=True)
        items = (self.get(name) for _, name in found[skip : skip + limit])
        return [each for each in items if each is not None]

    def failed(self, limit: int) -> Sequence[str]:
        """The names of those that have not arrived, oldest first."""
        by_number = (
            ("u", STUCK_UPDATES.order_by(inbox.c.failed_at)),
            ("p", FAILED_PARCELS.order_by(outbox.c.failed_at)),
        )
        return [
            f"{kind}{row[0]}"
            for kind, statement in by_number
            for row in self._conn.execute(statement.limit(limit), self._key)
        ]

    def get(self, name: str) -> StuckRow | None:
        """By its name; None if it is not stuck, or not any more."""
        kind, key = name[:1], self._one(name)
        if kind == "u":
            row = self._conn.execute(UPDATE, key).one_or_none()
            if row is not None:
                return StuckRow(name, row.failed_at, row.error or "", raw=updates.read(row.body))
        if kind == "p":
            row = self._conn.execute(PARCEL, key).one_or_none()
            if row is not None:
                return StuckRow(name, row.failed_at, row.error, parcel=parcels.read(row, self._now))
        return None

    def retry(self, name: str) -> bool:
        """Let it be tried again; False if it is not stuck. A parcel goes on when it is posted anew."""
        key, anew = self._one(name), {"retried": 0, "retried_by": None}
        if name.startswith("u"):
            back = update(inbox).where(*ONE_UPDATE, updates.QUARANTINED)
            back = back.values(state=updates.WAITS, attempts=0, **anew)
        else:
            back = update(outbox).where(*ONE_PARCEL, parcels.UNCERTAIN_ONES)
            back = back.values(state=parcels.RELEASED, **anew)
        return self._conn.execute(back, key).rowcount == 1

    def drop(self, name: str) -> bool:
        """Delete what it says; its number is remembered, so that Telegram does not bring it again."""
        key = self._one(name)
        if name.startswith("u"):
            out = update(inbox).where(*ONE_UPDATE, updates.QUARANTINED)
            out = out.values(state=updates.DONE, body="", done_at=self._now)
            return self._conn.execute(out, key).rowcount == 1
        gone = delete(outbox).where(*ONE_PARCEL, parcels.UNCERTAIN_ONES)
        return self._conn.execute(gone, key).rowcount == 1

    def post_released(self) -> Sequence[WaitingParcel]:
        """Put parcels that are to be tried again at the end of their streams, under new numbers."""
        found = self._conn.execute(
            select(outbox).where(OF_DESK, RELEASED_ONES).order_by(outbox.c.id).limit(MOST), self._key
        ).all()
        posted = []
        for row in found:
            self._conn.execute(delete(outbox).where(*ONE_PARCEL), self._row(row.id))
            anew: dict[str, Any] = {
                "state": parcels.WAITS,
                "error": None,
                "expires_at": None,
                "started_at": None,
            }
            anew |= {"posted_at": self._now, "due_at": self._now}
            values = {name: value for name, value in row._mapping.items() if name != "id"} | anew
            number = self._conn.execute(insert(outbox).returning(outbox.c.id), values).scalar_one()
            one = select(outbox).where(*ONE_PARCEL)
            found_anew = self._conn.execute(one, self._row(number)).one()
            posted.append(parcels.read(found_anew, self._now))
        return posted

    def others_of(self, stream: str, update_id: int) -> bool:
        """Whether another update of this stream stands in quarantine."""
        another = (
            select(inbox.c.update_id)
            .where(OF_BOT, updates.QUARANTINED, inbox.c.stream == stream, inbox.c.update_id != update_id)
            .limit(1)
        )
        return self._conn.execute(another, self._key).first() is not None

    def others_like(self, waiting: WaitingParcel) -> bool:
        """Whether another parcel of this kind, for the same chat and topic, has failed and stands aside."""
        mine = {"kind": waiting.parcel.kind, "chat_id": waiting.chat_id, "id": waiting.id}
        key = self._key | mine | {"topic_of": waiting.parcel.topic_of}
        return self._conn.execute(LIKE.limit(1), key).first() is not None

    def begin_again(self, release: str) -> None:
        """At a start: try once more what failed, three times for each release.

        What an earlier start has let out, and nobody has finished with, counts as tried: it may end us.
        """
        key = {**self._key, "release": release}
        for table, waits, aside, one in (
            (inbox, (OF_BOT, updates.WAITING_ONES), updates.QUARANTINE, ONE_UPDATE),
            (outbox, (OF_DESK, parcels.WAITING_ONES), parcels.UNCERTAIN, ONE_PARCEL),
        ):
            number = table.c.update_id if table is inbox else table.c.id
            begun = select(number, table.c.retried).where(*waits, table.c.retried_by == bindparam("release"))
            for row in self._conn.execute(begun, key).all():
                change = {"state": aside} if row.retried >= TRIES else {"retried": row.retried + 1}
                self._conn.execute(update(table).where(*one).values(**change), self._row(row[0]))
        self._let_out(release)

    def _let_out(self, release: str) -> None:
        of_release = {"retried_by": release, "state": 0}
        for table, statement, one in (
            (inbox, STUCK_UPDATES, ONE_UPDATE),
            (outbox, FAILED_PARCELS, ONE_PARCEL),
        ):
            wanted = statement.add_columns(table.c.retried, table.c.retried_by)
            newest = wanted.order_by(table.c.failed_at.desc()).limit(MOST)
            for row in self._conn.execute(newest, self._key).all():
                tried = row.retried if row.retried_by == release else 0
                if tried < TRIES:
                    values = {"retried": tried + 1, **of_release}
                    self._conn.execute(update(table).where(*one).values(**values), self._row(row[0]))

    def _one(self, name: str) -> dict[str, Any]:
        named = NAME.fullmatch(name)
        return self._row(-1 if named is None else int(named[1]))

    def _row(self, number: int) -> dict[str, Any]:
        return {"b_bot_id": self._bot_id, "b_desk": self._desk, "b_id": number}
