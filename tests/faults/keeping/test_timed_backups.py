"""The bot at work makes backups by itself, of a moment in which customers write, and says when it cannot."""

import asyncio
import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.config import Settings
from bot.health.backup_health import NONE, BackupHealth
from bot.health.timed_backups import TimedBackups
from storage.keeping.backing_up import back_up
from storage.keeping.folder import backup_name, backups_in, made_at
from storage.keeping.restoring import restore
from storage.keeping.stopping import Interruption
from tests import postgres
from tests.faults.keeping.conftest import made
from tests.stories.conftest import Scene, SetUp

WITHIN = 30.0


async def until(holds: Callable[[], object]) -> None:
    """Look until it is so: a file says nothing by itself."""
    ends = asyncio.get_running_loop().time() + WITHIN
    while not (found := holds()) and asyncio.get_running_loop().time() < ends:
        await asyncio.wait([asyncio.ensure_future(asyncio.sleep(0.05))])
    assert found


def words_in(path: Path) -> set[str]:
    """What customers have written, by a file of the database."""
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute("SELECT content FROM messages WHERE author = 'customer'").fetchall()
    return {json.loads(row[0]).get("text", "") for row in rows}


async def test_the_first_one_is_made_soon_after_the_start(scene: Scene, tmp_path: Path) -> None:
    anna = scene.customer("Анна")
    await anna.says("почему мой зонтик поёт по ночам?")
    await until(lambda: made(scene))
    (backup,) = made(scene)
    other = tmp_path / "restored.db"
    restore(backup, f"sqlite:///{other}", Interruption())
    assert words_in(other) <= {"почему мой зонтик поёт по ночам?"}


async def test_under_traffic_a_backup_holds_all_that_was_written_before_it(
    scene: Scene, tmp_path: Path
) -> None:
    people = [scene.customer(f"Гость {number}") for number in range(4)]
    for one in people:
        await one.says("почему мой зонтик поёт по ночам?")
    await until(lambda: len(words_in(scene.folder / "otklik.db")) >= 1)
    said: list[str] = []

    async def goes_on() -> None:
        for number in range(40):
            said.append(f"слышно меня? {number}")
            await people[number % 4].says(said[-1])
            await asyncio.sleep(0)

    talking = asyncio.create_task(goes_on())
    found = []
    for number in range(3):
        await until(lambda: talking.done() or len(said) > 8)
        before = words_in(scene.folder / "otklik.db")
        target = tmp_path / f"backup{number}.db"
        await asyncio.to_thread(back_up, f"sqlite:///{scene.folder / 'otklik.db'}", target, Interruption())
        held = words_in(target)
        assert before <= held
        found.append(len(held))
    await talking
    assert found == sorted(found)


async def test_one_that_cannot_be_made_is_said_once_and_tried_again(set_up: SetUp) -> None:
    async with set_up() as scene:
        (scene.folder / "backups").write_text("a file in its way")
        async with scene.at_work():
            maria = scene.manager()
            await maria.starts()
            await maria.sees("Не удалось сделать резервную копию", within=WITHIN)
            await maria.sees("Здравствуйте")
            await maria.sees_nothing(0.5)
            (scene.folder / "backups").unlink()
            await until(lambda: made(scene))


async def test_a_process_that_ends_does_not_wait_for_its_backup(set_up: SetUp) -> None:
    async with set_up() as scene:
        async with scene.at_work():
            await until(lambda: list((scene.folder / "backups").glob("*")))
        assert list((scene.folder / "backups").glob(".*")) == []


class Clockwork:
    """Backups of a small database, and what was told of them."""

    def __init__(self, folder: Path, url: str, *, at_work: bool = True, **more: object) -> None:
        self.folder, self.told = folder, list[str]()
        settings = Settings.model_validate(
            {
                "storage": {"url": url},
                "backup": {"folder": str(folder), **more},
                "desk": {"main": {"token": "123456:ABC", "operators_group": -1001}},
            }
        )
        self.health = BackupHealth.of(settings)
        self.backups = TimedBackups(settings, self.health, lambda: at_work, self._hears)

    async def _hears(self, reason: str, params: object) -> None:
        self.told.append(reason)

    async def runs_until(self, holds: Callable[[], object]) -> None:
        """Let them go until it is so."""
        running = asyncio.create_task(self.backups.run())
        try:
            await until(holds)
        finally:
            running.cancel()
            await asyncio.wait({running})

    def placed(self, age: timedelta, suffix: str = ".db") -> Path:
        """A backup that somebody made so long ago."""
        self.folder.mkdir(exist_ok=True)
        path = self.folder / backup_name(datetime.now(UTC) - age, suffix)
        path.write_text("old")
        return path


@pytest.fixture
def url(sqlite_template: Path) -> str:
    return f"sqlite:///{sqlite_template}"


async def test_the_oldest_go_and_only_ours(url: str, tmp_path: Path) -> None:
    work = Clockwork(tmp_path / "backups", url, keep=2)
    old = [work.placed(timedelta(days=days)) for days in (4, 3, 2)]
    (work.folder / "notes.txt").write_text("of the owner")
    await work.runs_until(lambda: len(backups_in(work.folder)) == 2)
    assert [path.exists() for path in old] == [False, False, True]
    assert (work.folder / "notes.txt").exists()
    assert work.told == []


async def test_one_that_is_young_enough_is_not_made_again(url: str, tmp_path: Path) -> None:
    work = Clockwork(tmp_path / "backups", url)
    young = work.placed(timedelta(hours=23))
    looks = 0

    def some_looks() -> bool:
        nonlocal looks
        looks += 1
        return looks > 20

    await work.runs_until(some_looks)
    assert backups_in(work.folder) == [young]


@pytest.mark.parametrize("more", [{"every_hours": 0}, {"at_work": False}])
async def test_none_is_made_where_none_is_wanted(more: dict[str, object], url: str, tmp_path: Path) -> None:
    work = Clockwork(tmp_path / "backups", url, **more)  # type: ignore[arg-type] # either of two kinds
    running = asyncio.create_task(work.backups.run())
    await asyncio.wait({running}, timeout=1)
    running.cancel()
    assert not work.folder.exists()


async def test_what_a_killed_backup_left_goes_after_a_day(url: str, tmp_path: Path) -> None:
    work = Clockwork(tmp_path / "backups", url)
    work.placed(timedelta(days=2))
    left = work.folder / ".otklik-20261101-040000.db.0a1b2c3d.part"
    log = left.with_name(left.name + "-journal")
    young = work.folder / ".otklik-20261101-040000.db.0a1b2c3e.part"
    for each in (left, log, young):
        each.write_text("half of a backup")
    for each in (left, log):
        os.utime(each, (0, 0))
    await work.runs_until(lambda: len(backups_in(work.folder)) == 2)
    assert (left.exists(), log.exists(), young.exists()) == (False, False, True)


async def test_what_is_told_of_the_newest_is_what_the_folder_holds(url: str, tmp_path: Path) -> None:
    """So a restart tells the same; what another kind of database or a wrong clock left says nothing."""
    work = Clockwork(tmp_path / "backups", url)
    assert work.health.newest is None
    work.health.look()
    assert work.health.newest == NONE
    work.placed(timedelta(minutes=1), ".dump")
    work.placed(timedelta(days=-1))
    await work.runs_until(lambda: work.health.newest)
    made = [made_at(each).timestamp() for each in backups_in(work.folder)]
    again = Clockwork(tmp_path / "backups", url)
    again.health.look()
    assert again.health.newest == work.health.newest == sorted(made)[1]
    assert not again.health.due


async def test_while_the_folder_cannot_be_read_what_was_known_stays(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = Clockwork(tmp_path / "backups", url)
    made = made_at(work.placed(timedelta(hours=3))).timestamp()
    work.health.look()

    def fails(folder: Path) -> list[Path]:
        raise PermissionError

    monkeypatch.setattr("bot.health.backup_health.backups_in", fails)
    work.health.look()
    assert work.health.newest == made


async def test_backups_of_postgresql(postgres_server: str, postgres_template: str, tmp_path: Path) -> None:
    with postgres.fresh_database(postgres_server, postgres_template) as database:
        work = Clockwork(tmp_path / "backups", database)
        await work.runs_until(lambda: backups_in(work.folder))
    assert backups_in(work.folder)[0].suffix == ".dump"
