"""Thousands are told while the process is killed and Telegram fails: nobody is left out, few get it twice."""

from pathlib import Path

import pytest

from tests.faults.delivered.broadcast_day import BroadcastDay, BroadcastToll


def hold(toll: BroadcastToll) -> None:
    """What is promised however many people there are."""
    print(toll.line())  # noqa: T201 - the figures are the point of the long form
    assert toll.lost == 0
    assert toll.doubled <= toll.allowed_doubles
    assert toll.told_though_blocked == 0
    assert toll.in_penalty == 0
    assert toll.left_over == 0


async def test_three_hundred_are_told_through_two_kills(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'otklik.db'}"
    hold(await BroadcastDay(tmp_path, url, people=300, kills=2, seed=1).tell())


@pytest.mark.proof
async def test_ten_thousand_are_told_through_twelve_kills(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'otklik.db'}"
    toll = await BroadcastDay(tmp_path, url, people=10_000, kills=12, seed=2).tell()
    hold(toll)
    assert toll.per_second >= 27
    assert toll.p99 <= 1.0
