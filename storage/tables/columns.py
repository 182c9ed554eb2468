"""Columns and conditions that all tables share."""

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    BindParameter,
    Column,
    ColumnElement,
    Integer,
    MetaData,
    String,
    Table,
    literal_column,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


RowId = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows only under INTEGER
Json = JSON(none_as_null=True)


def row_id() -> Column[int]:
    """The row's id, given by us."""
    return Column("id", RowId, primary_key=True, autoincrement=True)


def desk_column() -> Column[str]:
    """The desk, by which every key is scoped."""
    return Column("desk", String(64), nullable=False)


def only(which: str, *, postgresql: str | None = None) -> dict[str, Any]:
    """The condition of a partial index; a statement must repeat it with a literal to be served."""
    return {"sqlite_where": text(which), "postgresql_where": text(postgresql or which)}


def also_of(table: Table, desk: str | BindParameter[str]) -> ColumnElement[bool]:
    """The condition that rows found by ids belong to the desk, hidden from SQLite's planner."""
    return table.c.desk.concat(literal_column("''")) == desk
