"""The numbers that tables have given to rows: none is given twice, though its row is gone."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, func, select, text

from storage.tables import metadata


def numbered() -> list[Table]:
    """The tables whose rows get a number from the database."""
    return [table for table in metadata.sorted_tables if table.autoincrement_column is not None]


def given(conn: Connection) -> dict[str, int]:
    """The last number that each of them has given."""
    return {table.name: _last(conn, table) for table in numbered()}


def go_on(conn: Connection, last: Mapping[str, int]) -> None:
    """Let each go on behind the last number given elsewhere."""
    for table in numbered():
        number = max(last[table.name], _highest(conn, table))
        if conn.dialect.name == "sqlite":
            if table.dialect_options["sqlite"]["autoincrement"]:
                _note_sqlite(conn, table.name, number)
        elif (name := _sequence(conn, table)) is not None:
            conn.execute(select(func.setval(name, max(number, 1), number > 0)))


def _last(conn: Connection, table: Table) -> int:
    if conn.dialect.name == "sqlite":
        if not table.dialect_options["sqlite"]["autoincrement"]:
            return _highest(conn, table)
        noted = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
        return max(conn.execute(noted, {"name": table.name}).scalar() or 0, _highest(conn, table))
    name = _sequence(conn, table)
    if name is None:
        return _highest(conn, table)
    row = conn.execute(text(f"SELECT last_value, is_called FROM {name}")).one()  # noqa: S608 - the server's own name
    return int(row.last_value) if row.is_called else 0


def _highest(conn: Connection, table: Table) -> int:
    column: Any = table.autoincrement_column
    found: int = conn.execute(select(func.coalesce(func.max(column), 0))).scalar_one()
    return found


def _sequence(conn: Connection, table: Table) -> str | None:
    column = table.autoincrement_column
    if column is None:
        return None
    found: str | None = conn.execute(select(func.pg_get_serial_sequence(table.name, column.name))).scalar()
    return found


def _note_sqlite(conn: Connection, name: str, number: int) -> None:
    values = {"name": name, "number": number}
    if not conn.execute(text("UPDATE sqlite_sequence SET seq = :number WHERE name = :name"), values).rowcount:
        conn.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :number)"), values)
