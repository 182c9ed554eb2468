"""The databases a bench stands on: SQLite always, PostgreSQL where the tests find one."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, create_engine, make_url

from storage.engine.engines import open_engine
from storage.engine.ledger import Ledger
from storage.engine.schema import ensure
from tests import postgres

HURRY = ("foreign_keys = OFF", "synchronous = OFF", "cache_size = -500000", "temp_store = MEMORY")


@dataclass(frozen=True, slots=True)
class Database:
    """An engine by name, and how to get an empty database on it."""

    name: str
    empty: Callable[[Path], str]

    async def fill(self, url: str, unit: Callable[[Connection], None]) -> None:
        """Make the schema and let `unit` fill it in one transaction, before any bot opens it."""
        ledger = Ledger(await open_engine(url))
        try:
            await ensure(ledger)
            if self.name != "SQLite":
                await ledger.run_alone(unit)
        finally:
            await ledger.close()
        if self.name == "SQLite":
            _fill_in_a_hurry(url, unit)
        else:  # what autovacuum would do sooner or later, done before the clock starts
            postgres.execute(url, "VACUUM ANALYZE")


def _fill_in_a_hurry(url: str, unit: Callable[[Connection], None]) -> None:
    """Fill a file with nothing to lose; the bot opens it with its own, careful settings."""
    engine = create_engine(make_url(url).set(drivername="sqlite"))
    with engine.connect() as conn:
        for pragma in HURRY:
            conn.exec_driver_sql(f"PRAGMA {pragma}")
        conn.commit()
        unit(conn)
        conn.commit()
    engine.dispose()


@contextmanager
def databases() -> Iterator[list[Database]]:
    """Every engine of this machine; databases on a server are dropped at the end."""
    with ExitStack() as stack:
        found = [Database("SQLite", lambda folder: f"sqlite:///{folder / 'otklik.db'}")]
        if postgres.within_reach():
            server = stack.enter_context(postgres.server())
            fresh = postgres.fresh_database
            found.append(Database("PostgreSQL", lambda _: stack.enter_context(fresh(server))))
        yield found
