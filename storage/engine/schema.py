"""Migrates a database to this release's schema, or back to an older one."""

from sqlalchemy import Connection, text

from storage.engine.ledger import Ledger
from storage.engine.revisions import MIGRATIONS, MOVING, known, newest, revision
from storage.engine.trouble import StorageUnusableError

MIGRATING = 7_305_811
"""The number under which PostgreSQL keeps migrations apart."""


def move(conn: Connection, to: str) -> None:
    """Migrate forward or back to a revision ("base" for nothing at all)."""
    from alembic import command  # takes most of a second, and most starts do not need it
    from alembic.config import Config

    if conn.dialect.name == "postgresql":  # two processes may start at once; SQLite has one writer anyway
        conn.execute(text("SELECT pg_advisory_xact_lock(:ours)"), {"ours": MIGRATING})
    config = Config(attributes={"connection": conn})
    config.set_main_option("script_location", str(MIGRATIONS))
    at = revision(conn) or ""
    if at == MOVING:
        raise StorageUnusableError("otklik migrate has not filled it to the end; say that command again")
    if at and at not in known():
        raise UnknownSchemaError(at, newest())
    if to == "base" or (to in known() and at > to):
        command.downgrade(config, to)
    else:
        command.upgrade(config, to)


class UnknownSchemaError(Exception):
    """The database was written by a newer release than this one: `found` is its schema, `known` is ours."""

    def __init__(self, found: str, known: str) -> None:
        super().__init__(f"the database has schema {found}, this release knows {known}")
        self.found, self.known = found, known


async def ensure(ledger: Ledger) -> bool:
    """Bring the database up to date; most starts find it so with one look. True if it was empty."""
    target, found = newest(), await ledger.run(revision)
    if found != target:
        await ledger.run_alone(lambda conn: move(conn, target))
    return found is None
