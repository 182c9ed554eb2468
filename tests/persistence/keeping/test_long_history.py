"""150,000 tickets are backed up, restored and moved: whole, and in a time that somebody waits for."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select

from storage.keeping.backing_up import back_up, suffix_of
from storage.keeping.moving import move_all
from storage.keeping.restoring import restore
from storage.keeping.stopping import Interruption
from storage.tables import metadata
from tests import postgres
from tests.benches.history import Past, write
from tests.persistence.keeping.conftest import Empty, in_it
from tests.persistence.keeping.test_moving import Watcher

PAST = Past("main", 7, -5)


def counts(url: str) -> dict[str, int]:
    """How many rows each table has."""

    def unit(conn: Connection) -> dict[str, int]:
        return {
            name: conn.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in metadata.tables.items()
        }

    found = postgres.apart(lambda: in_it(url, unit))
    assert isinstance(found, dict)
    return found


@contextmanager
def told(what: str) -> Iterator[None]:
    begun = time.monotonic()
    yield
    print(f"{what}: {time.monotonic() - begun:.1f} s")  # noqa: T201 - the figures are the point


@pytest.mark.proof
def test_a_history_of_150_000_tickets(
    migrated_url: str, empty: Empty, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    fill: Callable[[Connection], None] = lambda conn: write(conn, PAST)  # noqa: E731
    postgres.apart(lambda: in_it(migrated_url, fill))
    before, kind = counts(migrated_url), migrated_url.partition(":")[0]
    assert before["tickets"] == PAST.tickets
    assert before["messages"] == PAST.messages
    backup, restored = tmp_path / f"backup{suffix_of(migrated_url)}", empty(migrated_url)
    with told(f"{kind}, backup"):
        back_up(migrated_url, backup, Interruption())
    with told(f"{kind}, restore of {backup.stat().st_size / 1e6:.0f} MB"):
        restore(backup, restored, Interruption())
    assert counts(restored) == before
    request.getfixturevalue("postgres_server")
    other = empty("postgresql" if kind == "sqlite" else "sqlite")
    with told(f"{kind}, move to the other kind"):
        postgres.apart(lambda: move_all(migrated_url, other, Watcher()))
    assert counts(other) == before
