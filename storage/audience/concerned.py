"""Whom an incident concerns, read in portions by an index and counted."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, Table, exists, func, or_, select, union

from broadcasts.audience.subscriber import QuietHours
from broadcasts.deliveries.concerned import Span
from storage.customers import BANNED
from storage.tables import bans, customers, incident_followers, subscribers, subscriptions
from storage.tables.columns import also_of

WISHED_AT = {"subscriptions": "at", "subscribers": "consented_at", "incident_followers": "at"}
"""Since when somebody is concerned, by the table that says so."""
BLOCKED = customers.alias("blocked")


class ConcernedStore:
    """Those whom incidents of one desk concern, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def concerned(
        self, incident_id: int | None, components: Sequence[str], after: int, limit: int, *, not_within: Span
    ) -> Sequence[int]:
        """The next ones by our own id who began to wish it at another time; fewer than `limit`: the last."""
        found: list[int] = []
        while len(found) < limit:
            ids = self._next(incident_id, components, after, limit, not_within)
            found += self._reached(ids)
            if len(ids) < limit:
                break
            after = ids[-1]
        return found[:limit]

    def how_many(self, incident_id: int | None, components: Sequence[str]) -> tuple[int, int]:
        """How many there are in all, and how many more have blocked the bot."""
        ids = union(*(way for _, way in self._ways(incident_id, components))).subquery("ids")
        blocked = exists().where(
            BLOCKED.c.desk == self._desk, BLOCKED.c.id == ids.c.customer_id, BLOCKED.c.blocked_at.is_not(None)
        )
        banned = exists().where(
            bans.c.desk == self._desk, bans.c.customer_id == ids.c.customer_id, bans.c.lifted_at.is_(None)
        )
        counted = select(func.count(), func.count().filter(blocked)).select_from(ids).where(~banned)
        everybody, away = self._conn.execute(counted).one()
        return everybody - away, away

    def unwilling(self, customers: Collection[int]) -> frozenset[int]:
        """Which of these have said that they want no notices, and have not asked for any since."""
        asked_since = exists().where(
            incident_followers.c.desk == self._desk,
            incident_followers.c.customer_id == subscribers.c.customer_id,
            incident_followers.c.at > subscribers.c.stopped_at,
        )
        stopped = self._these(customers).where(subscribers.c.stopped_at.is_not(None), ~asked_since)
        return frozenset(row.customer_id for row in self._conn.execute(stopped))

    def quiet_hours(self, customers: Collection[int]) -> Mapping[int, QuietHours]:
        """The quiet hours of those of these who have any."""
        rows = self._conn.execute(self._these(customers).where(subscribers.c.quiet_from.is_not(None)))
        return {row.customer_id: QuietHours(row.quiet_from, row.quiet_until) for row in rows}

    def _these(self, customers: Collection[int]) -> Select[Any]:
        return select(subscribers).where(
            subscribers.c.desk == self._desk, subscribers.c.customer_id.in_(customers)
        )

    def _next(
        self, incident_id: int | None, components: Sequence[str], after: int, limit: int, not_within: Span
    ) -> Sequence[int]:
        """Our ids of the next ones; each way of being concerned gives no more than are wanted."""
        found: set[int] = set()
        for of, way in self._ways(incident_id, components):
            at, (begins, ends) = of.c[WISHED_AT[of.name]], not_within
            onwards = (
                way.where(of.c.customer_id > after, or_(at <= begins, at > ends))
                .order_by(of.c.customer_id)
                .limit(limit)
            )
            found.update(row.customer_id for row in self._conn.execute(onwards))
        return sorted(found)[:limit]

    def _reached(self, ids: Sequence[int]) -> Sequence[int]:
        """Those who let the bot write and are not banned."""
        reached = (
            select(customers.c.id)
            .where(
                also_of(customers, self._desk),
                customers.c.id.in_(ids),
                customers.c.blocked_at.is_(None),
                ~BANNED,
            )
            .order_by(customers.c.id)
        )
        return [row.id for row in self._conn.execute(reached)]

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
