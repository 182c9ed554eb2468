"""How far a move has come, kept in its target: a kill in the middle costs the rows of one transaction."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import BigInteger, Column, Connection, MetaData, String, Table, Text, select, text

from storage.engine.revisions import MOVING, newest
from storage.engine.schema import move
from storage.keeping.sums import Key, TableSum, count_of
from storage.tables import metadata

moving = Table(
    "moving",
    MetaData(),  # of no release's schema: it is there only while a move lasts
    Column("name", String(64), primary_key=True, comment="of a table"),
    Column("source", Text, nullable=False, comment="which database the rows come from, without its password"),
    Column("found", BigInteger, nullable=False, comment="rows that the source had at the beginning"),
    Column("rows", BigInteger, nullable=False, comment="that are here by now"),
    Column("digest", String(20), nullable=False, comment="of these, see storage/keeping/sums.py"),
    Column("after", Text, comment="the key of the last of them"),
)


@dataclass(frozen=True, slots=True)
class MovedTable:
    """How far one table has come."""

    name: str
    source: str
    found: int
    moved: TableSum
    after: Key | None


def counts(conn: Connection) -> dict[str, int]:
    """How many rows every table has."""
    return {table.name: count_of(conn, table) for table in metadata.sorted_tables}


def begin(conn: Connection, source: str, found: dict[str, int]) -> None:
    """Make our tables and note where the rows will come from, in one transaction."""
    move(conn, newest())
    moving.create(conn)
    rows = [
        {"name": name, "source": source, "found": count, "rows": 0, "digest": "0", "after": None}
        for name, count in found.items()
    ]
    conn.execute(moving.insert(), rows)
    _stamp(conn, MOVING)  # no release knows such a schema, so that no bot begins on half of the data


def tables_so_far(conn: Connection) -> dict[str, MovedTable]:
    """Every table by its name."""
    return {each.name: each for each in _read(conn)}


def _read(conn: Connection) -> Iterator[MovedTable]:
    for row in conn.execute(select(moving)):
        after = None if row.after is None else tuple(json.loads(row.after))
        yield MovedTable(row.name, row.source, row.found, TableSum(row.rows, int(row.digest)), after)


def note(conn: Connection, name: str, moved: TableSum, after: Key) -> None:
    """Keep how far a table has come, in the transaction that took the rows."""
    values = {"rows": moved.rows, "digest": str(moved.digest), "after": json.dumps(after)}
    conn.execute(moving.update().where(moving.c.name == name).values(values))


def end(conn: Connection) -> None:
    """All is here: a bot may begin."""
    moving.drop(conn)
    _stamp(conn, newest())


def _stamp(conn: Connection, revision: str) -> None:
    conn.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
