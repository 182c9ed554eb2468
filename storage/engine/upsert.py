"""Inserts that replace or keep an existing row in one statement, so that two processes cannot collide."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Row = Mapping[str, Any]
Insert = postgresql.Insert | sqlite.Insert


def put(conn: Connection, table: Table, key: tuple[str, ...], rows: Row | Sequence[Row]) -> None:
    """Insert rows with the same columns; a row that exists under the key gets these values."""
    first = rows if isinstance(rows, Mapping) else rows[0]
    names = tuple(name for name in first if name not in key)
    conn.execute(putting(conn.dialect.name, table, key, names), rows)


def put_anew(conn: Connection, table: Table, key: tuple[str, ...], row: Row) -> None:
    """Insert a row; one that exists under the key is replaced altogether and gets a new number."""
    names = tuple(column.name for column in table.columns if column.name not in key)
    conn.execute(putting(conn.dialect.name, table, key, names), row)


def add(conn: Connection, table: Table, rows: Row | Sequence[Row]) -> int:
    """Insert rows unless they exist; returns how many were inserted, when it is given one row."""
    return conn.execute(adding(conn.dialect.name, table), rows).rowcount


@lru_cache
def putting(dialect: str, table: Table, key: tuple[str, ...], names: tuple[str, ...]) -> Insert:
    """The statement that inserts a row or sets the named columns of the existing one."""
    statement = insert_into(dialect, table)
    return statement.on_conflict_do_update(
        index_elements=list(key), set_={name: statement.excluded[name] for name in names}
    )


@lru_cache
def adding(dialect: str, table: Table) -> Insert:
    """The statement that inserts a row unless it breaks a unique key."""
    return insert_into(dialect, table).on_conflict_do_nothing()


def insert_into(dialect: str, table: Table) -> Insert:
    """The database's own insert, which can say what to do on a conflict."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
