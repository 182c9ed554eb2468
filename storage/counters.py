"""Numbers of a desk that are counted without gaps, one row for each."""

from functools import lru_cache
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, select

from storage.engine.upsert import insert_into
from storage.tables import counters

Name = Literal["tickets", "versions"]
"""The number of the last ticket; how many versions the knowledge base has had."""

READ = select(counters.c.value).where(
    counters.c.desk == bindparam("desk"), counters.c.name == bindparam("name")
)


def count(conn: Connection, desk: str, name: Name, by: int = 1) -> int:
    """Count on by so many and return the number; others who count the same wait for this transaction."""
    values = {"desk": desk, "name": name, "value": by}
    counted: int = conn.execute(_counting(conn.dialect.name), values).scalar_one()
    return counted


def counted(conn: Connection, desk: str, name: Name) -> int:
    """The last number; 0 where nothing was counted."""
    return conn.execute(READ, {"desk": desk, "name": name}).scalar_one_or_none() or 0


@lru_cache
def _counting(dialect: str) -> Any:
    statement = insert_into(dialect, counters)
    further = {"value": counters.c.value + statement.excluded["value"]}
    return statement.on_conflict_do_update(index_elements=["desk", "name"], set_=further).returning(
        counters.c.value
    )
