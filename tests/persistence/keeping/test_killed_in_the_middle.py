"""otklik backup, restore and migrate killed in their middle: nothing is half, and nothing is in the way."""

import asyncio
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from signal import SIGKILL

import asyncpg
import pytest
from sqlalchemy import Connection

from storage.engine.revisions import MOVING, revision
from storage.engine.trouble import StorageUnusableError
from storage.keeping.backing_up import back_up, suffix_of
from storage.keeping.folder import backups_in
from storage.keeping.postgres_tools import WE
from storage.keeping.stopping import Interruption
from tests import postgres
from tests.benches.history import Past, write
from tests.ground.terminal import OTKLIK, environment, otklik
from tests.ground.test_keeping import configured
from tests.persistence.keeping.conftest import Empty, in_it, path_of, rows
from tests.persistence.keeping.test_moving import compared, start

PAST = Past("main", 7, -5, messages=6_000, tickets=2_000, customers=1_000, updates=100)
WITHIN = 60.0

Process = subprocess.Popen[str]


@contextmanager
def begun(home: Path, *words: str | Path) -> Iterator[Process]:
    """A command of ours, killed where this ends: in its middle."""
    process = subprocess.Popen(
        [OTKLIK, *words], cwd=home, env=environment(), stdout=subprocess.PIPE, encoding="utf-8"
    )
    with process:
        try:
            yield process
        finally:
            process.kill()
    assert process.returncode == -SIGKILL, "it was over before its middle"


def comes(home: Path, pattern: str) -> None:
    """A file has appeared there and has something in it."""
    ends = time.monotonic() + WITHIN
    while not any(each.stat().st_size for each in home.glob(pattern)):
        assert time.monotonic() < ends
        time.sleep(0.001)


def filled(url: str, past: Past = PAST) -> None:
    fill: Callable[[Connection], None] = lambda conn: write(conn, past)  # noqa: E731
    postgres.apart(lambda: in_it(url, fill))


@pytest.fixture
def old_url(migrated_url: str) -> str:
    """A database with enough in it for a command to have a middle."""
    filled(migrated_url)
    return migrated_url


def test_a_backup(old_url: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    configured(home, old_url, '[backup]\nfolder = "backups"\n')
    with begun(home, "backup"):
        comes(home, "backups/.otklik-*.part")
    assert backups_in(home / "backups") == []
    assert not list((home / "backups").glob("otklik*"))
    assert otklik("backup", home=home).code == 0
    (backup,) = backups_in(home / "backups")
    assert backup.suffix == suffix_of(old_url)


def test_a_restore_to_a_file(sqlite_template: Path, tmp_path: Path) -> None:
    url, home = f"sqlite:///{tmp_path / 'source.db'}", tmp_path / "home"
    path_of(url).write_bytes(sqlite_template.read_bytes())
    filled(url)
    back_up(url, tmp_path / "backup.db", Interruption())
    home.mkdir()
    configured(home, "sqlite:///otklik.db")
    with begun(home, "restore", tmp_path / "backup.db"):
        comes(home, ".otklik.db.*.part")
    assert not (home / "otklik.db").exists()
    done = otklik("restore", tmp_path / "backup.db", home=home)
    assert (done.code, done.err) == (0, "")
    assert sorted(each.name for each in home.iterdir()) == ["config.toml", "otklik.db"]
    assert rows(f"sqlite:///{home / 'otklik.db'}") == rows(url)


AT_IT = "SELECT wait_event_type FROM pg_stat_activity WHERE application_name = $1 AND datname = $2"


async def until(bystander: asyncpg.Connection, name: str, holds: Callable[[list[str]], bool]) -> None:
    """Until our programs wait there for what they should."""
    while not holds([each[0] for each in await bystander.fetch(AT_IT, WE, name)]):  # noqa: ASYNC110 - no news
        await asyncio.sleep(0.01)


async def kill_it_there(url: str, home: Path) -> None:
    """Somebody holds a restore up in its middle, so that the kill hits it there and not behind it."""
    name = url.rpartition("/")[2]
    holder, bystander = await asyncpg.connect(url), await asyncpg.connect(url)
    try:
        async with asyncio.timeout(WITHIN):
            hold = holder.transaction()
            await hold.start()
            await holder.execute("CREATE TABLE alembic_version ()")
            with begun(home, "restore", "backup.dump"):
                await until(bystander, name, lambda found: "Lock" in found)
            await hold.rollback()
            await until(bystander, name, lambda found: found == [])
    finally:
        await holder.close()
        await bystander.close()


def test_a_restore_to_postgresql(
    postgres_server: str, postgres_template: str, empty: Empty, tmp_path: Path
) -> None:
    other = empty("postgresql")
    configured(tmp_path, other)
    with postgres.fresh_database(postgres_server, postgres_template) as url:
        filled(url)
        back_up(url, tmp_path / "backup.dump", Interruption())
        before = rows(url)
    postgres.apart(lambda: kill_it_there(other, tmp_path))
    assert rows(other) == {}
    done = otklik("restore", "backup.dump", home=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert rows(other) == before


def said(process: Process, words: str) -> None:
    """It has come so far, as it says itself."""
    assert process.stdout is not None
    assert any(words in line for line in iter(process.stdout.readline, "")), "it was over before that"


def moved_through_a_kill(home: Path, source: str, target: str) -> None:
    """The first try is killed while it copies; the same command ends what that one began."""
    words = ("migrate", "--from", source, "--to", target)
    with begun(home, *words) as process:
        said(process, "messages: ")
    assert postgres.apart(lambda: in_it(target, revision)) == MOVING
    there = rows(target)
    assert len(there["messages"]) == PAST.messages
    assert len(there["pairs"]) < 2 * PAST.messages
    with pytest.raises(StorageUnusableError, match="otklik migrate"):
        postgres.apart(lambda: start(target))
    done = otklik(*words, home=home)
    assert (done.code, done.err) == (0, "")
    assert "messages: " not in done.out, "what was there is not copied again"
    assert done.out.splitlines()[-1].startswith("Moved and checked")


def test_a_move_to_postgresql_and_back(
    sqlite_template: Path, postgres_server: str, empty: Empty, tmp_path: Path
) -> None:
    source, between, back = empty("sqlite"), empty("postgresql"), empty("sqlite")
    path_of(source).write_bytes(sqlite_template.read_bytes())
    filled(source)
    before = compared(rows(source))
    moved_through_a_kill(tmp_path, source, between)
    assert compared(rows(between)) == before
    moved_through_a_kill(tmp_path, between, back)
    assert compared(rows(back)) == before
