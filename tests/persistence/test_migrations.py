"""From one release's schema to the next and back, with everything that people have written."""

from typing import Any

import pytest
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


def narrowed(rows: Rows) -> Rows:
    """What 0003 keeps of the schemas before it, and they of it: all but what was never written."""
    kept = {name: [dict(row) for row in found] for name, found in rows.items() if name != "counters"}
    for row in (*kept["tickets"], *kept["surveys"], *kept.get("faq_versions", ())):
        for name in ("reopened", "newest", *(("message_id",) if "ticket_id" in row else ())):
            row.pop(name, None)
    for row in kept.pop("faq_complaints", []):
        kept["faq_files"].append({**row, "file_id": None})
    return {name: sorted(found, key=str) for name, found in kept.items()}


def complain(conn: Connection) -> None:
    """A file that could not be sent, as 0002 says it."""
    conn.execute(text("INSERT INTO faq_files (desk, digest) VALUES ('main', 'a name')"))


@pytest.mark.parametrize("start", ["0001", "0002"])
async def test_from_any_schema_before_to_0003_and_back(ledger: Ledger, start: str) -> None:
    await ledger.run(lambda conn: move(conn, start))
    await ledger.run(populate)
    if start == "0002":
        await ledger.run(complain)
    before = await ledger.run(contents)
    await ledger.run(lambda conn: move(conn, "0003"))
    forward = await ledger.run(contents)
    assert await ledger.run(torn) == []
    seen = narrowed(forward)
    assert (seen if start == "0002" else without(seen, new=True)) == narrowed(before)
    counted = {(row["desk"], row["name"]): row["value"] for row in forward["counters"]}
    for ticket in forward["tickets"]:
        assert counted[ticket["desk"], "tickets"] == ticket["number"]
    for version in forward["faq_versions"]:
        assert version["newest"]
        assert counted[version["desk"], "versions"] == 1
    await ledger.run(lambda conn: move(conn, start))
    back = await ledger.run(contents)
    assert narrowed(back) == narrowed(before)
    assert [row["reopened"] for row in back["tickets"]] == [0, 0]
    assert [row["message_id"] for row in back["surveys"]] == [None, None]
    assert await ledger.run(torn) == []


async def test_back_from_0003_in_use_and_forward_again(ledger: Ledger) -> None:
    await ledger.run(lambda conn: move(conn, "0003"))
    await ledger.run(populate)
    names = text("UPDATE faq_complaints SET digest = 'a name'")  # never the digest of a file's bytes
    await ledger.run(lambda conn: conn.execute(names))
    before = await ledger.run(contents)
    await ledger.run(lambda conn: move(conn, "0002"))
    assert narrowed(await ledger.run(contents)) == narrowed(before)
    await ledger.run(lambda conn: move(conn, "0003"))
    assert narrowed(await ledger.run(contents)) == narrowed(before)


async def test_only_the_last_version_of_an_entry_is_its_newest(ledger: Ledger) -> None:
    await ledger.run(lambda conn: move(conn, "0002"))
    insert = text(
        "INSERT INTO faq_versions (desk, entry_id, number, action, author_name, at) "
        "VALUES ('main', :entry, :number, 'edited', 'Мария', 0)"
    )
    rows = [{"entry": entry, "number": number} for entry, number in (("a", 1), ("a", 2), ("b", 1), ("a", 3))]
    await ledger.run(lambda conn: conn.execute(insert, rows).rowcount)
    await ledger.run(lambda conn: move(conn, "0003"))
    newest = text("SELECT entry_id, number FROM faq_versions WHERE newest ORDER BY entry_id")
    assert list(await ledger.run(lambda conn: list(conn.execute(newest)))) == [("a", 3), ("b", 1)]


def begin(conn: Connection, chat: int, token: str, turn: int) -> None:
    """A draft, as 0026 keeps it."""
    values = {"desk": "main", "manager": LARGE, "chat": chat, "token": token, "turn": turn}
    conn.execute(
        text(
            "INSERT INTO drafts (desk, manager_id, chat_id, kind, token, started_at, turn) "
            "VALUES (:desk, :manager, :chat, 'opened', :token, 0, :turn)"
        ),
        values,
    )


def begun(conn: Connection) -> list[str]:
    return [row.token for row in conn.execute(text("SELECT token FROM drafts ORDER BY token"))]


async def test_of_several_drafts_the_last_touched_goes_back(ledger: Ledger) -> None:
    await ledger.run(lambda conn: move(conn, "0026"))
    for chat, token, turn in ((5, "a", 0), (5, "b", 7), (5, "c", -1), (6, "d", 0), (6, "e", 0)):
        await ledger.run(lambda conn, chat=chat, token=token, turn=turn: begin(conn, chat, token, turn))
    await ledger.run(lambda conn: move(conn, "0025"))
    assert await ledger.run(begun) == ["b", "e"]
    await ledger.run(lambda conn: move(conn, "0026"))
    assert await ledger.run(begun) == ["b", "e"]
