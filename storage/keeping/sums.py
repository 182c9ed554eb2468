"""What a table holds, as a count and a sum that are the same wherever its rows stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, Table, UniqueConstraint, func, literal, select, tuple_

from storage.engine.ledger import Ledger

AT_ONCE = 2_000
WHOLE = 1 << 64

Key = tuple[Any, ...]
Rows = Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class TableSum:
    """How many rows, and the sum of a digest of each: no order matters, and no difference cancels out."""

    rows: int = 0
    digest: int = 0

    def plus(self, rows: Rows) -> "TableSum":
        """With these rows too."""
        return TableSum(self.rows + len(rows), (self.digest + sum(map(_digest, rows))) % WHOLE)


def _digest(row: dict[str, Any]) -> int:
    said = repr(tuple(row.values())).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(said, digest_size=8).digest())


def key_of(table: Table) -> tuple[str, ...]:
    """The columns that tell its rows apart: the primary key, or a unique key without nulls."""
    if names := tuple(column.name for column in table.primary_key.columns):
        return names
    for each in table.constraints:
        if isinstance(each, UniqueConstraint) and not any(column.nullable for column in each.columns):
            return tuple(column.name for column in each.columns)
    raise LookupError(f"{table.name} has no key")


def rows_after(conn: Connection, table: Table, after: Key | None) -> Rows:
    """The next rows in the order of the key."""
    columns = [table.c[name] for name in key_of(table)]
    wanted = select(table).order_by(*columns).limit(AT_ONCE)
    if after is not None:
        values = [literal(value, column.type) for value, column in zip(after, columns, strict=True)]
        wanted = wanted.where(tuple_(*columns) > tuple_(*values))
    return [dict(row._mapping) for row in conn.execute(wanted)]


def last_key(table: Table, rows: Rows) -> Key:
    """Where the next rows begin."""
    return tuple(rows[-1][name] for name in key_of(table))


def count_of(conn: Connection, table: Table) -> int:
    """How many rows a table has."""
    found: int = conn.execute(select(func.count()).select_from(table)).scalar_one()
    return found


async def sum_of(ledger: Ledger, table: Table) -> TableSum:
    """Read a whole table, some rows at a time."""
    found, after = TableSum(), None
    while rows := await ledger.run_alone(partial(rows_after, table=table, after=after)):
        found, after = found.plus(rows), last_key(table, rows)
    return found
