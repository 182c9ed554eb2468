"""From one release's schema to the next and back, with everything that people have written."""

from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table, select, text

from storage.engine.ledger import Ledger
from storage.engine.schema import move

HOSTILE = "<b>Анна</b> 👩‍👩‍👧 '); DROP TABLE customers; --"
LARGE = 2**52 + 1
NEW = "faq_"
NEW_OF_QUESTIONS = {"replied": None, "language": "", "confidence": None}

Rows = dict[str, list[dict[str, Any]]]


def tables(conn: Connection) -> list[Table]:
    """The tables as the database has them, those that others point at first."""
    found = MetaData()
    found.reflect(conn)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def value(column: Column[Any], number: int) -> Any:
    """Something that a careless migration would spoil, another for each row; references hold."""
    kind = column.type.python_type
    if kind is int:
        exact = column.primary_key or column.foreign_keys or "BIG" not in str(column.type)
        return number if exact else LARGE + number
    length = getattr(column.type, "length", None) or 100
    others = {str: f"{number}{HOSTILE}"[:length], bool: number == 1, float: number / 4, bytes: b"\0" * number}
    return others.get(kind, {"text": HOSTILE, "list": [number, None]})


def populate(conn: Connection) -> None:
    """Two rows in every table, every column filled."""
    for table in tables(conn):
        for number in (1, 2):
            conn.execute(table.insert(), {column.name: value(column, number) for column in table.columns})


def contents(conn: Connection) -> Rows:
    """Every row of every table."""
    return {
        table.name: sorted((dict(row._mapping) for row in conn.execute(select(table))), key=str)
        for table in tables(conn)
    }


def without(rows: Rows, *, new: bool) -> Rows:
    """What both schemas have; with `new`, the columns that only the later one has are looked at too."""
    for row in rows["questions"]:
        for name, empty in NEW_OF_QUESTIONS.items():
            found = row.pop(name, None)
            assert not new or found == empty
    return {name: found for name, found in rows.items() if not name.startswith(NEW)}


def torn(conn: Connection) -> list[Any]:
    """References that lead nowhere; PostgreSQL has refused them already."""
    if conn.dialect.name != "sqlite":
        return []
    assert conn.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
    return list(conn.execute(text("PRAGMA foreign_key_check")))


async def test_forward_and_back_with_rows_in_every_table(ledger: Ledger) -> None:
    await ledger.run(lambda conn: move(conn, "0001"))
    await ledger.run(populate)
    before = await ledger.run(contents)
    assert len(before) > 12
    assert all(len(rows) == 2 for rows in before.values())
    await ledger.run(lambda conn: move(conn, "0002"))
    forward = await ledger.run(contents)
    assert all(name.startswith(NEW) and not forward[name] for name in forward.keys() - before.keys())
    assert without(forward, new=True) == before
    assert await ledger.run(torn) == []
    await ledger.run(lambda conn: move(conn, "0001"))
    assert await ledger.run(contents) == before
    assert await ledger.run(torn) == []


async def test_back_from_a_knowledge_base_in_use(ledger: Ledger) -> None:
    await ledger.run(lambda conn: move(conn, "0002"))
    await ledger.run(populate)
    before = await ledger.run(contents)
    assert all(len(rows) == 2 for rows in before.values())
    await ledger.run(lambda conn: move(conn, "0001"))
    assert await ledger.run(contents) == without(before, new=False)
    await ledger.run(lambda conn: move(conn, "0002"))
    assert without(await ledger.run(contents), new=True) == without(before, new=False)
