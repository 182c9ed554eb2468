"""The databases tests stand on: both engines, empty, apart from each other."""

import sqlite3
from pathlib import Path

import pytest

from tests import postgres
from tests.postgres import execute

TABLE = "CREATE TABLE once (id INTEGER)"


def make_once(url: str) -> None:
    """Create a table that must not be there yet."""
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
            connection.execute(TABLE)
        connection.close()
    else:
        execute(url, TABLE)


def test_a_database_is_empty(database_url: str) -> None:
    make_once(database_url)


def test_the_next_test_s_database_is_empty_again(database_url: str) -> None:
    make_once(database_url)


def test_the_session_s_postgresql_answers(postgres_url: str) -> None:
    assert execute(postgres_url, "SELECT 1") == "SELECT 1"


def test_without_any_server_one_is_started_and_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(postgres.TOLD, raising=False)
    monkeypatch.setattr(postgres, "USUAL", "postgresql://postgres@127.0.0.1:1/postgres")
    if postgres.binaries() is None:
        with pytest.raises(RuntimeError, match="no PostgreSQL"), postgres.server():
            raise AssertionError
        return
    with postgres.server() as url:
        assert execute(url, "SELECT 1") == "SELECT 1"
    with pytest.raises(OSError, match="Connect call failed"):
        execute(url, "SELECT 1")


@pytest.mark.browser
def test_a_browser_is_only_promised_where_it_is(chromium_path: str) -> None:
    assert Path(chromium_path).is_file()
