"""Several processes with one token: one sends, the others stand by, and nothing is lost when one goes."""

from pathlib import Path

import pytest

from tests.faults.kills import WINDOW
from tests.faults.processes.rivalry import Rivalry, RivalToll

QUICK = 2.5
"""The short forms' leases are so many times as quick."""


def hold(toll: RivalToll) -> None:
    """What is promised of several processes, whatever strikes them."""
    print(toll.line())  # noqa: T201 - the figures are the point of the long form
    assert toll.lost == []
    assert toll.applied_twice == []
    assert toll.disordered == []
    assert toll.doubled_sends <= WINDOW * len(toll.strikes)
    assert set(toll.left_over.values()) == {0}, toll.left_over
    assert one_after_the_other(toll), "two processes sent side by side"


def one_after_the_other(toll: RivalToll) -> bool:
    """Whether each sent in its own terms alone: a term may pass without a call."""
    terms = iter(toll.terms)
    return all(sender in terms for sender in toll.senders)


def faults(url: str, *also: str) -> tuple[str, ...]:
    """A partition needs a network between a process and its database."""
    return also if url.startswith("sqlite") else (*also, "part")


async def test_two_processes_serve_one_after_the_other(tmp_path: Path, database_url: str) -> None:
    strikes = faults(database_url, "kill", "stop", "pause")
    day = Rivalry(
        tmp_path,
        database_url,
        processes=2,
        faults=strikes,
        seed=11,
        quick=QUICK,
        lasting=14,
        talking=60,
        each_way=200,
    )
    toll = await day.live()
    hold(toll)
    assert len(set(toll.senders)) == 2


@pytest.mark.proof
@pytest.mark.parametrize("processes", [2, 4])
async def test_several_processes_for_minutes(tmp_path: Path, database_url: str, processes: int) -> None:
    strikes = faults(database_url, "kill", "pause", "stop", "kill")
    day = Rivalry(
        tmp_path,
        database_url,
        processes=processes,
        faults=strikes,
        seed=processes,
        talking=240,
        each_way=1000,
    )
    hold(await day.live())
