"""Inserts that nobody can race: what is there already is replaced or left as it is, in one statement."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Row = Mapping[str, Any]
Insert = postgresql.Insert | sqlite.Insert


def put(conn: Connection, table: Table, key: tuple[str, ...], rows: Row | Sequence[Row]) -> None:
    """Insert rows, all with the same columns; one that is there under the key gets these columns' values."""
    first = rows if isinstance(rows, Mapping) else rows[0]
    names = tuple(name for name in first if name not in key)
    conn.execute(putting(conn.dialect.name, table, key, names), rows)


def put_anew(conn: Connection, table: Table, key: tuple[str, ...], row: Row) -> None:
    """Insert a row; one that is there under the key becomes this one altogether, with a new number."""
    names = tuple(column.name for column in table.columns if column.name not in key)
    conn.execute(putting(conn.dialect.name, table, key, names), row)


def add(conn: Connection, table: Table, rows: Row | Sequence[Row]) -> int:
    """Insert rows; those that are there already stay. Returns how many were new, of a single row."""
    return conn.execute(adding(conn.dialect.name, table), rows).rowcount


@lru_cache
def putting(dialect: str, table: Table, key: tuple[str, ...], names: tuple[str, ...]) -> Insert:
    """An insert that sets the named columns of a row that is there under the key."""
    statement = insert_into(dialect, table)
    return statement.on_conflict_do_update(
        index_elements=list(key), set_={name: statement.excluded[name] for name in names}
    )


@lru_cache
def adding(dialect: str, table: Table) -> Insert:
    """An insert that leaves a row alone that breaks any unique key."""
    return insert_into(dialect, table).on_conflict_do_nothing()


def insert_into(dialect: str, table: Table) -> Insert:
    """An insert in a database's own words, which can say what to do on a conflict."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
