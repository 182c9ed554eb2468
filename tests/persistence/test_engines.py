"""The two databases as they are opened: durable, strict, one writer."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.engine.engines import open_engine, parse_url


async def test_sqlite_is_as_durable_and_strict_as_it_can_be(tmp_path: Path) -> None:
    engine = await open_engine(f"sqlite:///{tmp_path / 'otklik.db'}")
    names = ("journal_mode", "synchronous", "foreign_keys")
    found = await engine.transact(
        lambda conn: [conn.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in names]
    )
    assert found == ["wal", 2, 1]
    await engine.close()


async def test_a_transaction_is_a_writer_s_from_its_first_moment(tmp_path: Path) -> None:
    path = tmp_path / "otklik.db"
    engine = await open_engine(f"sqlite:///{path}")
    other = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)

    def only_looks(conn: object) -> str:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        return "nobody else can begin to write"

    assert await engine.transact(only_looks)
    other.execute("BEGIN IMMEDIATE")
    other.close()
    await engine.close()


async def test_the_file_s_folder_is_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "data" / "otklik.db"
    engine = await open_engine(f"sqlite:///{path}")
    await engine.close()
    assert path.is_file()


async def test_only_its_owner_can_read_what_customers_wrote(tmp_path: Path) -> None:
    path = tmp_path / "ours" / "data" / "otklik.db"
    engine = await open_engine(f"sqlite:///{path}")
    await engine.transact(lambda conn: conn.execute(text("CREATE TABLE said (words TEXT)")))
    rights = {each.name: oct(each.stat().st_mode & 0o777) for each in path.parent.iterdir()}
    await engine.close()
    assert rights == dict.fromkeys(("otklik.db", "otklik.db-wal", "otklik.db-shm"), "0o600")
    assert {oct(each.stat().st_mode & 0o777) for each in (path.parent, path.parent.parent)} == {"0o700"}


async def test_a_file_that_others_may_read_stays_as_it_was_set_up(tmp_path: Path) -> None:
    path = tmp_path / "otklik.db"
    path.touch(mode=0o640)
    await (await open_engine(f"sqlite:///{path}")).close()
    assert oct(path.stat().st_mode & 0o777) == "0o640"


async def test_what_was_committed_is_there_after_a_restart(database_url: str) -> None:
    engine = await open_engine(database_url)
    await engine.transact(lambda conn: conn.execute(text("CREATE TABLE kept (id INTEGER)")))
    await engine.close()
    engine = await open_engine(database_url)
    await engine.transact(lambda conn: conn.execute(text("SELECT id FROM kept")))
    await engine.close()


async def test_an_error_does_not_show_what_was_written(database_url: str) -> None:
    engine = await open_engine(database_url)
    with pytest.raises(Exception, match="nowhere") as caught:
        await engine.transact(
            lambda conn: conn.execute(text("INSERT INTO nowhere VALUES (:said)"), {"said": "her secret"})
        )
    assert "secret" not in str(caught.value)
    await engine.close()


async def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "otklik.db"
    path.write_text("a shopping list " * 100, "utf-8")
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        await open_engine(f"sqlite:///{path}")


def test_only_two_databases_are_spoken_to() -> None:
    assert parse_url("sqlite:///otklik.db").drivername == "sqlite+aiosqlite"
    assert parse_url("postgresql://me@host/desk").drivername == "postgresql+asyncpg"
    with pytest.raises(ValueError, match="mysql"):
        parse_url("mysql://me@host/desk")
