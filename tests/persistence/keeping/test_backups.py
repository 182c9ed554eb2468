"""A backup holds all there is, can be restored, and is never taken for good when it is not."""

import asyncio
import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.engine.engines import open_engine
from storage.engine.revisions import newest
from storage.keeping import backing_up, new_file, sqlite_copy
from storage.keeping.backing_up import back_up, suffix_of
from storage.keeping.folder import backup_name, backups_in, keep_newest, made_at
from storage.keeping.refusals import KeepingError, KeepingRefusedError
from storage.keeping.restoring import restore
from storage.keeping.stopping import Interruption
from tests.faults.outages.test_sqlite import no_file_may_grow
from tests.persistence.keeping.conftest import Empty, let_go, path_of, rows, said_by

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


def backup_of(url: str, folder: Path, name: str = "backup") -> Path:
    target = folder / f"{name}{suffix_of(url)}"
    back_up(url, target, Interruption())
    return target


def refused(does: Callable[[], object]) -> str:
    """The reason for which it is not even begun."""
    with pytest.raises(KeepingRefusedError) as told:
        does()
    return told.value.reason.removeprefix("keeping.")


def test_what_was_backed_up_comes_back(full_url: str, empty: Empty, tmp_path: Path) -> None:
    before, backup, other = rows(full_url), backup_of(full_url, tmp_path), empty(full_url)
    restored = restore(backup, other, Interruption())
    assert (restored.revision, restored.tickets, restored.messages) == (newest(), 2, 2)
    assert rows(other) == let_go(before)
    assert all(row["holder"] for row in before["leases"])
    assert len(before) > 20


def test_a_backup_is_for_its_owner_only_and_nothing_else_is_left(full_url: str, tmp_path: Path) -> None:
    os.umask(os.umask(0o022))
    backup = backup_of(full_url, tmp_path / "new" / "folder")
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert stat.S_IMODE(backup.parent.stat().st_mode) == 0o700
    assert [each.name for each in backup.parent.iterdir()] == [backup.name]


def test_nothing_is_overwritten(full_url: str, tmp_path: Path) -> None:
    backup = backup_of(full_url, tmp_path)
    held = backup.read_bytes()
    assert refused(lambda: backup_of(full_url, tmp_path)) == "exists"
    assert backup.read_bytes() == held


def test_who_comes_first_to_a_name_keeps_it(tmp_path: Path) -> None:
    target = tmp_path / "backup.db"

    def lose_the_race() -> None:
        with new_file.new_file(target) as beside:
            beside.write_text("ours")
            target.write_text("theirs")

    assert refused(lose_the_race) == "exists"
    assert target.read_text("utf-8") == "theirs"
    assert [each.name for each in tmp_path.iterdir()] == ["backup.db"]


def test_a_database_that_is_not_there_is_not_made_by_a_backup(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'none.db'}"
    assert refused(lambda: backup_of(url, tmp_path)) == "no_database"
    assert list(tmp_path.iterdir()) == []


def test_a_restore_touches_nothing_that_is_there(full_url: str, tmp_path: Path) -> None:
    backup = backup_of(full_url, tmp_path)
    said_by(full_url, "DELETE FROM timers")
    changed = rows(full_url)
    reason = "exists" if full_url.startswith("sqlite") else "not_empty"
    assert refused(lambda: restore(backup, full_url, Interruption())) == reason
    assert rows(full_url) == changed


@pytest.mark.parametrize("side", ["-wal", "-shm", "-journal"])
def test_a_log_that_another_database_left_is_never_taken_for_the_restored_one_s(
    side: str, tmp_path: Path, sqlite_template: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'otklik.db'}"
    (tmp_path / f"otklik.db{side}").write_text("of another life")
    assert refused(lambda: restore(sqlite_template, url, Interruption())) == "exists"
    assert not path_of(url).exists()


def spoil(backup: Path) -> None:
    """Flip bytes in the middle, as a dying disk does."""
    held = bytearray(backup.read_bytes())
    middle = len(held) // 2
    held[middle : middle + 3_000] = bytes(255 - byte for byte in held[middle : middle + 3_000])
    backup.write_bytes(held)


def cut(backup: Path) -> None:
    """Leave out the end, as a copy that was broken off does."""
    held = backup.read_bytes()
    backup.write_bytes(held[: len(held) * 2 // 3])


@pytest.mark.parametrize("harm", [spoil, cut])
def test_a_damaged_backup_is_refused(
    harm: Callable[[Path], None], full_url: str, empty: Empty, tmp_path: Path
) -> None:
    backup, other = backup_of(full_url, tmp_path), empty(full_url)
    harm(backup)
    assert refused(lambda: restore(backup, other, Interruption())) == "damaged"
    assert not other.startswith("sqlite") or not path_of(other).exists()
    if not other.startswith("sqlite"):
        assert rows(other) == {}


def test_a_backup_that_came_out_damaged_gets_no_name(
    full_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever spoils it on its way to the disk is seen before anybody relies on it."""
    whole = (sqlite_copy.inspect_file, backing_up.postgres_tools.inspect_dump)
    monkeypatch.setattr(sqlite_copy, "inspect_file", lambda path, how: (spoil(path), whole[0](path, how)))
    monkeypatch.setattr(
        backing_up.postgres_tools, "inspect_dump", lambda path, how: (cut(path), whole[1](path, how))
    )
    folder = tmp_path / "backups"
    assert refused(lambda: backup_of(full_url, folder)) == "damaged"
    assert list(folder.iterdir()) == []


def test_a_backup_of_a_newer_release_is_refused(full_url: str, empty: Empty, tmp_path: Path) -> None:
    said_by(full_url, "UPDATE alembic_version SET version_num = '9042'")
    backup, other = backup_of(full_url, tmp_path), empty(full_url)
    assert refused(lambda: restore(backup, other, Interruption())) == "newer_backup"


def test_a_database_in_use_is_no_backup(tmp_path: Path, sqlite_template: Path) -> None:
    """Its newest changes stand in the log beside it: taken alone, the file would lack them."""
    live = tmp_path / "copied.db"
    live.write_bytes(sqlite_template.read_bytes())
    with closing(sqlite3.connect(live)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("INSERT INTO places VALUES ('main', -1, -2, NULL)")
        database.commit()
        url = f"sqlite:///{tmp_path / 'otklik.db'}"
        assert refused(lambda: restore(live, url, Interruption())) == "in_use"


@pytest.mark.parametrize("text", ["", "not a backup at all", "SQLite format 3\0 but no more"])
def test_any_other_file_is_refused(text: str, database_url: str, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text(text, "utf-8")
    reason = refused(lambda: restore(other, database_url, Interruption()))
    assert reason in {"no_backup", "damaged", "sqlite_backup"}


def test_a_backup_of_the_other_kind_says_what_to_do(
    postgres_url: str, sqlite_template: Path, tmp_path: Path
) -> None:
    assert refused(lambda: restore(sqlite_template, postgres_url, Interruption())) == "sqlite_backup"
    dump = tmp_path / "other.dump"
    back_up(postgres_url, dump, Interruption())
    url = f"sqlite:///{tmp_path / 'otklik.db'}"
    assert refused(lambda: restore(dump, url, Interruption())) == "postgres_backup"


async def test_where_a_bot_is_at_work_nothing_is_restored(postgres_url: str, tmp_path: Path) -> None:
    dump = tmp_path / "other.dump"
    back_up(postgres_url, dump, Interruption())
    bot = await open_engine(postgres_url)
    try:
        with pytest.raises(KeepingRefusedError) as told:
            await asyncio.to_thread(restore, dump, postgres_url, Interruption())
    finally:
        await bot.close()
    assert told.value.reason == "keeping.at_work"


def test_a_disk_that_fills_leaves_nothing_behind(tmp_path: Path, sqlite_template: Path) -> None:
    url, folder = f"sqlite:///{sqlite_template}", tmp_path / "backups"
    small = tmp_path / "small"
    small.write_bytes(b"x" * 50_000)
    with no_file_may_grow(small), pytest.raises(KeepingError) as told:
        backup_of(url, folder)
    assert told.value.reason in {"keeping.full", "keeping.disk"}
    assert list(folder.iterdir()) == []


def test_a_disk_without_room_is_not_filled_in_vain(
    tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = sqlite_template.stat().st_size

    class Usage:
        free = size * 3 // 2

    monkeypatch.setattr(backing_up.shutil, "disk_usage", lambda path: Usage)
    url = f"sqlite:///{sqlite_template}"
    with pytest.raises(KeepingError) as told:
        back_up(url, tmp_path / "spare.db", Interruption(), spare=True)
    assert told.value.reason == "keeping.full"
    back_up(url, tmp_path / "any.db", Interruption())


def test_a_backup_that_is_stopped_leaves_nothing_behind(full_url: str, tmp_path: Path) -> None:
    interruption, folder = Interruption(), tmp_path / "backups"
    interruption.stop()
    target = folder / f"backup{suffix_of(full_url)}"
    with pytest.raises(KeepingError) as told:
        back_up(full_url, target, interruption)
    assert told.value.reason == "keeping.interrupted"
    assert list(folder.iterdir()) == []


def test_only_the_oldest_of_our_own_backups_go(tmp_path: Path) -> None:
    made = [tmp_path / backup_name(NOON + timedelta(hours=n), ".db") for n in range(5)]
    strange = ["otklik.db", "notes.txt", "otklik-20261127-120000.db.bak", "my-otklik-20261127-120000.db"]
    for name in [*strange, *(each.name for each in made)]:
        (tmp_path / name).write_text("x")
    assert keep_newest(tmp_path, 2, made[4]) == made[:3]
    assert backups_in(tmp_path) == made[3:]
    assert all((tmp_path / name).exists() for name in strange)
    assert made_at(made[4]) == NOON + timedelta(hours=4)


def test_a_backup_just_made_stays_though_the_clock_went_back(tmp_path: Path) -> None:
    later = [tmp_path / backup_name(NOON + timedelta(hours=n), ".db") for n in (1, 2)]
    now = tmp_path / backup_name(NOON, ".db")
    for each in (*later, now):
        each.write_text("x")
    keep_newest(tmp_path, 1, now)
    assert backups_in(tmp_path) == [now]
