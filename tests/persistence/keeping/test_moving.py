"""Moving all data to another database: whole, checked, to be said again after a kill."""

import asyncio
from collections.abc import Callable

import pytest
from sqlalchemy import insert, select, text

from storage.engine.engines import open_engine
from storage.engine.ledger import Ledger
from storage.engine.revisions import newest
from storage.engine.schema import ensure
from storage.engine.trouble import StorageUnusableError
from storage.keeping import moving, sums
from storage.keeping.moving import move_all
from storage.keeping.refusals import KeepingError, KeepingRefusedError
from storage.tables import metadata, outbox
from tests import postgres
from tests.persistence.conftest import NOON
from tests.persistence.keeping.conftest import Empty, in_it, let_go, path_of, rows, said_by
from tests.persistence.test_migrations import Rows

PARCEL = {"desk": "main", "lane": 0, "chat_id": 1, "act": "say", "due_at": NOON, "posted_at": NOON}
KINDS = ("sqlite", "postgresql")


class Watcher:
    """Remembers what was told; may end the move in its middle, as a kill would."""

    def __init__(self, ends_at: str = "") -> None:
        self.tables: list[str] = []
        self.checked = False
        self._ends_at = ends_at

    def moved(self, table: str, rows: int, found: int) -> None:
        assert rows <= found
        self.tables.append(table)
        if table == self._ends_at:
            raise KeyboardInterrupt

    def checking(self) -> None:
        self.checked = True


def go(source: str, target: str, watcher: Watcher | None = None) -> int:
    return postgres.apart(lambda: move_all(source, target, watcher or Watcher()))


def reason(does: Callable[[], object]) -> str:
    with pytest.raises(KeepingError) as told:
        does()
    return told.value.reason.removeprefix("keeping.")


def compared(found: Rows) -> Rows:
    """A JSON text may be set in another way; what it says is the same."""
    return {name: sorted(each, key=lambda row: repr(sorted(row.items()))) for name, each in found.items()}


@pytest.fixture(params=KINDS)
def target(request: pytest.FixtureRequest, empty: Empty) -> str:
    """An empty database of either kind."""
    if request.param == "postgresql":
        request.getfixturevalue("postgres_server")
    return empty(request.param)


def test_everything_arrives_and_numbers_go_on(full_url: str, target: str) -> None:
    said_by(full_url, "DELETE FROM outbox WHERE id = 2")  # its number is never given again
    if full_url.startswith("postgresql"):  # rows were put there with their numbers
        postgres.execute(full_url, "SELECT setval(pg_get_serial_sequence('outbox', 'id'), 2)")
    before, watcher = rows(full_url), Watcher()
    moved = go(full_url, target, watcher)
    assert compared(rows(target)) == compared(let_go(before))
    assert moved == sum(map(len, before.values()))
    assert watcher.checked
    assert rows(full_url) == before
    added = insert(metadata.tables["outbox"]).returning(outbox.c.id)

    def parcel() -> object:
        return postgres.apart(lambda: in_it(target, lambda conn: conn.execute(added, PARCEL).scalar_one()))

    assert parcel() == 3


def test_a_bot_finds_its_schema_there(full_url: str, target: str) -> None:
    go(full_url, target)
    at = select(text("version_num")).select_from(text("alembic_version"))
    assert postgres.apart(lambda: in_it(target, lambda conn: conn.execute(at).scalar_one())) == newest()
    assert "moving" not in rows(target)


@pytest.mark.parametrize("ends_at", ["customers", "messages", "timers"])
def test_after_a_kill_the_same_command_goes_on(ends_at: str, full_url: str, target: str) -> None:
    with pytest.raises(KeyboardInterrupt):
        go(full_url, target, Watcher(ends_at))
    with pytest.raises(StorageUnusableError, match="otklik migrate"):
        postgres.apart(lambda: start(target))
    watcher = Watcher()
    go(full_url, target, watcher)
    assert ends_at not in watcher.tables
    assert compared(rows(target)) == compared(let_go(rows(full_url)))


async def start(url: str) -> None:
    """As a bot does."""
    ledger = Ledger(await open_engine(url))
    try:
        await ensure(ledger)
    finally:
        await ledger.close()


def test_a_source_that_changed_meanwhile_is_told(full_url: str, target: str) -> None:
    class Writer(Watcher):
        def checking(self) -> None:
            said_by(full_url, "UPDATE customers SET first_name = 'another' WHERE id = 1")

    assert reason(lambda: go(full_url, target, Writer())) == "source_changed"
    assert reason(lambda: go(full_url, target)) == "source_changed"
    with pytest.raises(StorageUnusableError):
        postgres.apart(lambda: start(target))


def test_rows_added_to_the_source_after_a_kill_are_told_at_once(full_url: str, target: str) -> None:
    with pytest.raises(KeyboardInterrupt):
        go(full_url, target, Watcher("messages"))
    said_by(full_url, "DELETE FROM timers WHERE id = 1")
    watcher = Watcher()
    assert reason(lambda: go(full_url, target, watcher)) == "source_changed"
    assert watcher.tables == []


def test_a_row_that_was_spoiled_on_its_way_is_noticed(full_url: str, target: str) -> None:
    class Spoiler(Watcher):
        def checking(self) -> None:
            said_by(target, "UPDATE messages SET operator_id = 8 WHERE id = 2")

    assert reason(lambda: go(full_url, target, Spoiler())) == "differs"
    with pytest.raises(StorageUnusableError):
        postgres.apart(lambda: start(target))


def test_rows_that_changed_places_are_noticed(full_url: str, target: str) -> None:
    """No two differences make up for each other, though counts and plain sums stay the same."""

    class Swapper(Watcher):
        def checking(self) -> None:
            said_by(target, "UPDATE messages SET operator_id = -operator_id")

    assert reason(lambda: go(full_url, target, Swapper())) == "differs"


def test_a_target_with_other_data_is_left_alone(full_url: str, empty: Empty) -> None:
    for kind in KINDS:
        target = empty(kind)
        said_by(target, "CREATE TABLE somebodys (id INTEGER)")
        assert reason(lambda target=target: go(full_url, target)) == "target_not_empty"
        assert rows(target) == {"somebodys": []}


def test_another_source_does_not_go_on_where_one_was_left(full_url: str, target: str, empty: Empty) -> None:
    other = empty(full_url)
    postgres.apart(lambda: start(other))
    with pytest.raises(KeyboardInterrupt):
        go(full_url, target, Watcher("messages"))
    assert reason(lambda: go(other, target)) == "other_move"


def test_a_database_is_not_moved_onto_itself(full_url: str) -> None:
    assert reason(lambda: go(full_url, full_url)) == "same"


def test_a_source_that_is_not_there_is_not_made(empty: Empty, target: str) -> None:
    source = empty("sqlite")
    assert reason(lambda: go(source, target)) == "no_source"
    assert not path_of(source).exists()


def test_another_release_s_data_is_not_moved(full_url: str, target: str) -> None:
    said_by(full_url, "UPDATE alembic_version SET version_num = '0001'")
    assert reason(lambda: go(full_url, target)) == "other_schema"


@pytest.mark.parametrize("side", [0, 1])
async def test_while_a_bot_is_at_work_nothing_is_moved(side: int, full_url: str, target: str) -> None:
    bot = await open_engine((full_url, target)[side])
    await bot.transact(lambda conn: conn.execute(text("SELECT 1")).scalar_one())
    try:
        with pytest.raises(KeepingRefusedError) as told:
            await asyncio.to_thread(go, full_url, target)
    finally:
        await bot.close()
    assert told.value.reason == "keeping.in_work"


def test_a_row_that_the_other_database_does_not_take_is_named(
    empty: Empty, sqlite_template: object, postgres_server: str
) -> None:
    """SQLite does not look how long a text is."""
    source, target = f"sqlite:///{sqlite_template}", empty("postgresql")
    copy = empty("sqlite")
    path_of(copy).write_bytes(path_of(source).read_bytes())
    said_by(copy, "INSERT INTO placements VALUES ('main', hex(zeroblob(30)), 1, 1)")
    with pytest.raises(KeepingError) as told:
        go(copy, target)
    assert told.value.reason == "keeping.not_taken"
    assert told.value.params["table"] == "placements"


def test_many_rows_go_in_bites(monkeypatch: pytest.MonkeyPatch, full_url: str, target: str) -> None:
    monkeypatch.setattr(sums, "AT_ONCE", 1)
    watcher = Watcher()
    go(full_url, target, watcher)
    assert watcher.tables.count("messages") == 2
    assert compared(rows(target)) == compared(let_go(rows(full_url)))


def test_every_table_has_a_key_to_go_by() -> None:
    assert all(sums.key_of(table) for table in moving.raw_tables())
