"""otklik backup, restore and the like: what whoever types them reads, and what becomes of their data."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests import postgres
from tests.ground.terminal import otklik

DESK = '[desk.main]\ntoken = "123456:ABC"\noperators_group = -1001\n'


def configured(home: Path, url: str, more: str = "", name: str = "config.toml") -> Path:
    path = home / name
    path.write_text(f'[storage]\nurl = "{url}"\n{more}\n{DESK}', "utf-8")
    return path


@pytest.fixture
def home(tmp_path: Path, sqlite_template: Path) -> Path:
    """A folder with a configuration and a database of SQLite's with one row in it."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "otklik.db").write_bytes(sqlite_template.read_bytes())
    with closing(sqlite3.connect(tmp_path / "data" / "otklik.db")) as database, database:
        database.execute("INSERT INTO places VALUES ('main', -1, -2, NULL)")
    configured(tmp_path, "sqlite:///data/otklik.db")
    return tmp_path


def places(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as database:
        return database.execute("SELECT desk, chat_id FROM places").fetchall()


def test_there_and_back(home: Path) -> None:
    done = otklik("backup", home=home)
    (backup,) = (home / "data" / "backups").iterdir()
    assert done.code == 0
    assert done.out.startswith(f"{backup}: backed up and checked, ")
    again = otklik("restore", backup, home=home)
    assert (again.code, len(again.lines)) == (2, 1)
    assert again.err.startswith(f"{home / 'data' / 'otklik.db'}: there is something already")
    (home / "data" / "otklik.db").unlink()
    back = otklik("restore", backup, home=home)
    assert (back.code, back.err) == (0, "")
    assert back.out == f"Restored from {backup}. Tickets: 0, messages: 0.\n"
    assert places(home / "data" / "otklik.db") == [("main", -2)]


def test_where_it_goes_is_said_by_the_key_or_beside_the_command(home: Path) -> None:
    configured(home, "sqlite:///data/otklik.db", '[backup]\nfolder = "elsewhere"\n')
    assert otklik("backup", home=home).code == 0
    assert len(list((home / "elsewhere").glob("otklik-*.db"))) == 1
    assert otklik("backup", "--to", "mine.db", home=home).code == 0
    assert places(home / "mine.db") == [("main", -2)]
    (home / "folder").mkdir()
    assert otklik("backup", "--to", "folder", home=home).code == 0
    assert len(list((home / "folder").glob("otklik-*.db"))) == 1
    assert otklik("backup", "--to", "mine.db", home=home, language="ru").lines == [
        "mine.db: здесь уже что-то есть, а перезаписи не будет. Укажите другой файл или уберите этот."
    ]


def test_what_cannot_be_meant_is_said_in_a_line(home: Path) -> None:
    configured(home, "sqlite:///none.db", name="none.toml")
    for words, begins in (
        (("backup", "--config", "none.toml"), "storage.url: there is no database at "),
        (("restore", "nothing.db", "--config", "none.toml"), "nothing.db: there is no such file"),
        (("restore", "config.toml", "--config", "none.toml"), "config.toml: this is no backup of Otklik's"),
        (("restore", "data", "--config", "none.toml"), "data: there is no such file"),
    ):
        done = otklik(*words, home=home)
        assert (done.code, done.out, len(done.lines)) == (2, "", 1)
        assert done.err.startswith(begins)
    assert not (home / "none.db").exists()


def test_what_fails_outside_is_said_in_a_line(home: Path) -> None:
    (home / "file").write_text("")
    done = otklik("backup", "--to", "file/backup.db", home=home)
    assert (done.code, len(done.lines)) == (1, 1)
    assert done.err.startswith("file/backup.db: it cannot be written.")


PASSWORD = "s3cr-et%20word"


def postgres_home(home: Path, url: str) -> None:
    user, _, place = url.removeprefix("postgresql://").rpartition("@")
    told = f"postgresql://{user.partition(':')[0] or 'postgres'}:{PASSWORD}@{place}"
    configured(home, told, '[backup]\nfolder = "backups"\n')


def program(folder: Path, name: str, script: str) -> Path:
    """A program of that name, first on the path."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return folder


def test_a_password_is_on_no_command_line(tmp_path: Path, postgres_url: str) -> None:
    postgres_home(tmp_path, postgres_url)
    real = os.environ["PATH"]
    script = f'echo "$0 $@" >> {tmp_path / "words"}; echo "$PGPASSWORD" >> {tmp_path / "told"}\n'
    for name in ("pg_dump", "pg_restore"):
        program(tmp_path / "bin", name, f'{script} PATH="{real}" exec {name} "$@"')
    done = otklik("backup", home=tmp_path, PATH=f"{tmp_path / 'bin'}:{real}")
    assert (done.code, done.err) == (0, "")
    assert "s3cr" not in (tmp_path / "words").read_text()
    assert "s3cr-et word" in (tmp_path / "told").read_text()


def test_without_its_programs_postgresql_is_told_what_to_install(tmp_path: Path, postgres_url: str) -> None:
    postgres_home(tmp_path, postgres_url)
    done = otklik("backup", home=tmp_path, PATH=str(tmp_path))
    assert (done.code, len(done.lines)) == (2, 1)
    assert "postgresql-client" in done.err
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_program_older_than_the_server_is_told_by_both_versions(tmp_path: Path, postgres_url: str) -> None:
    postgres_home(tmp_path, postgres_url)
    said = (
        'echo "pg_dump: error: aborting because of server version mismatch" >&2\n'
        'echo "pg_dump: detail: server version: 17.2; pg_dump version: 15.20" >&2; exit 1'
    )
    path = program(tmp_path / "bin", "pg_dump", said)
    done = otklik("backup", home=tmp_path, PATH=f"{path}:{os.environ['PATH']}")
    assert (done.code, len(done.lines)) == (2, 1)
    assert "15.20" in done.err
    assert "17.2" in done.err


def test_a_server_that_is_away_is_named_by_the_key(tmp_path: Path) -> None:
    configured(
        tmp_path, f"postgresql://otklik:{PASSWORD}@127.0.0.1:1/otklik", '[backup]\nfolder = "backups"\n'
    )
    (tmp_path / "some.dump").write_text("PGDMP")
    for words in (("backup",), ("restore", "some.dump")):
        done = otklik(*words, home=tmp_path)
        assert (done.code, len(done.lines)) == (1, 1)
        assert done.err.startswith("storage.url: ")
        assert "s3cr" not in done.err


def test_where_no_folder_is_named_for_postgresql_that_is_said(tmp_path: Path) -> None:
    configured(tmp_path, "postgresql://otklik@127.0.0.1:1/otklik")
    done = otklik("backup", home=tmp_path)
    assert (done.code, len(done.lines)) == (2, 1)
    assert done.err.startswith("backup.folder: ")


def test_there_and_back_on_postgresql(tmp_path: Path, postgres_server: str, postgres_template: str) -> None:
    with postgres.fresh_database(postgres_server, postgres_template) as url:
        postgres.execute(url, "INSERT INTO places VALUES ('main', -1, -2, NULL)")
        configured(tmp_path, url, '[backup]\nfolder = "backups"\n')
        assert otklik("backup", home=tmp_path).code == 0
        (backup,) = (tmp_path / "backups").iterdir()
        assert otklik("restore", backup, home=tmp_path).err.startswith(
            "storage.url: this database is not empty"
        )
    with postgres.fresh_database(postgres_server) as url:
        configured(tmp_path, url)
        done = otklik("restore", backup, home=tmp_path)
        assert (done.code, done.err) == (0, "")
        assert postgres.execute(url, "DELETE FROM places WHERE chat_id = -2") == "DELETE 1"


def test_moving_to_postgresql(home: Path, postgres_server: str) -> None:
    source = "sqlite:///data/otklik.db"
    with postgres.fresh_database(postgres_server) as target:
        done = otklik("migrate", "--from", source, "--to", target, home=home)
        assert (done.code, done.err) == (0, "")
        assert "places: 1 of 1\n" in done.out
        assert done.out.endswith("Now name the new one in storage.url.\n")
        again = otklik("migrate", "--from", source, "--to", target, home=home)
        assert (again.code, again.lines) == (2, again.lines[:1])
        assert again.err.startswith("--to: this database is not empty")
        assert postgres.execute(target, "DELETE FROM places WHERE chat_id = -2") == "DELETE 1"


def test_what_cannot_be_moved_is_said_by_its_option(home: Path) -> None:
    source, away = "sqlite:///data/otklik.db", f"postgresql://otklik:{PASSWORD}@127.0.0.1:1/otklik"
    for words, code, begins in (
        (("mysql://a/b", source), 2, "--from: must be sqlite:///path/to/file.db or "),
        ((source, "data/new.db"), 2, "--to: must be sqlite:///path/to/file.db or "),
        ((source, source), 2, "--from and --to name the same database"),
        (("sqlite:///none.db", source), 2, "--from: there is no database at "),
        ((source, away), 1, "--to: the database cannot be used."),
    ):
        done = otklik("migrate", "--from", words[0], "--to", words[1], home=home)
        assert (done.code, len(done.lines)) == (code, 1)
        assert done.err.startswith(begins)
        assert "s3cr" not in done.err


def test_check_looks_at_the_database_and_makes_none(home: Path) -> None:
    (home / "data" / "otklik.db").chmod(0o600)
    well = otklik("check", home=home)
    assert (well.code, well.err) == (0, "")
    with closing(sqlite3.connect(home / "data" / "otklik.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '0001'")
    (home / "data" / "otklik.db").chmod(0o644)
    older = otklik("check", home=home)
    assert older.code == 0
    assert any("schema 0001" in line for line in older.lines)
    assert any("chmod 600" in line for line in older.lines)
    for url, said in (
        ("sqlite:///new/otklik.db", ""),
        ("sqlite:///config.toml/otklik.db", "is no folder that files can be written to"),
        ("sqlite:///config.toml", "file is not a database"),
        ("sqlite:///data", "is no file that can be read and written"),
        (f"postgresql://otklik:{PASSWORD}@127.0.0.1:1/otklik", "the database cannot be used"),
    ):
        configured(home, url)
        done = otklik("check", home=home)
        assert done.code == (2 if said else 0)
        assert not said or any(line.startswith("storage.url: ") and said in line for line in done.lines)
        assert "s3cr" not in done.err
    assert not (home / "new").exists()
