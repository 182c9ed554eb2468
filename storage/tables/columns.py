"""What the tables have in common: one metadata, our own numbers of rows, the desk."""

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
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
    """Our own number of a row."""
    return Column("id", RowId, primary_key=True, autoincrement=True)


def desk_column() -> Column[str]:
    """Every key is scoped by desk."""
    return Column("desk", String(64), nullable=False)


def only(which: str, *, postgresql: str | None = None) -> dict[str, Any]:
    """For an index of those rows alone; a statement must say the same with a literal to be served by it."""
    return {"sqlite_where": text(which), "postgresql_where": text(postgresql or which)}


def also_of(table: Table, desk: str) -> ColumnElement[bool]:
    """That rows found by their ids are of a desk; given many ids, SQLite would rather go by the desk."""
    return table.c.desk.concat(literal_column("''")) == desk
