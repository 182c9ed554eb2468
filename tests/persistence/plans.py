"""What the databases intend to do with a statement, and whether that stays quick however long the history."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, event

from storage.tables import metadata

SMALL = {
    "places": "a desk has a few chats",
    "operators": "a desk has a few dozen",
    "drafts": "ten at most for each manager and chat",
    "faq_drafts": "one for each manager and chat",
    "faq_filed": "one for each entry of the knowledge base",
    "counters": "one for each thing that is counted",
    "leases": "one for each bot",
    "absences": "one for each desk",
}
"""Tables that do not grow with the history; these may be read whole."""

SCOPE = {"desk", "bot_id"}
"""By these alone nothing is found: a desk may be all there is."""

PARTIAL = {
    index.name
    for table in metadata.tables.values()
    for index in table.indexes
    if index.dialect_options["sqlite"]["where"] is not None
}


@dataclass
class Recorder:
    """The statements that were run while it listened, each once, with what it was given first."""

    heard: dict[str, Any] = field(default_factory=dict)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hear every engine of this process."""
        event.listen(Engine, "before_cursor_execute", self._hear)
        try:
            yield
        finally:
            event.remove(Engine, "before_cursor_execute", self._hear)

    def _hear(self, conn: Any, cursor: Any, statement: str, given: Any, context: Any, many: bool) -> None:
        if touched(statement):
            several = many and isinstance(given[0], tuple | list | dict)  # a row of rows may come as one
            self.heard.setdefault(statement, given[0] if several else given)


def touched(statement: str) -> Mapping[str, str]:
    """Our tables in a statement, by the names they go by in it."""
    found = re.findall(r"\b(?:FROM|JOIN|INTO|UPDATE|,) ?(\w+)(?: AS (\w+))?", statement)
    return {alias or table: table for table, alias in found if table in metadata.tables}


def refusals(conn: Connection, statement: str, given: Any) -> list[str]:
    """Why the statement would grow slow; empty where an index serves it."""
    named = touched(statement)
    if conn.dialect.name == "sqlite":
        rows = conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
        return _of_sqlite([row[3] for row in rows], named, statement)
    [[plan]] = conn.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", given)
    found = json.loads(plan) if isinstance(plan, str) else plan
    return list(_of_postgres(found[0]["Plan"], limited=False))


def _of_sqlite(details: list[str], named: Mapping[str, str], statement: str) -> list[str]:
    cut = "LIMIT" in statement and not any("TEMP B-TREE" in detail for detail in details)
    found = [detail for detail in details if detail.endswith("(rowid>?)")]
    for detail in details:
        if match := re.match(r"SCAN (\w+)", detail):
            table = named.get(match[1])
            if table is not None and table not in SMALL:
                found.append(detail)
        elif match := re.match(r"SEARCH (\w+) USING (?:COVERING )?INDEX (\w+) \((\w+)=\?\)$", detail):
            small = named.get(match[1], match[1]) in SMALL
            if match[3] in SCOPE and match[2] not in PARTIAL and not (small or cut):
                found.append(detail)
    return found


def _of_postgres(node: Mapping[str, Any], *, limited: bool) -> Iterator[str]:
    kind, table, index = node["Node Type"], node.get("Relation Name"), node.get("Index Name")
    if kind == "Seq Scan" and table not in SMALL:
        yield f"Seq Scan on {table}: {node.get('Filter', 'everything')}"
    elif index is not None and index not in PARTIAL and table not in SMALL:
        by = re.findall(r"\(?\(?(\w+)\)?(?:::\w+)? (=|<|>|>=|<=|IS) ", node.get("Index Cond", ""))
        narrow = [name for name, how in by if name not in SCOPE and (name, how) != ("id", ">")]
        if not narrow and not (limited and "Filter" not in node):
            yield f"{kind} using {index} on {table}: {node.get('Index Cond', 'no condition')}"
    for inner in node.get("Plans", ()):
        yield from _of_postgres(inner, limited=limited or kind == "Limit")


def unscoped(statement: str) -> bool:
    """Whether a statement on tables that have a desk leaves out whose desk it is about."""
    names = {
        alias: next(iter(SCOPE & set(metadata.tables[table].columns.keys()) - {"desk"}), "desk")
        for alias, table in touched(statement).items()
        if "desk" in metadata.tables[table].columns
    }
    if not names:
        return False
    if statement.startswith("INSERT"):
        return not re.match(r"INSERT INTO \w+ \([^)]*\bdesk\b", statement)
    said = (rf"\b(?:{alias}\.)?{column}(?: \|\| ''\))? = " for alias, column in names.items())
    return not any(re.search(each, statement) for each in said)
