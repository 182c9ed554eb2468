"""Deliveries of notices to people."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from broadcasts.deliveries.broadcast import Broadcast, Delivery, DeliveryState
from storage.tables import broadcasts, deliveries

HAD = (DeliveryState.SENT, DeliveryState.UNCERTAIN)
"""Whoever is told of the incident further on: what they got, or may have got."""

OF_DESK = deliveries.c.desk == bindparam("desk")
OF_BROADCAST = (
    deliveries.c.desk == bindparam("desk"),
    deliveries.c.broadcast_id == bindparam("broadcast_id"),
)
AMONG = (
    select(deliveries)
    .where(*OF_BROADCAST, deliveries.c.state == bindparam("state"), deliveries.c.id > bindparam("after"))
    .order_by(deliveries.c.id)
    .limit(bindparam("limit"))
)
THERE = select(deliveries.c.customer_id).where(
    *OF_BROADCAST, deliveries.c.customer_id.in_(bindparam("customers", expanding=True))
)
OF_INCIDENT = (OF_DESK, deliveries.c.incident_id == bindparam("incident_id"))
TOLD = (
    select(deliveries.c.customer_id)
    .distinct()
    .where(*OF_INCIDENT, deliveries.c.state.in_(HAD), deliveries.c.customer_id > bindparam("after"))
    .order_by(deliveries.c.customer_id)
    .limit(bindparam("limit"))
)
LAST = (
    select(deliveries.c.customer_id, deliveries.c.message_id)
    .where(
        *OF_INCIDENT,
        deliveries.c.customer_id.in_(bindparam("customers", expanding=True)),
        deliveries.c.state == int(DeliveryState.SENT),
        deliveries.c.message_id.is_not(None),
    )
    .order_by(deliveries.c.id)
)
POSTED_TO = (
    select(deliveries)
    .where(
        OF_DESK,
        deliveries.c.customer_id == bindparam("customer_id"),
        deliveries.c.state == int(DeliveryState.POSTED),
    )
    .order_by(deliveries.c.id)
)
TELLING = select(broadcasts.c.id).where(
    broadcasts.c.desk == bindparam("desk"),
    broadcasts.c.incident_id == bindparam("incident_id"),
    broadcasts.c.number == bindparam("number"),
)
REACHED = select(deliveries.c.customer_id).where(
    OF_DESK,
    deliveries.c.broadcast_id.in_(bindparam("broadcasts", expanding=True)),
    deliveries.c.customer_id.in_(bindparam("customers", expanding=True)),
    deliveries.c.state.in_(bindparam("states", expanding=True)),
)
SETTLE = update(deliveries).where(
    deliveries.c.desk == bindparam("b_desk"), deliveries.c.id == bindparam("b_id")
)


def _delivery(row: Any) -> Delivery:
    return Delivery(
        id=row.id,
        broadcast_id=row.broadcast_id,
        customer_id=row.customer_id,
        state=DeliveryState(row.state),
        message_id=row.message_id,
    )


class DeliveryStore:
    """The deliveries of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str, now: datetime) -> None:
        self._conn, self._desk, self._now = conn, desk, now

    def add(self, broadcast: Broadcast, customers: Sequence[int]) -> int:
        """Insert deliveries for those who have none yet; how many those are."""
        key = {"desk": self._desk, "broadcast_id": broadcast.id, "customers": list(customers)}
        there = frozenset(self._conn.execute(THERE, key).scalars()) if customers else frozenset()
        fresh = [each for each in dict.fromkeys(customers) if each not in there]
        common = {
            "desk": self._desk,
            "broadcast_id": broadcast.id,
            "incident_id": broadcast.incident_id,
            "state": int(DeliveryState.WAITING),
            "at": self._now,
        }
        if fresh:
            self._conn.execute(insert(deliveries), [{**common, "customer_id": each} for each in fresh])
        return len(fresh)

    def among(
        self, broadcast_id: int, state: DeliveryState, limit: int, after: int = 0
    ) -> Sequence[Delivery]:
        """Those of a broadcast in this state, in order."""
        key = {"desk": self._desk, "broadcast_id": broadcast_id, "state": int(state)}
        rows = self._conn.execute(AMONG, {**key, "limit": limit, "after": after})
        return [_delivery(row) for row in rows]

    def settle(
        self, ids: Collection[int], state: DeliveryState, at: datetime, message_id: int | None = None
    ) -> None:
        """Set the state of deliveries."""
        values = {"state": int(state), "at": at, "message_id": message_id}
        if ids:
            keys = [{"b_desk": self._desk, "b_id": each} for each in ids]
            self._conn.execute(SETTLE.values(**values), keys)

    def told(self, incident_id: int, after: int, limit: int) -> Sequence[int]:
        """The next customers with higher ids who were told of an incident, or may have been."""
        key = {"desk": self._desk, "incident_id": incident_id, "after": after, "limit": limit}
        return self._conn.execute(TOLD, key).scalars().all()

    def last_messages(self, incident_id: int, customers: Collection[int]) -> Mapping[int, int]:
        """The newest message about an incident that each of these customers has."""
        key = {"desk": self._desk, "incident_id": incident_id, "customers": list(customers)}
        rows = self._conn.execute(LAST, key) if customers else ()
        return {row.customer_id: row.message_id for row in rows}

    def reached(
        self, incident_id: int, number: int, customers: Collection[int], *, posted: bool
    ) -> frozenset[int]:
        """Which of these customers a notice has reached, or may have; or will, as it is `posted`."""
        key = {"desk": self._desk, "incident_id": incident_id, "number": number}
        telling = self._conn.execute(TELLING, key).scalars().all()
        states = [int(state) for state in ((*HAD, DeliveryState.POSTED) if posted else HAD)]
        those = {"broadcasts": telling, "customers": list(customers), "states": states}
        found = self._conn.execute(REACHED, {"desk": self._desk, **those}).scalars() if telling else ()
        return frozenset(found)

    def posted_to(self, customer_id: int) -> Sequence[Delivery]:
        """What lies in the outbox for a customer."""
        rows = self._conn.execute(POSTED_TO, {"desk": self._desk, "customer_id": customer_id})
        return [_delivery(row) for row in rows]
