"""A desk over PostgreSQL that is reached by a road which can be broken, and one over SQLite's file."""

from collections.abc import AsyncIterator, Iterator, MutableMapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from structlog.testing import capture_logs

from tests import postgres
from tests.faults.roads import RELAY, Road
from tests.stories.conftest import Scene, SetUp, looks_only_read, scene, set_up

__all__ = ["looks_only_read", "scene", "set_up"]


@dataclass
class Shaken:
    """A desk at work over PostgreSQL, and the road between them."""

    scene: Scene
    road: Road
    url: str


@pytest.fixture
async def shaken(set_up: SetUp, postgres_server: str, postgres_template: str) -> AsyncIterator[Shaken]:
    async with over_road(set_up, postgres_server, postgres_template) as shaken, shaken.scene.at_work():
        yield shaken


@asynccontextmanager
async def over_road(
    set_up: SetUp, server: str, template: str, road: type[Road] = Road
) -> AsyncIterator[Shaken]:
    with postgres.fresh_database(server, template) as url:
        parts = urlsplit(url)
        async with road(RELAY, to=f"tcp://{parts.hostname}:{parts.port}") as way:
            who = "" if parts.username is None else f"{parts.username}@"
            through = urlunsplit(parts._replace(netloc=f"{who}127.0.0.1:{way.port}"))
            async with set_up(database=through) as scene:
                yield Shaken(scene, way, url)


class Said:
    """The storage's lines of a log that is being written."""

    def __init__(self, lines: list[MutableMapping[str, Any]]) -> None:
        self._lines = lines

    @property
    def lines(self) -> list[str]:
        """Those about the database, as they came."""
        return [line["event"] for line in self._lines if line.get("setting") or "trouble" in line]


@pytest.fixture
def said() -> Iterator[Said]:
    """What the log says of the database, line by line."""
    with capture_logs() as lines:
        yield Said(lines)
