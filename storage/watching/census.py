"""The census: what waits in the inbox and the outbox, and since when; every count of it is bounded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, literal_column, select

from desk.post import Lane
from storage import inbox as updates
from storage import outbox as parcels
from storage.tables import inbox, outbox

MOST = 10_000
"""Nothing is counted beyond this: more is as bad."""
FIRST = 100
"""So many of a lane's oldest parcels are looked at for one that is due: the first may rest until later."""


def _counted(*wanted: ColumnElement[bool]) -> Select[int]:
    return select(func.count()).select_from(
        select(literal_column("1").label("one")).where(*wanted).limit(MOST).subquery()
    )


OF_BOT, OF_DESK = inbox.c.bot_id == bindparam("bot_id"), outbox.c.desk == bindparam("desk")
OF_LANE = (OF_DESK, parcels.WAITING_ONES, outbox.c.lane == bindparam("lane"))
UPDATES, QUARANTINE = _counted(OF_BOT, updates.WAITING_ONES), _counted(OF_BOT, updates.QUARANTINED)
PARCELS, SET_ASIDE = _counted(*OF_LANE), _counted(OF_DESK, parcels.UNCERTAIN_ONES)
OLDEST_UPDATE = (
    select(inbox.c.received_at).where(OF_BOT, updates.WAITING_ONES).order_by(inbox.c.update_id).limit(1)
)
OLDEST_PARCELS = (
    select(outbox.c.posted_at, outbox.c.due_at).where(*OF_LANE).order_by(outbox.c.id).limit(FIRST)
)


@dataclass(frozen=True, slots=True)
class LaneCensus:
    """What waits in one lane, and for how many seconds the oldest that may go; 0 if none may."""

    waiting: int = 0
    oldest: float = 0.0


@dataclass(frozen=True, slots=True)
class Census:
    """What waits on a desk: ages are seconds, `set_aside` are parcels and `quarantine` updates."""

    updates: int = 0
    oldest_update: float = 0.0
    quarantine: int = 0
    set_aside: int = 0
    lanes: Mapping[Lane, LaneCensus] | None = None

    def lane(self, lane: Lane) -> LaneCensus:
        """What waits in a lane."""
        return (self.lanes or {}).get(lane, LaneCensus())


class CensusStore:
    """Counts for one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str, bot_id: int, now: datetime) -> None:
        self._conn, self._now = conn, now
        self._key = {"desk": desk, "bot_id": bot_id}

    def updates(self) -> tuple[int, float, int]:
        """How many updates wait, for how long the oldest has, and how many are in quarantine."""
        received = self._conn.execute(OLDEST_UPDATE, self._key).scalar_one_or_none()
        oldest = 0.0 if received is None else self._age(received)
        return self._count(UPDATES), oldest, self._count(QUARANTINE)

    def parcels(self) -> tuple[Mapping[Lane, LaneCensus], int]:
        """What waits in each lane, and how many parcels are set aside."""
        return {lane: self._of_lane(lane) for lane in Lane}, self._count(SET_ASIDE)

    def _of_lane(self, lane: Lane) -> LaneCensus:
        waiting = self._count(PARCELS, lane=int(lane))
        if not waiting:
            return LaneCensus()
        oldest = self._conn.execute(OLDEST_PARCELS, {**self._key, "lane": int(lane)})
        since = (row.due_at for row in oldest if row.due_at <= max(row.posted_at, self._now))
        return LaneCensus(waiting, max((self._age(each) for each in since), default=0.0))

    def _count(self, statement: Select[int], **more: int) -> int:
        return self._conn.execute(statement, {**self._key, **more}).scalar_one()

    def _age(self, since: datetime) -> float:
        return max(0.0, (self._now - since).total_seconds())


def taken(store: CensusStore) -> Census:
    """Count all that waits now."""
    waiting, oldest, quarantine = store.updates()
    lanes, set_aside = store.parcels()
    return Census(waiting, oldest, quarantine, set_aside, lanes)
