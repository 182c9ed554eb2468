"""The history that growth is measured on fits the tables of today, on either database."""

from datetime import UTC, datetime

from sqlalchemy import Connection, func, insert, select

from storage.counters import count
from storage.engine.engines import open_engine
from storage.engine.ledger import Ledger
from storage.engine.schema import ensure
from storage.tables import customers, messages, metadata, tickets
from tests.benches.history import REGULARS, Past, write

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
PAST = Past("main", bot_id=7, group_id=-100, messages=6_000, tickets=2_000, customers=300, updates=50)


def counts(conn: Connection) -> dict[str, int]:
    found = {
        name: conn.execute(select(func.count()).select_from(table)).scalar_one()
        for name, table in metadata.tables.items()
    }
    return {name: rows for name, rows in found.items() if rows}


def strangers(conn: Connection) -> int:
    """Messages in somebody else's ticket."""
    told = select(func.count()).select_from(messages.join(tickets, tickets.c.id == messages.c.ticket_id))
    return conn.execute(told.where(tickets.c.customer_id != messages.c.customer_id)).scalar_one()


def had_by(conn: Connection, customer_id: int) -> int:
    mine = tickets.c.customer_id == customer_id
    return conn.execute(select(func.count()).select_from(tickets).where(mine)).scalar_one()


def next_id(conn: Connection) -> int:
    newcomer = {"desk": "main", "telegram_id": 1, "first_name": "Новый", "created_at": NOON}
    return conn.execute(insert(customers).returning(customers.c.id), newcomer).scalar_one()


async def test_a_history_is_whole_and_ids_go_on_after_it(database_url: str) -> None:
    ledger = Ledger(await open_engine(database_url))
    try:
        await ensure(ledger)
        await ledger.run_alone(lambda conn: write(conn, PAST))
        assert await ledger.run(counts) == {
            "customers": 300,
            "topics": 300,
            "tickets": 2_000,
            "counters": 1,
            "messages": 6_000,
            "pairs": 12_000,
            "questions": 2_000,
            "surveys": 2_000,
            "placements": 2_000,
            "inbox": 50,
        }
        assert await ledger.run(strangers) == 0
        assert await ledger.run(lambda conn: had_by(conn, 1)) == 2_000 / 5 / REGULARS
        assert await ledger.run(lambda conn: had_by(conn, REGULARS + 1)) == 8
        assert await ledger.run(next_id) == 301
        assert await ledger.run(lambda conn: count(conn, "main", "tickets")) == 2_001
    finally:
        await ledger.close()
