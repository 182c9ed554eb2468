"""The tickets of one desk."""

from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from desk.people import Operator
from storage.counters import count
from storage.tables import customers, tickets
from tickets.ticket import Ticket

OPEN = select(tickets).where(
    tickets.c.desk == bindparam("desk"),
    tickets.c.customer_id == bindparam("customer_id"),
    tickets.c.closed_at.is_(None),
)
OPEN_FOR = (
    select(tickets.c.id)
    .join(customers, customers.c.id == tickets.c.customer_id)
    .where(
        customers.c.desk == bindparam("desk"),
        customers.c.telegram_id == bindparam("telegram_id"),
        tickets.c.desk == customers.c.desk,
        tickets.c.closed_at.is_(None),
    )
)
LAST = (
    select(tickets)
    .where(tickets.c.desk == bindparam("desk"), tickets.c.customer_id == bindparam("customer_id"))
    .order_by(tickets.c.closed_at.is_(None).desc(), tickets.c.id.desc())
    .limit(1)
)
BY_ID = select(tickets).where(tickets.c.desk == bindparam("desk"), tickets.c.id == bindparam("id"))
FIRST_REPLIES = (
    select(tickets.c.opened_at, tickets.c.first_reply_at)
    .where(tickets.c.desk == bindparam("desk"), tickets.c.first_reply_at >= bindparam("since"))
    .order_by(tickets.c.first_reply_at.desc())
    .limit(200)
)


def _ticket(row: Row[tuple[object, ...]] | None) -> Ticket | None:
    if row is None:
        return None
    return Ticket(
        id=row.id,
        number=row.number,
        customer_id=row.customer_id,
        operator_id=row.operator_id,
        operator_name=row.operator_name,
        complaint=row.complaint,
        urgent=row.urgent,
        payload=row.payload,
        opened_at=row.opened_at,
        first_reply_at=row.first_reply_at,
        closed_at=row.closed_at,
    )


class TicketStore:
    """The tickets of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def open_of(self, customer_id: int) -> Ticket | None:
        """The customer's open ticket."""
        key = {"desk": self._desk, "customer_id": customer_id}
        return _ticket(self._conn.execute(OPEN, key).one_or_none())

    def is_open_for(self, telegram_id: int) -> bool:
        """Whether this person has an open ticket."""
        key = {"desk": self._desk, "telegram_id": telegram_id}
        return self._conn.execute(OPEN_FOR, key).one_or_none() is not None

    def last_of(self, customer_id: int) -> Ticket | None:
        """The customer's open ticket, else the newest: an older one may have been opened again."""
        key = {"desk": self._desk, "customer_id": customer_id}
        return _ticket(self._conn.execute(LAST, key).one_or_none())

    def get(self, ticket_id: int) -> Ticket | None:
        """By our own id."""
        return _ticket(self._conn.execute(BY_ID, {"desk": self._desk, "id": ticket_id}).one_or_none())

    def open(self, customer_id: int, *, at: datetime, payload: str | None, complaint: bool) -> Ticket:
        """Insert a ticket with the desk's next number; the unique index allows one open a customer."""
        number = count(self._conn, self._desk, "tickets")
        values = {
            "desk": self._desk,
            "number": number,
            "customer_id": customer_id,
            "complaint": complaint,
            "payload": payload,
            "opened_at": at,
        }
        self._conn.execute(insert(tickets), values)
        opened = self.open_of(customer_id)
        if opened is None:
            raise LookupError(f"ticket {number} was not kept")
        return opened

    def take(self, ticket_id: int, operator: Operator) -> None:
        """Set whose it is."""
        self._change(ticket_id, operator_id=operator.telegram_id, operator_name=operator.name)

    def first_reply(self, ticket_id: int, at: datetime) -> None:
        """Set when an operator answered for the first time."""
        self._change(ticket_id, first_reply_at=at)

    def complain(self, ticket_id: int) -> None:
        """Mark it as a complaint."""
        self._change(ticket_id, complaint=True)

    def hurry(self, ticket_id: int) -> None:
        """Mark it as one that goes first, until it is closed."""
        self._change(ticket_id, urgent=True)

    def came_by(self, ticket_id: int, payload: str) -> None:
        """Set the deep link it belongs to."""
        self._change(ticket_id, payload=payload)

    def close(self, ticket_id: int, at: datetime) -> None:
        """Set when it was closed."""
        self._change(ticket_id, closed_at=at, urgent=False)

    def reopen(self, ticket_id: int) -> None:
        """Take the closing back; the unique index allows one open a customer."""
        self._change(ticket_id, closed_at=None)

    def count_of(self, customer_id: int) -> int:
        """How many tickets the customer has had."""
        mine = (tickets.c.desk == self._desk, tickets.c.customer_id == customer_id)
        return self._conn.execute(select(func.count()).select_from(tickets).where(*mine)).scalar_one()

    def waits(self, since: datetime) -> list[float]:
        """Seconds from opening to the first reply, newest first, at most 200."""
        rows = self._conn.execute(FIRST_REPLIES, {"desk": self._desk, "since": since})
        return [(row.first_reply_at - row.opened_at).total_seconds() for row in rows]

    def _change(self, ticket_id: int, **values: object) -> None:
        mine = (tickets.c.desk == self._desk, tickets.c.id == ticket_id)
        self._conn.execute(update(tickets).where(*mine).values(**values))
