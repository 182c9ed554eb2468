"""Whom an incident concerns, read in portions by an index and counted."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, exists, func, select, union

from broadcasts.audience.concerned import Concerned
from storage.audience.subscribers import hours
from storage.customers import BANNED, IN_THREAD, read_customer
from storage.tables import bans, customers, incident_followers, placements, subscribers, subscriptions
from storage.tables.columns import also_of

BLOCKED = customers.alias("blocked")
_REACHED = (customers.c.blocked_at.is_(None), ~BANNED)


class ConcernedStore:
    """Those whom incidents of one desk concern, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def concerned(
        self, incident_id: int | None, components: Sequence[str], after_customer_id: int, limit: int
    ) -> Sequence[Concerned]:
        """The next ones by our own id; whoever cannot be reached is passed over."""
        while ids := self._next(incident_id, components, after_customer_id, limit):
            if reached := self._named(incident_id, ids):
                return reached
            after_customer_id = ids[-1]
        return ()

    def _next(
        self, incident_id: int | None, components: Sequence[str], after: int, limit: int
    ) -> Sequence[int]:
        """Our ids of the next ones; each way of being concerned gives no more than are wanted."""
        found: set[int] = set()
        for of, way in self._ways(incident_id, components):
            onwards = way.where(of.c.customer_id > after).order_by(of.c.customer_id).limit(limit)
            found.update(row.customer_id for row in self._conn.execute(onwards))
        return sorted(found)[:limit]

    def _named(self, incident_id: int | None, ids: Sequence[int]) -> Sequence[Concerned]:
        chosen = {row.customer_id: row for row in self._conn.execute(_these(subscribers, self._desk, ids))}
        follow = _these(incident_followers, self._desk, ids).where(
            incident_followers.c.incident_id == incident_id
        )
        following = {row.customer_id for row in self._conn.execute(follow)}
        rows = self._conn.execute(
            select(customers, placements.c.message_id.label("thread_id"))
            .outerjoin(placements, IN_THREAD)
            .where(also_of(customers, self._desk), customers.c.id.in_(ids), *_REACHED)
            .order_by(customers.c.id)
        )
        return [
            Concerned(
                customer=read_customer(row, banned=False, thread_id=row.thread_id),
                hours=hours(chosen[row.id]) if row.id in chosen else None,
                subscribed=row.id in chosen and chosen[row.id].stopped_at is None,
                follows=row.id in following,
            )
            for row in rows
        ]

    def how_many(self, incident_id: int | None, components: Sequence[str]) -> int:
        """How many there are in all."""
        ids = union(*(way for _, way in self._ways(incident_id, components))).subquery("ids")
        counted = select(func.count()).select_from(ids).where(*self._reachable(ids.c.customer_id))
        return self._conn.execute(counted).scalar_one()

    def _ways(
        self, incident_id: int | None, components: Sequence[str]
    ) -> Iterator[tuple[Table, Select[tuple[int]]]]:
        """The ways in which somebody is concerned, each by an index."""
        if components:
            for component in dict.fromkeys(("", *components)):
                yield (
                    subscriptions,
                    select(subscriptions.c.customer_id).where(
                        subscriptions.c.desk == self._desk, subscriptions.c.component == component
                    ),
                )
        else:
            yield (
                subscribers,
                select(subscribers.c.customer_id).where(
                    subscribers.c.desk == self._desk, subscribers.c.stopped_at.is_(None)
                ),
            )
        if incident_id is not None:
            yield (
                incident_followers,
                select(incident_followers.c.customer_id).where(
                    incident_followers.c.desk == self._desk, incident_followers.c.incident_id == incident_id
                ),
            )

    def _reachable(self, customer_id: ColumnElement[int]) -> tuple[Any, ...]:
        """They let the bot write and are not banned; both are asked of small indexes."""
        blocked = exists().where(
            BLOCKED.c.desk == self._desk, BLOCKED.c.id == customer_id, BLOCKED.c.blocked_at.is_not(None)
        )
        banned = exists().where(
            bans.c.desk == self._desk, bans.c.customer_id == customer_id, bans.c.lifted_at.is_(None)
        )
        return ~blocked, ~banned


def _these(table: Table, desk: str, ids: Sequence[int]) -> Select[Any]:
    return select(table).where(table.c.desk == desk, table.c.customer_id.in_(ids))
