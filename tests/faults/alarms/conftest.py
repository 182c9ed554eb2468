"""A desk whose database can be taken away and given back: a road to PostgreSQL, a lock on SQLite's file."""

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

import pytest

from storage.engine import postgres as engine
from tests import postgres
from tests.faults.outages.conftest import Said, over_road, said
from tests.faults.roads import REFUSED, WELL
from tests.stories.conftest import Scene, SetUp, looks_only_read, scene, set_up

__all__ = ["Said", "looks_only_read", "said", "scene", "set_up"]


@dataclass
class Shaky:
    """A scene whose database goes away and comes back as it is told."""

    scene: Scene
    goes: Callable[[], Awaitable[None]]
    returns: Callable[[], Awaitable[None]]


@pytest.fixture(params=["sqlite", "postgresql"] if postgres.within_reach() else ["sqlite"])
async def shaky(
    set_up: SetUp, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Shaky]:
    """A desk that is not at work yet, over either database."""
    monkeypatch.setattr(engine, "WHOLE", 1.5)
    monkeypatch.setattr("bot.engine.outages.TELL_AFTER", 0.1)
    monkeypatch.setattr("bot.engine.backoff.LONGEST", 0.5)
    if request.param == "sqlite":
        monkeypatch.setattr("storage.engine.patience.MUTE_AFTER", 0.5)
        async with set_up() as scene, locked_at_will(scene) as shaky:
            yield shaky
        return
    server, template = map(request.getfixturevalue, ("postgres_server", "postgres_template"))
    async with over_road(set_up, server, template) as shaken:
        road = shaken.road
        yield Shaky(shaken.scene, partial(road.breaks, REFUSED), partial(road.breaks, WELL))


@asynccontextmanager
async def locked_at_will(scene: Scene) -> AsyncIterator[Shaky]:
    """Somebody else opens the desk's file, and may hold it."""
    other = sqlite3.connect(scene.folder / "otklik.db", isolation_level=None)

    async def goes() -> None:
        other.execute("BEGIN IMMEDIATE")

    async def returns() -> None:
        other.execute("ROLLBACK")

    yield Shaky(scene, goes, returns)
    other.close()
