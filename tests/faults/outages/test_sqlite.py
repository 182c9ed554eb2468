"""SQLite's file is locked, vanishes or is replaced, its disk takes no more: the desk holds and says so."""

import json
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from sandbox import Customer, Operator
from tests.faults.outages.conftest import Said
from tests.faults.outages.test_postgres import WITHIN, is_so
from tests.stories.conftest import Scene, SetUp


async def met(scene: Scene) -> tuple[Customer, Operator]:
    """A customer with a ticket, and an operator who has seen it."""
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("почему мой зонтик поёт по ночам?")
    await oleg.sees(await oleg.topic("Анна"), "зонтик", within=WITHIN)
    return anna, oleg


def kept(path: Path) -> str:
    """All that a file says was written to the desk."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT content FROM messages").fetchall()
    return " ".join(json.loads(row[0]).get("text", "") for row in rows)


async def test_while_somebody_else_has_locked_it_messages_wait(scene: Scene, said: Said) -> None:
    anna, oleg = await met(scene)
    with closing(sqlite3.connect(scene.folder / "otklik.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await anna.says("слышно меня?")
        await is_so(lambda: len(said.lines) == 1)
        other.execute("ROLLBACK")
    await oleg.sees(await oleg.topic("Анна"), "слышно меня?", within=WITHIN)
    await is_so(lambda: said.lines[-1:] == ["the database works again"])


@contextmanager
def no_file_may_grow(path: Path) -> Iterator[None]:
    """The disk takes nothing more, as far as this process is concerned."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_while_the_disk_takes_nothing_messages_wait(scene: Scene, said: Said) -> None:
    anna, oleg = await met(scene)
    with no_file_may_grow(scene.folder / "otklik.db-wal"):
        for number in range(3):
            await anna.says(f"слышно меня? {number} {'очень ' * 500}")
        await is_so(lambda: len(said.lines) == 1)
    topic = await oleg.topic("Анна")
    for number in range(3):
        await oleg.sees(topic, f"слышно меня? {number}", within=WITHIN)


@pytest.mark.parametrize("names", [("otklik.db", "otklik.db-wal", "otklik.db-shm"), ("otklik.db-wal",)])
async def test_a_file_that_vanishes_comes_back_with_all_it_held(
    names: tuple[str, ...], set_up: SetUp, said: Said
) -> None:
    async with set_up() as scene:
        async with scene.at_work():
            anna, oleg = await met(scene)
            maria = scene.manager()
            await maria.starts()
            for name in names:
                (scene.folder / name).unlink()
            await is_so(lambda: bool(said.lines))
            await maria.sees("Файл базы данных исчез", within=WITHIN)
            await anna.says("слышно меня?")
            await oleg.sees(await oleg.topic("Анна"), "слышно меня?", within=WITHIN)
        assert "vanished" in said.lines[0]
        assert "зонтик" in kept(scene.folder / "otklik.db")
        assert oct((scene.folder / "otklik.db").stat().st_mode & 0o777) == "0o600"


async def test_a_file_that_is_replaced_is_not_written_to_and_ours_is_saved(set_up: SetUp, said: Said) -> None:
    async with set_up() as scene:
        async with scene.at_work():
            anna, _ = await met(scene)
            stranger = scene.folder / "stranger.db"
            with closing(sqlite3.connect(stranger)) as connection:
                connection.execute("CREATE TABLE theirs (id INTEGER)")
            stranger.replace(scene.folder / "otklik.db")
            await is_so(lambda: len(said.lines) == 1)
            assert "another file" in said.lines[0]
            await anna.says("слышно меня?")
        (rescued,) = scene.folder.glob("otklik.db.rescued-*")
        assert "зонтик" in kept(rescued)
        assert oct(rescued.stat().st_mode & 0o777) == "0o600"
