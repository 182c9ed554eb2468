"""The schema: up from nothing, down to nothing and up again, and the same as the tables we work with."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from storage.engine.ledger import Ledger
from storage.engine.revisions import newest, revision
from storage.engine.schema import UnknownSchemaError, ensure, move
from storage.tables import metadata


def tables(conn: Connection) -> set[str]:
    return set(inspect(conn).get_table_names()) - {"alembic_version"}


def differences(conn: Connection) -> list[object]:
    """What a new migration would have to do; empty when the migrations make exactly our tables."""
    defaults = conn.dialect.name == "postgresql"  # SQLite shows an empty default otherwise than it was given
    opts = {"compare_type": True, "compare_server_default": defaults}
    context = MigrationContext.configure(conn, opts=opts)
    return list(compare_metadata(context, metadata))


async def test_up_down_and_up_again(ledger: Ledger) -> None:
    assert await ledger.run(revision) is None
    await ensure(ledger)
    assert await ledger.run(revision) == newest()
    assert await ledger.run(tables) == set(metadata.tables)
    await ledger.run(lambda conn: move(conn, "base"))
    assert await ledger.run(revision) is None
    assert await ledger.run(tables) == set()
    await ensure(ledger)
    assert await ledger.run(tables) == set(metadata.tables)


async def test_migrations_make_exactly_the_tables_we_work_with(ledger: Ledger) -> None:
    await ensure(ledger)
    assert await ledger.run(differences) == []
    await ledger.run(lambda conn: conn.execute(text("DROP INDEX ix_pairs_message")))
    assert await ledger.run(differences) != []


async def test_the_indexes_that_must_not_be_raced_are_there(ledger: Ledger) -> None:
    await ensure(ledger)

    def unique(conn: Connection) -> set[str]:
        found = inspect(conn)
        return {
            f"{table}: {', '.join(str(name) for name in index['column_names'])}"
            for table in metadata.tables
            for index in [*found.get_indexes(table), *found.get_unique_constraints(table)]
            if index.get("unique", True)
        }

    assert {
        "tickets: desk, customer_id",
        "tickets: desk, number",
        "surveys: ticket_id",
        "customers: desk, telegram_id",
        "outbox: desk, dedupe",
        "timers: desk, kind, subject",
        "pairs: desk, chat_id, telegram_id, message_id",
        "notices: desk, token",
    } <= await ledger.run(unique)


async def test_a_start_that_finds_everything_in_place_changes_nothing(ledger: Ledger) -> None:
    await ensure(ledger)
    await ledger.run(lambda conn: conn.execute(text("INSERT INTO places VALUES ('main', -1, -2, NULL)")))
    await ensure(ledger)
    assert await ledger.run(lambda conn: conn.execute(text("SELECT chat_id FROM places")).scalar_one()) == -2


async def test_a_database_of_a_newer_release_is_left_alone(ledger: Ledger) -> None:
    await ensure(ledger)
    await ledger.run(lambda conn: conn.execute(text("UPDATE alembic_version SET version_num = '9042'")))
    with pytest.raises(UnknownSchemaError, match="9042"):
        await ensure(ledger)
    assert await ledger.run(tables) == set(metadata.tables)
    assert await ledger.run(revision) == "9042"
