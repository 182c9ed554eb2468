"""Years of a desk's history, written straight into its tables by the database itself, before a bot starts."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    String,
    case,
    cast,
    func,
    insert,
    literal,
    literal_column,
    null,
    select,
)

from storage.engine.moment import Moment
from storage.tables import metadata

Number = ColumnElement[int]
Values = dict[str, Any]

DAY, HOUR = 86_400_000, 3_600_000
YEARS = 3 * 365 * DAY
ELSEWHERE = 10_000_000
"""Ids of old messages, topics and people begin here, so that none is given again to something new."""
REGULARS = 100
QUESTION = {
    "kind": "text",
    "text": "Где мой заказ? Жду второй день.",
}
REPLY = {"kind": "text", "text": "Курьер будет у вас до восьми вечера."}


@dataclass(frozen=True)
class Past:
    """How much has happened on a desk: every ticket is closed, every update of the last day handled."""

    desk: str
    bot_id: int
    group_id: int
    messages: int = 1_000_000
    tickets: int = 150_000
    customers: int = 20_000
    updates: int = 100_000

    def person(self, number: int) -> int:
        """The Telegram id of an old customer; numbers from 1, the first `REGULARS` with most tickets."""
        return ELSEWHERE + number


def write(conn: Connection, past: Past) -> None:
    """Fill an empty database with our schema. Raises LookupError for a column that is no longer there."""
    indexes = [index for table in metadata.sorted_tables for index in table.indexes]
    for index in indexes:  # built at the end, they take a third of the time
        index.drop(conn)
    if conn.dialect.name == "postgresql":
        _trust_references(conn)
    _write(conn, past)
    for index in indexes:
        index.create(conn)


def _write(conn: Connection, past: Past) -> None:
    desk, now = literal(past.desk), int(time.time() * 1000) - HOUR
    for name, count, values in (
        ("customers", past.customers, lambda n: _customer(n, now)),
        ("topics", past.customers, lambda n: _topic(n, past)),
        ("tickets", past.tickets, lambda n: _ticket(n, past, now)),
        ("counters", 1, lambda _: {"name": literal("tickets"), "value": _whole(past.tickets)}),
        ("placements", past.tickets, lambda n: _placement(n, past)),
        ("messages", past.messages, lambda n: _message(n, past, now)),
        ("pairs", 2 * past.messages, lambda n: _pair(n, past)),
        ("questions", past.tickets, lambda n: _question(n, past, now)),
        ("surveys", past.tickets, lambda n: _survey(n, past, now)),
        ("inbox", past.updates, lambda n: _update(n, past, now)),
    ):
        _plant(conn, name, count, lambda n, values=values: {"desk": desk, **values(n)})
    if conn.dialect.name == "postgresql":
        _go_on_numbering(conn)


def _customer(n: Number, now: int) -> Values:
    named = literal("Person ") + cast(n, String)
    return {"id": n, "telegram_id": n + ELSEWHERE, "first_name": named, "created_at": _whole(now - YEARS)}


def _topic(n: Number, past: Past) -> Values:
    """The one that each customer has."""
    titled = literal("✅ Person ") + cast(n, String)
    where = {"chat_id": _whole(past.group_id), "thread_id": n + ELSEWHERE, "title": titled}
    return {"customer_id": n, **where, "current": literal(True)}


def _placement(n: Number, past: Past) -> Values:
    """The ticket's card."""
    where = {"chat_id": _whole(past.group_id), "message_id": n + ELSEWHERE}
    return {"subject": literal("card:") + cast(n, String), **where}


def _ticket(n: Number, past: Past, now: int) -> Values:
    opened = _at(n, past.tickets, now)
    return {
        "id": n,
        "number": n,
        "customer_id": _owner(n, past),
        "operator_id": _whole(1001),
        "operator_name": literal("Operator"),
        "opened_at": opened,
        "first_reply_at": opened + 60_000,
        "closed_at": opened + 120_000,
    }


def _message(n: Number, past: Past, now: int) -> Values:
    ticket = _share(n, past.messages, past.tickets)
    asks = n % 2 == 1
    return {
        "id": n,
        "customer_id": _owner(ticket, past),
        "ticket_id": ticket,
        "author": case((asks, literal("customer")), else_=literal("operator")),
        "operator_id": case((asks, null()), else_=_whole(1001)),
        "content": case((asks, literal(QUESTION, JSON)), else_=literal(REPLY, JSON)),
        "at": _at(n, past.messages, now),
    }


def _pair(n: Number, past: Past) -> Values:
    """Two a message: where it was written, and its copy on the other side."""
    message = _share(n, 2 * past.messages, past.messages)
    customer = _owner(_share(message, past.messages, past.tickets), past)
    return {
        "chat_id": case((n % 2 == 1, customer + ELSEWHERE), else_=_whole(past.group_id)),
        "telegram_id": message + ELSEWHERE,
        "message_id": message,
        "original": (n + message) % 2 == 0,
    }


def _question(n: Number, past: Past, now: int) -> Values:
    first = _share(n, past.tickets, past.messages)
    return {
        "customer_id": _owner(n, past),
        "message_id": first,
        "text": literal("где мой заказ номер ") + cast(n, String),
        "zone": literal("person"),
        "offered": literal(["refund"], JSON),
        "outcome": literal("escalated"),
        "asked_at": _at(n, past.tickets, now),
    }


def _survey(n: Number, past: Past, now: int) -> Values:
    asked = _at(n, past.tickets, now) + 180_000
    return {
        "ticket_id": n,
        "customer_id": _owner(n, past),
        "asked_at": asked,
        "rating": n % 5 + 1,
        "rated_at": asked + 60_000,
        "comment": literal(""),
        "commented_at": asked + 90_000,
    }


def _update(n: Number, past: Past, now: int) -> Values:
    at = _whole(now) - n * (20 * HOUR // past.updates)
    return {
        "bot_id": _whole(past.bot_id),
        "update_id": n,
        "stream": cast(n % past.customers + ELSEWHERE, String),
        "state": literal_column("1"),
        "body": literal(""),
        "received_at": at,
        "done_at": at,
    }


def _owner(ticket: Number, past: Past) -> Number:
    """Every fifth ticket is a regular's, the others are spread over everybody else."""
    others = REGULARS + 1 + (ticket - ticket // 5) * 7919 % (past.customers - REGULARS)
    return case((ticket % 5 == 0, (ticket // 5) % REGULARS + 1), else_=others)


def _share(n: Number, many: int, few: int) -> Number:
    """Which of the few the n-th of the many belongs to, in their order; from 1."""
    return (n - 1) * _whole(few) // _whole(many) + 1


def _at(n: Number, count: int, now: int) -> Number:
    return _whole(now) - (count - n) * (YEARS // count)


def _whole(value: int) -> Number:
    """A number that PostgreSQL does not take for a small one."""
    return cast(literal_column(str(value)), BigInteger)


def _plant(conn: Connection, name: str, count: int, make: Callable[[Number], Mapping[str, Any]]) -> None:
    """Fill a table with `count` rows; what must not be null and was not named gets something of its type."""
    table, numbers = metadata.tables[name], _series(count)
    values = dict(make(numbers.c.n))
    if gone := sorted(values.keys() - table.c.keys()):
        raise LookupError(f"{name} has no {', '.join(gone)} any more: tests/benches/history.py must follow")
    for column in table.c:
        if _needed(column):
            values.setdefault(column.name, _something(column))
    conn.execute(insert(table).from_select(list(values), select(*values.values()).select_from(numbers)))


def _series(count: int) -> Any:
    """The numbers from 1 to `count`, made by the database."""
    numbers = select(_whole(1).label("n")).cte("series", recursive=True)
    return numbers.union_all(select((numbers.c.n + 1).label("n")).where(numbers.c.n < count))


def _needed(column: Column[Any]) -> bool:
    given = column.server_default is not None or column.default is not None
    return not (column.nullable or given or column is column.table.autoincrement_column)


def _something(column: Column[Any]) -> ColumnElement[Any]:
    match column.type:
        case Moment():
            return _whole(int(time.time() * 1000))
        case JSON():
            return literal({}, JSON)
        case String():
            return literal("")
        case Boolean():
            return literal(False)
        case _:
            return _whole(0)


def _trust_references(conn: Connection) -> None:
    """Let PostgreSQL not look up every reference while this transaction lasts, where we may ask for it."""
    if conn.execute(select(func.current_setting("is_superuser"))).scalar_one() == "on":
        conn.execute(select(func.set_config("session_replication_role", "replica", True)))


def _go_on_numbering(conn: Connection) -> None:
    """PostgreSQL does not see by itself that numbers were given out."""
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None:
            last = select(func.max(column)).scalar_subquery()
            sequence = func.pg_get_serial_sequence(table.name, column.name)
            conn.execute(select(func.setval(sequence, func.coalesce(last, 1), last.is_not(None))))
