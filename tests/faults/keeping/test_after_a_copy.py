"""A start on a restored or a moved database: nobody has its lease, whoever had that of the other one."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.keeping.backing_up import back_up, suffix_of
from storage.keeping.moving import move_all
from storage.keeping.restoring import restore
from storage.keeping.stopping import Interruption
from tests import postgres
from tests.faults.processes.elsewhere import elsewhere
from tests.faults.processes.test_standing_by import STANDS_BY, Lines, lines, said
from tests.faults.troubles import heard
from tests.persistence.keeping.conftest import Empty, empty
from tests.persistence.keeping.test_moving import Watcher
from tests.stories.conftest import SetUp

__all__ = ["empty", "lines"]


def restored(url: str, other: str, folder: Path) -> None:
    backup = folder / f"backup{suffix_of(url)}"
    back_up(url, backup, Interruption())
    restore(backup, other, Interruption())


def moved(url: str, other: str, folder: Path) -> None:
    postgres.apart(lambda: move_all(url, other, Watcher()))


@pytest.mark.parametrize("copied", [restored, moved])
async def test_it_is_at_work_at_once_and_alarms_nobody(
    copied: Callable[[str, str, Path], None],
    migrated_url: str,
    empty: Empty,
    set_up: SetUp,
    lines: Lines,
    tmp_path: Path,
) -> None:
    other = empty(migrated_url)
    async with set_up(database=migrated_url) as scene:
        async with elsewhere(scene) as gone:  # a process of a machine that is no more
            assert await gone.takes() == 1
            await gone.falls_silent()
        await asyncio.to_thread(copied, migrated_url, other, tmp_path)
        scene.database = other
        anna, maria = scene.customer(), scene.manager()
        async with scene.at_work():
            await maria.starts()
            await anna.says("как вернуть деньги")
            await anna.sees("оформите возврат")
            await maria.sees("Здравствуйте")
            async with elsewhere(scene) as looking:
                assert await looking.term() == 2
        assert said(lines, STANDS_BY) == 0
        assert [each for each in heard(maria) if "⚠️" in each] == []
