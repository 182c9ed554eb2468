"""Which errors are the database's or the machine's trouble, told by real ones of both databases."""

import errno
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from storage.engine.engines import open_engine
from storage.engine.trouble import StorageTrouble, trouble_of, unusable

PASSING = {
    "08006": StorageTrouble.AWAY,
    "57P01": StorageTrouble.AWAY,
    "57P03": StorageTrouble.AWAY,
    "53300": StorageTrouble.AWAY,
    "25P03": StorageTrouble.AWAY,
    "57014": StorageTrouble.LOCKED,
    "55P03": StorageTrouble.LOCKED,
    "40P01": StorageTrouble.LOCKED,
    "40001": StorageTrouble.LOCKED,
    "53100": StorageTrouble.FULL,
    "53200": StorageTrouble.EXHAUSTED,
    "25006": StorageTrouble.READ_ONLY,
    "58030": StorageTrouble.FAILING,
    "XX001": StorageTrouble.FAILING,
}
OURS = ("22001", "22003", "22P02", "23505", "42601", "42P01", "P0001", "XX000")
"""Too long, too large, not a number, a key twice, bad SQL, no such table: time heals none of it."""


async def failing(url: str, work: Callable[[Connection], object]) -> Exception:
    """The error that a unit of work ends with."""
    engine = await open_engine(url)
    try:
        with pytest.raises(Exception) as caught:  # noqa: PT011 - which one it is, is the question
            await engine.transact(work)
    finally:
        await engine.close()
    return caught.value


def raising(state: str) -> Callable[[Connection], object]:
    """Makes the server report an error with this SQLSTATE."""
    block = f"DO $$ BEGIN RAISE EXCEPTION 'tried out' USING ERRCODE = '{state}'; END $$"
    return lambda conn: conn.execute(text(block))


@pytest.mark.parametrize(("state", "trouble"), PASSING.items())
async def test_what_passes_on_postgresql(postgres_url: str, state: str, trouble: StorageTrouble) -> None:
    assert trouble_of(await failing(postgres_url, raising(state))) is trouble


@pytest.mark.parametrize("state", OURS)
async def test_what_is_ours_on_postgresql(postgres_url: str, state: str) -> None:
    assert trouble_of(await failing(postgres_url, raising(state))) is None


async def test_a_value_that_the_driver_refuses_is_ours(postgres_url: str) -> None:
    error = await failing(
        postgres_url, lambda conn: conn.execute(text("SELECT CAST(:n AS INTEGER)"), {"n": 2**70})
    )
    assert trouble_of(error) is None


@pytest.mark.parametrize("at_start", [True, False])
async def test_who_is_not_let_in_need_not_wait(postgres_url: str, at_start: bool) -> None:
    stranger = postgres_url.replace("//postgres@", "//otklik_nobody_of_this_name@")
    with pytest.raises(Exception, match="otklik_nobody") as caught:
        await open_engine(stranger)
    assert "otklik_nobody" in str(unusable(caught.value, at_start=at_start))


async def test_a_database_that_does_not_exist_is_wrong_at_the_start_only(postgres_url: str) -> None:
    with pytest.raises(Exception, match="does not exist") as caught:
        await open_engine(postgres_url + "_not_there")
    assert unusable(caught.value, at_start=True) is not None
    assert unusable(caught.value, at_start=False) is None


async def test_what_passes_on_sqlite(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'otklik.db'}"

    def fill(conn: Connection) -> None:
        conn.execute(text("CREATE TABLE said (words TEXT)"))
        conn.connection.execute("PRAGMA max_page_count = 3")  # type: ignore[attr-defined]
        conn.execute(text("INSERT INTO said VALUES (:words)"), {"words": "очень " * 10_000})

    assert trouble_of(await failing(url, fill)) is StorageTrouble.FULL

    def only_read(conn: Connection) -> None:
        conn.connection.execute("PRAGMA query_only = 1")  # type: ignore[attr-defined]
        conn.execute(text("CREATE TABLE said (words TEXT)"))

    assert trouble_of(await failing(url, only_read)) is StorageTrouble.READ_ONLY


async def test_what_is_ours_on_sqlite(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'otklik.db'}"
    assert trouble_of(await failing(url, lambda conn: conn.execute(text("SELEC 1")))) is None
    twice = "CREATE TABLE a (id INTEGER PRIMARY KEY)", "INSERT INTO a VALUES (1)", "INSERT INTO a VALUES (1)"
    assert trouble_of(await failing(url, lambda conn: [conn.execute(text(each)) for each in twice])) is None


async def test_no_database_is_said_at_the_start(tmp_path: Path) -> None:
    shopping = tmp_path / "otklik.db"
    shopping.write_text("a shopping list " * 100, "utf-8")
    for path in (shopping, tmp_path, shopping / "below" / "otklik.db"):
        with pytest.raises((sqlite3.Error, OSError)) as caught:
            await open_engine(f"sqlite:///{path}")
        assert unusable(caught.value, at_start=True) is not None, path


def test_a_locked_file_is_trouble(tmp_path: Path) -> None:
    path = tmp_path / "otklik.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as one:
        one.execute("BEGIN IMMEDIATE")
        two = sqlite3.connect(path, timeout=0, isolation_level=None)
        with closing(two), pytest.raises(sqlite3.OperationalError) as caught:
            two.execute("BEGIN IMMEDIATE")
    assert trouble_of(caught.value) is StorageTrouble.LOCKED


def test_what_the_machine_lacks_is_trouble_and_a_missing_file_is_not() -> None:
    lacking = {
        errno.EMFILE: StorageTrouble.EXHAUSTED,
        errno.ENOSPC: StorageTrouble.FULL,
        errno.EROFS: StorageTrouble.READ_ONLY,
    }
    assert {number: trouble_of(OSError(number, "?")) for number in lacking} == lacking
    assert trouble_of(MemoryError()) is StorageTrouble.EXHAUSTED
    assert [trouble_of(error) for error in (FileNotFoundError(2, "?"), ValueError("?"), KeyError("?"))] == [
        None,
        None,
        None,
    ]
