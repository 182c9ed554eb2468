"""Subscribers and what they want to hear about."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update

from broadcasts.audience.subscriber import ConsentSource, ListedSubscriber, QuietHours, Subscriber
from storage.engine.upsert import add, put
from storage.tables import customers, subscribers, subscriptions

KEY = ("desk", "customer_id")


class SubscriberStore:
    """The subscribers of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def of(self, customer_id: int) -> Subscriber | None:
        """The customer as a subscriber, one who has stopped too."""
        mine = (subscribers.c.desk == self._desk, subscribers.c.customer_id == customer_id)
        row = self._conn.execute(select(subscribers).where(*mine)).one_or_none()
        return None if row is None else _subscriber(row, self._components([customer_id]).get(customer_id))

    def subscribe(
        self, customer_id: int, components: Collection[str], source: ConsentSource, at: datetime
    ) -> None:
        """Set what somebody wants to hear about; a consent that stands keeps its date."""
        before = self.of(customer_id)
        if before is None or before.stopped_at is not None:
            consent = {"consented_at": at, "source": source.value, "stopped_at": None}
            put(self._conn, subscribers, KEY, {"desk": self._desk, "customer_id": customer_id, **consent})
        held = frozenset[str]() if before is None else before.components
        wanted = frozenset(components)
        if gone := held - wanted:
            self._conn.execute(
                delete(subscriptions).where(*self._mine(customer_id), subscriptions.c.component.in_(gone))
            )
        if new := sorted(wanted - held):
            key = {"desk": self._desk, "customer_id": customer_id}
            add(self._conn, subscriptions, [{**key, "component": each, "at": at} for each in new])

    def hush(self, customer_id: int, quiet: QuietHours | None) -> None:
        """Set or take away the quiet hours."""
        begin, end = (None, None) if quiet is None else (quiet.begin, quiet.end)
        self._change(customer_id, quiet_from=begin, quiet_until=end)

    def stop(self, customer_id: int, at: datetime) -> bool:
        """End a consent with all that it covered; who never gave one has refused it."""
        before = self.of(customer_id)
        self._conn.execute(delete(subscriptions).where(*self._mine(customer_id)))
        if before is None:
            key = {"desk": self._desk, "customer_id": customer_id}
            refused = {"consented_at": at, "source": ConsentSource.BOT.value, "stopped_at": at}
            put(self._conn, subscribers, KEY, {**key, **refused})
        else:
            self._change(customer_id, stopped_at=at)
        return before is not None and before.stopped_at is None

    def after(self, customer_id: int, limit: int) -> Sequence[ListedSubscriber]:
        """Those who have not stopped, in the order of our ids from one on."""
        rows = self._conn.execute(
            select(subscribers, customers.c.telegram_id, customers.c.language, customers.c.language_code)
            .join(customers, customers.c.id == subscribers.c.customer_id)
            .where(
                subscribers.c.desk == self._desk,
                subscribers.c.stopped_at.is_(None),
                subscribers.c.customer_id > customer_id,
            )
            .order_by(subscribers.c.customer_id)
            .limit(limit)
        ).all()
        chosen = self._components([row.customer_id for row in rows])
        return [
            ListedSubscriber(
                row.telegram_id,
                row.language or row.language_code,
                _subscriber(row, chosen.get(row.customer_id)),
            )
            for row in rows
        ]

    def _components(self, customer_ids: Sequence[int]) -> dict[int, frozenset[str]]:
        rows = self._conn.execute(
            select(subscriptions.c.customer_id, subscriptions.c.component).where(
                subscriptions.c.desk == self._desk, subscriptions.c.customer_id.in_(customer_ids)
            )
        )
        found: dict[int, set[str]] = {}
        for row in rows:
            found.setdefault(row.customer_id, set()).add(row.component)
        return {each: frozenset(components) for each, components in found.items()}

    def _change(self, customer_id: int, **values: object) -> None:
        mine = (subscribers.c.desk == self._desk, subscribers.c.customer_id == customer_id)
        self._conn.execute(update(subscribers).where(*mine).values(**values))

    def _mine(self, customer_id: int) -> tuple[Any, ...]:
        return (subscriptions.c.desk == self._desk, subscriptions.c.customer_id == customer_id)


def _subscriber(row: Any, components: frozenset[str] | None) -> Subscriber:
    quiet = None if row.quiet_from is None else QuietHours(row.quiet_from, row.quiet_until)
    return Subscriber(
        customer_id=row.customer_id,
        components=components or frozenset(),
        quiet=quiet,
        consented_at=row.consented_at,
        source=ConsentSource(row.source),
        stopped_at=row.stopped_at,
    )
