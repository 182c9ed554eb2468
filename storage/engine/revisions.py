"""At which revision of the schema a database stands, and which revisions this release knows."""

from functools import cache
from pathlib import Path

from sqlalchemy import Connection, inspect, text

MIGRATIONS = Path(__file__).parent.with_name("migrations")


MOVING = "moving"
"""What a database says instead while otklik migrate is filling it: half of the data is no database."""


@cache
def known() -> frozenset[str]:
    """Every revision this release can work with or migrate from: the numbered files."""
    return frozenset(path.stem.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def newest() -> str:
    """The revision this release works with."""
    return max(known())


def revision(conn: Connection) -> str | None:
    """The revision a database is at; None for an empty one."""
    if not inspect(conn).has_table("alembic_version"):
        return None
    found: str | None = conn.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return found
