"""Faults of every kind, one after the other: nothing lost or applied twice, order kept, and soon well."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests import postgres
from tests.conftest import without
from tests.faults.chaos import BACK_TO_NORMAL, Chaos
from tests.faults.fair.clocks import compiler
from tests.faults.roads import RELAY, Road

MINUTES = 10


async def hold(chaos: Chaos) -> None:
    """What is promised whatever fails."""
    if compiler() is None:
        without.append("C compiler (nobody put the clock in chaos)")
    toll = await chaos.live()
    print(toll.line())  # noqa: T201 - the figures are the point of the long form
    assert toll.lost == []
    assert toll.applied_twice == []
    assert toll.disordered == []
    assert toll.doubled_sends <= chaos.allowed_doubles
    assert set(toll.left_over.values()) == {0}, toll.left_over
    assert toll.back_after <= BACK_TO_NORMAL


@contextmanager
def server_like(given: str) -> Iterator[tuple[str, Callable[[], None] | None]]:
    """A server of our own, which can be restarted, if there are its programs; else the one we are given."""
    if postgres.binaries() is None:
        yield given, None
        return
    with postgres.own_server() as ours:
        yield ours.url, ours.restart


async def over_server(folder: Path, given: str, *, seconds: float, seed: int) -> None:
    """PostgreSQL behind a road."""
    with server_like(given) as (server, restart), postgres.fresh_database(server) as url:
        parts = urlsplit(url)
        async with Road(RELAY, to=f"tcp://{parts.hostname}:{parts.port}", delay=0.3) as road:
            shaken = urlunsplit(parts._replace(netloc=f"postgres@127.0.0.1:{road.port}"))
            more: dict[str, Any] = {"road": road, "server_url": url, "restart": restart}
            await hold(Chaos(folder, shaken, seconds=seconds, seed=seed, **more))


async def test_half_a_minute_of_chaos_on_sqlite(tmp_path: Path) -> None:
    await hold(Chaos(tmp_path, f"sqlite:///{tmp_path / 'otklik.db'}", seconds=25, seed=5))


@pytest.mark.proof
async def test_ten_minutes_of_chaos_on_sqlite(tmp_path: Path) -> None:
    await hold(Chaos(tmp_path, f"sqlite:///{tmp_path / 'otklik.db'}", seconds=60 * MINUTES, seed=6))


async def test_half_a_minute_of_chaos_on_postgresql(tmp_path: Path, postgres_server: str) -> None:
    await over_server(tmp_path, postgres_server, seconds=25, seed=7)


@pytest.mark.proof
async def test_ten_minutes_of_chaos_on_postgresql(tmp_path: Path, postgres_server: str) -> None:
    await over_server(tmp_path, postgres_server, seconds=60 * MINUTES, seed=8)
