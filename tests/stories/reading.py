"""Holding `Units.look` to its name: a unit that only reads may say nothing to the database but questions."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import pytest
from sqlalchemy import Connection, event

from bot.engine.units import Units

T = TypeVar("T")
QUESTIONS = ("SELECT", "WITH")


@pytest.fixture(autouse=True)
def looks_only_read(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every story notices a look that writes, whoever swallowed the error; gives what was written."""
    written: list[str] = []

    async def look(units: Units, unit: Callable[[Any], T]) -> T:
        def whole(conn: Connection) -> T:
            def note(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
                if not statement.lstrip().upper().startswith(QUESTIONS):
                    written.append(statement)

            event.listen(conn, "before_cursor_execute", note)
            try:
                return unit(units._open(conn, units.faq))
            finally:
                event.remove(conn, "before_cursor_execute", note)

        return await units._ledger.run(whole)

    monkeypatch.setattr(Units, "look", look)
    yield written
    assert written == [], "Units.look is for reading: use Units.write"
