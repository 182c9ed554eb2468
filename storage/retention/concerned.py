"""Forgets whom incidents that are long over concerned; how many they were stays with the incident."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, bindparam, delete, exists, select, update

from storage.tables import incident_askers, incident_followers, incidents
from storage.tables.columns import also_of

NAMES = ("asked", "asked_same", "followed", "works", "broken")
COUNT = (
    update(incidents)
    .where(incidents.c.desk == bindparam("b_desk"), incidents.c.id == bindparam("b_id"))
    .values({name: incidents.c[name] + bindparam(f"b_{name}") for name in NAMES})
)


def _old(table: Table) -> Any:
    live = exists().where(incidents.c.id == table.c.incident_id, incidents.c.state == "live")
    return (
        select(table)
        .where(
            table.c.desk == bindparam("desk"),
            table.c.at >= bindparam("after"),
            table.c.at < bindparam("before"),
            ~live,
        )
        .order_by(table.c.at, table.c.incident_id, table.c.customer_id)
        .limit(bindparam("most"))
    )


def _dropping(table: Table) -> Any:
    return delete(table).where(
        table.c.desk == bindparam("b_desk"),
        table.c.incident_id == bindparam("b_incident_id"),
        table.c.customer_id == bindparam("b_customer_id"),
    )


OLD_FOLLOWERS, OLD_ASKERS = _old(incident_followers), _old(incident_askers)
DROP_FOLLOWER, DROP_ASKER = _dropping(incident_followers), _dropping(incident_askers)


class ConcernedSweep:
    """Forgets the followers and askers of one desk, a bite at a time, on one transaction."""

    def __init__(self, conn: Connection, desk: str, bite: int) -> None:
        self._conn, self._desk, self._bite = conn, desk, bite

    def followers(self, before: datetime, after: datetime) -> datetime | None:
        """Forget who followed; how many, and for how many it worked, stays."""
        return self._forget(OLD_FOLLOWERS, DROP_FOLLOWER, _followed, before, after)

    def askers(self, before: datetime, after: datetime) -> datetime | None:
        """Forget who asked; how many, and how many needed no ticket, stays."""
        return self._forget(OLD_ASKERS, DROP_ASKER, _asked, before, after)

    def _forget(
        self,
        old: Any,
        drop: Any,
        names: Callable[[Row[Any]], Sequence[str]],
        before: datetime,
        after: datetime,
    ) -> datetime | None:
        key = {"desk": self._desk, "before": before, "after": after, "most": self._bite}
        found = self._conn.execute(old, key).all()
        over = self._long_over({row.incident_id for row in found}, before)
        rows = [row for row in found if row.incident_id in over]
        if rows:
            self._drop(rows, drop, names)
        end: datetime | None = found[-1].at if len(found) == self._bite else None
        return end if rows or end != after else None

    def _drop(self, rows: Sequence[Row[Any]], drop: Any, names: Callable[[Row[Any]], Sequence[str]]) -> None:
        counts = defaultdict[int, Counter[str]](Counter)
        for row in rows:
            counts[row.incident_id].update(names(row))
        self._conn.execute(COUNT, [self._counted(*each) for each in counts.items()])
        mine = [
            {"b_desk": self._desk, "b_incident_id": row.incident_id, "b_customer_id": row.customer_id}
            for row in rows
        ]
        self._conn.execute(drop, mine)

    def _long_over(self, incident_ids: Collection[int], before: datetime) -> frozenset[int]:
        """Those that ended before: of one that took months, people are known for as long after its end."""
        if not incident_ids:
            return frozenset()
        these = (also_of(incidents, self._desk), incidents.c.id.in_(sorted(incident_ids)))
        rows = self._conn.execute(select(incidents.c.id, incidents.c.ended_at).where(*these))
        return frozenset(row.id for row in rows if row.ended_at is not None and row.ended_at < before)

    def _counted(self, incident_id: int, counts: Mapping[str, int]) -> dict[str, object]:
        return {"b_desk": self._desk, "b_id": incident_id} | {f"b_{name}": counts[name] for name in NAMES}


def _followed(row: Row[Any]) -> Sequence[str]:
    said = {None: (), True: ("works",), False: ("broken",)}
    return ("followed", *said[row.works])


def _asked(row: Row[Any]) -> Sequence[str]:
    return ("asked", "asked_same") if row.outcome == "same" else ("asked",)
