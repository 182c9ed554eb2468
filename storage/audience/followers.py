"""People whom one incident concerns: those who follow it, and those who asked about it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, or_, select, update

from broadcasts.audience.follower import Asker, AskersFigures, Follower, FollowersFigures, Why
from storage.engine.upsert import add
from storage.tables import incident_askers, incident_followers, incidents


def forgotten(conn: Connection, desk: str, incident_id: int, *names: str) -> Sequence[int]:
    """How many of an incident's people are not known any more, by these names of their counts."""
    mine = (incidents.c.desk == desk, incidents.c.id == incident_id)
    row = conn.execute(select(*(incidents.c[name] for name in names)).where(*mine)).one_or_none()
    return (0,) * len(names) if row is None else tuple(row)


class FollowerStore:
    """The followers of incidents of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def follow(self, incident_id: int, customer_id: int, why: Why, at: datetime) -> bool:
        """Insert one; False if they follow it already."""
        key = {"desk": self._desk, "incident_id": incident_id, "customer_id": customer_id}
        return add(self._conn, incident_followers, {**key, "why": why.value, "at": at}) > 0

    def of(self, incident_id: int, customer_id: int) -> Follower | None:
        """Somebody as a follower of an incident."""
        mine = self._this(incident_id, customer_id)
        row = self._conn.execute(select(incident_followers).where(*mine)).one_or_none()
        return (
            None
            if row is None
            else Follower(
                incident_id=row.incident_id, customer_id=row.customer_id, why=Why(row.why), works=row.works
            )
        )

    def answered(self, incident_id: int, customer_id: int, at: datetime, *, works: bool) -> bool:
        """Note what they said after the end, once."""
        noted = update(incident_followers).where(
            *self._this(incident_id, customer_id), incident_followers.c.works.is_(None)
        )
        return self._conn.execute(noted.values(works=works, answered_at=at)).rowcount > 0

    def leave(self, customer_id: int) -> bool:
        """Let somebody follow no live incident any more; False if they followed none."""
        live = select(incidents.c.id).where(incidents.c.desk == self._desk, incidents.c.state == "live")
        mine = (
            incident_followers.c.desk == self._desk,
            incident_followers.c.customer_id == customer_id,
            incident_followers.c.incident_id.in_(live),
        )
        return self._conn.execute(delete(incident_followers).where(*mine)).rowcount > 0

    def counts(self, incident_id: int) -> FollowersFigures:
        """How many follow an incident, and what they said after its end."""
        works = incident_followers.c.works
        counted = select(
            func.count(), func.count().filter(works.is_(True)), func.count().filter(works.is_(False))
        ).where(incident_followers.c.desk == self._desk, incident_followers.c.incident_id == incident_id)
        there = self._conn.execute(counted).one()
        gone = forgotten(self._conn, self._desk, incident_id, "followed", "works", "broken")
        return FollowersFigures(*(each + other for each, other in zip(there, gone, strict=True)))

    def _this(self, incident_id: int, customer_id: int) -> tuple[Any, ...]:
        return (
            incident_followers.c.desk == self._desk,
            incident_followers.c.incident_id == incident_id,
            incident_followers.c.customer_id == customer_id,
        )


class AskerStore:
    """Those who asked about incidents of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def add(self, incident_id: int, customer_id: int, message_id: int, at: datetime) -> bool:
        """Insert one; False if they were told about this incident before."""
        key = {"desk": self._desk, "incident_id": incident_id, "customer_id": customer_id}
        return add(self._conn, incident_askers, {**key, "message_id": message_id, "at": at}) > 0

    def of(self, incident_id: int, customer_id: int) -> Asker | None:
        """Somebody as an asker about an incident."""
        mine = self._this(incident_id, customer_id)
        row = self._conn.execute(select(incident_askers).where(*mine)).one_or_none()
        return (
            None
            if row is None
            else Asker(
                incident_id=row.incident_id,
                customer_id=row.customer_id,
                message_id=row.message_id,
                outcome=row.outcome,
            )
        )

    def pressed(self, incident_id: int, customer_id: int, outcome: str) -> bool:
        """Note what they pressed."""
        before = incident_askers.c.outcome
        noted = update(incident_askers).where(
            *self._this(incident_id, customer_id), or_(before.is_(None), before != outcome)
        )
        return self._conn.execute(noted.values(outcome=outcome)).rowcount > 0

    def counts(self, incident_id: int) -> AskersFigures:
        """How many asked, and how many of them needed no ticket."""
        same = func.count().filter(incident_askers.c.outcome == "same")
        mine = (incident_askers.c.desk == self._desk, incident_askers.c.incident_id == incident_id)
        there = self._conn.execute(select(func.count(), same).where(*mine)).one()
        gone = forgotten(self._conn, self._desk, incident_id, "asked", "asked_same")
        return AskersFigures(*(each + other for each, other in zip(there, gone, strict=True)))

    def _this(self, incident_id: int, customer_id: int) -> tuple[Any, ...]:
        return (
            incident_askers.c.desk == self._desk,
            incident_askers.c.incident_id == incident_id,
            incident_askers.c.customer_id == customer_id,
        )
