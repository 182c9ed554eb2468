"""Chooses the database by the URL in storage.url."""

from collections.abc import Callable

from sqlalchemy import make_url
from sqlalchemy.engine import URL

from storage.engine.ledger import Engine
from storage.engine.trouble import StorageTrouble


def parse_url(url: str) -> URL:
    """The URL with its asynchronous driver; ValueError names what is supported."""
    parsed = make_url(url)
    match parsed.get_backend_name():
        case "sqlite":
            return parsed.set(drivername="sqlite+aiosqlite")
        case "postgresql":
            return parsed.set(drivername="postgresql+asyncpg")
        case other:
            raise ValueError(f"{other}: only sqlite and postgresql are supported")


async def open_engine(url: str, on_mended: Callable[[StorageTrouble], None] = lambda trouble: None) -> Engine:
    """Open the database of a storage.url; `on_mended` hears of files that were put right."""
    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite":
        from storage.engine.sqlite import SqliteEngine

        return await SqliteEngine(parsed.database or ":memory:", on_mended).open()
    from storage.engine.postgres import PostgresEngine

    return await PostgresEngine(parsed).open()
