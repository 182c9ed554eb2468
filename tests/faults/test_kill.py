"""kill -9 at random moments: nothing lost, nothing applied twice, nothing out of order."""

from pathlib import Path

import pytest

from tests.faults.kills import WINDOW, Day, Toll


def hold(toll: Toll) -> None:
    """What is promised of every kill."""
    print(toll.line())  # noqa: T201 - the figures are the point of the long form
    assert toll.lost == []
    assert toll.applied_twice == []
    assert toll.disordered == []
    assert toll.doubled_sends <= WINDOW * toll.kills
    assert set(toll.left_over.values()) == {0}, toll.left_over


async def test_two_kills_lose_nothing(tmp_path: Path, database_url: str) -> None:
    hold(await Day(tmp_path, database_url, people=15, each_way=150, kills=2, seed=1).live())


@pytest.mark.proof
async def test_twenty_kills_lose_nothing(tmp_path: Path, database_url: str) -> None:
    hold(await Day(tmp_path, database_url, people=50, each_way=2000, kills=20, seed=2).live())
