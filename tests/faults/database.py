"""Looking into a desk's database from outside, and spoiling it."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

from tests.stories.conftest import Scene


def sql(scene: Scene, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Run one statement on the desk's database."""
    with closing(sqlite3.connect(scene.folder / "otklik.db", timeout=10)) as connection, connection:
        return connection.execute(statement, values).fetchall()


def inbox(scene: Scene) -> dict[str, int]:
    """How many updates wait, are handled, stand in quarantine."""
    names = {0: "waiting", 1: "handled", 2: "quarantined"}
    return {names[state]: n for state, n in sql(scene, "SELECT state, count(*) FROM inbox GROUP BY state")}


def outbox(scene: Scene) -> dict[str, int]:
    """How many parcels wait, and how many are uncertain."""
    names = {0: "waiting", 1: "uncertain", 2: "released"}
    return {names[state]: n for state, n in sql(scene, "SELECT state, count(*) FROM outbox GROUP BY state")}


async def comes_to(scene: Scene, look: Callable[[], object], wanted: object, within: float = 30) -> None:
    """Look again after each change of the world until it is as wanted."""
    ends = asyncio.get_running_loop().time() + within
    while look() != wanted and asyncio.get_running_loop().time() < ends:
        await scene.world.changes.until(lambda _: True, 0.05)
    assert look() == wanted
