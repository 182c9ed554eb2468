"""otklik check on a database that a bot cannot serve from, or not for long: one line says what it is."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import asyncpg
import pytest
from typer.testing import CliRunner

from bot.cli import build
from storage.keeping import soundness
from tests import postgres
from tests.ground.terminal import otklik
from tests.ground.test_keeping import PASSWORD, configured
from tests.persistence.keeping.conftest import said_by
from tests.persistence.keeping.test_backups import spoil


def only_line(home: Path, language: str = "en") -> str:
    """The one thing that is wrong, by which a start would come to nothing."""
    done = otklik("check", home=home, language=language)
    assert (done.code, done.out) == (2, "")
    (line,) = done.lines
    assert line.startswith("storage.url: ")
    assert PASSWORD not in line
    return line.removeprefix("storage.url: ")


@pytest.fixture
def file(tmp_path: Path, sqlite_template: Path) -> Path:
    """A database of SQLite's, and a configuration that names it."""
    path = tmp_path / "otklik.db"
    shutil.copy(sqlite_template, path)
    path.chmod(0o600)
    configured(tmp_path, "sqlite:///otklik.db")
    return path


@pytest.mark.parametrize(
    ("revision", "english", "russian"),
    [
        ("9042", "written by a newer release (schema 9042", "более новым выпуском (схема 9042"),
        ("moving", "otklik migrate has not filled this database", "otklik migrate не довела перенос"),
    ],
)
def test_a_schema_that_is_not_ours(
    revision: str, english: str, russian: str, migrated_url: str, tmp_path: Path
) -> None:
    if migrated_url.startswith("sqlite"):
        (tmp_path / "otklik.db").chmod(0o600)
    configured(tmp_path, migrated_url)
    said_by(migrated_url, f"UPDATE alembic_version SET version_num = '{revision}'")  # noqa: S608
    assert english in only_line(tmp_path)
    assert russian in only_line(tmp_path, "ru")


def test_a_file_that_was_spoiled_in_its_middle(file: Path) -> None:
    spoil(file)
    line = only_line(file.parent)
    assert "is damaged (" in line
    assert "restore the last backup" in line


@pytest.mark.parametrize("size", [50, 5_000])
def test_a_file_that_lacks_its_end(size: int, file: Path) -> None:
    os.truncate(file, size)
    line = only_line(file.parent)
    assert "file is not a database" in line or "malformed" in line


def test_a_large_file_is_not_read_for_ever(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soundness, "READ_FOR", -1.0)
    monkeypatch.setattr(soundness, "STEPS", 1)
    spoil(file)
    with closing(sqlite3.connect(file)) as database:
        assert soundness._spoiled(database) is None


def test_little_room_is_a_remark(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot starts all the same: there is some."""

    class Usage:
        free = soundness.LITTLE - 1

    monkeypatch.setattr(soundness.shutil, "disk_usage", lambda path: Usage)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    done = CliRunner().invoke(build(), ["check", "--config", str(file.parent / "config.toml")])
    assert done.exit_code == 0
    (line,) = done.stderr.splitlines()
    assert "less than 200 MB are free on the disk" in line


async def hba_file(url: str) -> str:
    """Where a server's rules stand about who is asked for what."""
    connection = await asyncpg.connect(url)
    try:
        return str(await connection.fetchval("SHOW hba_file"))
    finally:
        await connection.close()


@pytest.fixture(scope="module")
def guarded() -> Iterator[str]:
    """A server of our own that asks one of its people for a password, and lets that one see nothing."""
    if postgres.binaries() is None:
        pytest.skip("there is no PostgreSQL here to start")
    with postgres.own_server() as server:
        rules = Path(postgres.apart(lambda: hba_file(server.url)))
        rules.write_text("host all asker 127.0.0.1/32 scram-sha-256\n" + rules.read_text())
        postgres.execute(server.url, "CREATE ROLE asker LOGIN PASSWORD 'right'")
        postgres.execute(server.url, "CREATE TABLE alembic_version (version_num text)")
        postgres.execute(server.url, "SELECT pg_reload_conf()")
        yield server.url.replace("postgres@", "asker:{}@")


def test_a_wrong_password(guarded: str, tmp_path: Path) -> None:
    configured(tmp_path, guarded.format(PASSWORD))
    assert "password authentication failed" in only_line(tmp_path)


def test_a_database_that_is_not_there(guarded: str, tmp_path: Path) -> None:
    configured(tmp_path, guarded.format("right").replace("/postgres", "/nowhere"))
    assert 'database "nowhere" does not exist' in only_line(tmp_path)


def test_tables_that_are_not_for_us(guarded: str, tmp_path: Path) -> None:
    configured(tmp_path, guarded.format("right"))
    assert "permission denied for table alembic_version" in only_line(tmp_path)
