"""A database that otklik run cannot use is refused in one clear line, and left as it is."""

import sqlite3
from pathlib import Path

import pytest

from storage.engine.revisions import newest
from tests.ground.terminal import otklik

CONFIG = """
[storage]
url = "sqlite:///otklik.db"
[telegram]
api_url = "http://127.0.0.1:9"
[desk.main]
token = "7100000001:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
operators_group = -1001111111111
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text(CONFIG, "utf-8")
    return tmp_path


def test_a_newer_release_s_database(home: Path) -> None:
    with sqlite3.connect(home / "otklik.db") as database:
        database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        database.execute("INSERT INTO alembic_version VALUES ('9042')")
    database.close()
    typed = otklik("run", home=home, language="ru_RU")
    assert typed.code == 1
    [line] = typed.lines
    assert line.startswith(
        f"База записана более новой версией Otklik (схема 9042, эта версия знает {newest()})"
    )
    with sqlite3.connect(home / "otklik.db") as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    database.close()
    assert names == ["alembic_version"]


def test_a_file_that_is_no_database(home: Path) -> None:
    (home / "otklik.db").write_text("a shopping list " * 100, "utf-8")
    typed = otklik("run", home=home)
    assert typed.code == 1
    assert typed.lines[0] == "storage.url: the database cannot be used. file is not a database"
    assert "Exception" not in typed.err
