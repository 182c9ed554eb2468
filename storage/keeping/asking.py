"""Short questions to a database that the command line works on, and plain words where it does not answer."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from sqlalchemy import Connection, text
from sqlalchemy.engine import URL

from storage.engine.engines import open_engine, parse_url
from storage.engine.ledger import Ledger
from storage.engine.trouble import StorageUnusableError, trouble_of, unusable

T = TypeVar("T")

AT_WORK = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND application_name = 'otklik' AND pid <> pg_backend_pid()"
)
TABLES = text(
    "SELECT count(*) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace"
    " WHERE relkind IN ('r', 'p') AND nspname = current_schema()"
    " AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')"
)


@asynccontextmanager
async def asking(url: str) -> AsyncIterator[Ledger]:
    """The database for some questions. Raises StorageUnusableError if it does not answer."""
    try:
        ledger = Ledger(await open_engine(url))
    except Exception as error:
        raise said(error) from error
    try:
        yield ledger
    finally:
        await ledger.close()


def said(error: Exception) -> Exception:
    """The same error as one that names the database; one that is not the database's stays as it is."""
    hopeless = unusable(error, at_start=True)
    if hopeless is not None:
        return hopeless
    if trouble_of(error) is not None:
        return StorageUnusableError(str(error).partition("\n")[0] or type(error).__name__)
    return error


async def ask(url: str, unit: Callable[[Connection], T]) -> T:
    """One question."""
    async with asking(url) as ledger:
        return await ledger.run_alone(unit)


def bots_at_work(conn: Connection) -> int:
    """How many processes of ours are on a database of PostgreSQL's."""
    found: int = conn.execute(AT_WORK).scalar_one()
    return found


def tables_there(conn: Connection) -> int:
    """How many tables anybody has made where ours would be."""
    found: int = conn.execute(TABLES).scalar_one()
    return found


def is_sqlite(url: str | URL) -> bool:
    """Whether it is a file of SQLite's."""
    return parse_url(str(url)).get_backend_name() == "sqlite"
