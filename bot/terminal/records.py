"""A desk's entries in the database for whoever sits at the terminal: out as they stand, in as versions.

The desk may be at work meanwhile: it notices what was added within a second.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection

from faq.entries.entry import Entry
from faq.entries.version import Action, Author
from faq.files.body import same, to_body, trusted
from storage.engine.engines import open_engine, parse_url
from storage.engine.ledger import Ledger
from storage.engine.revisions import newest, revision
from storage.engine.schema import ensure
from storage.knowledge.versions import VersionStore

T = TypeVar("T")


class NoRecords(Exception):  # noqa: N818 - the house names its exceptions in plain words
    """There is no database, or none of this release."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a file's entries, by their ids."""

    added: tuple[str, ...]
    replaced: tuple[str, ...]
    same: tuple[str, ...]
    other: tuple[str, ...]
    """The database says something else, or has removed them, and they were not to be replaced."""


async def entries_of(url: str, desk: str) -> list[Entry]:
    """Every entry that is not removed, in the order in which customers browse them. Raises NoRecords."""
    if not _is_there(url):
        raise NoRecords

    def read(conn: Connection) -> list[Entry]:
        if revision(conn) != newest():
            raise NoRecords
        return [trusted(body) for _, body in VersionStore(conn, desk).standing() if body is not None]

    return await _with(url, read, make=False)


async def take_in(url: str, desk: str, entries: Sequence[Entry], source: str, *, replace: bool) -> TakenIn:
    """Add what is new as versions, in one transaction; what differs only if it is to be replaced."""

    def unit(conn: Connection) -> TakenIn:
        versions = VersionStore(conn, desk)
        standing = dict(versions.standing())
        kinds: dict[str, list[Entry]] = {"added": [], "same": [], "other": []}
        for entry in entries:
            kinds[_kind(entry, standing)].append(entry)
        wanted = [*kinds["added"], *(kinds["other"] if replace else ())]
        for entry in wanted:
            author, at = Author(None, source), datetime.now(UTC)
            versions.add(entry.id, Action.IMPORTED, entry, author=author, at=at)
        other = _ids(kinds["other"])
        return TakenIn(
            added=_ids(kinds["added"]),
            replaced=other if replace else (),
            same=_ids(kinds["same"]),
            other=() if replace else other,
        )

    return await _with(url, unit, make=True)


def _is_there(url: str) -> bool:
    """Opening SQLite's file would make it; a server's database is there or says so itself."""
    parsed = parse_url(url)
    return parsed.get_backend_name() != "sqlite" or Path(parsed.database or "").is_file()


def _kind(entry: Entry, standing: dict[str, dict[str, object] | None]) -> str:
    if entry.id not in standing:
        return "added"
    return "same" if same(to_body(entry), standing[entry.id]) else "other"


def _ids(entries: Sequence[Entry]) -> tuple[str, ...]:
    return tuple(entry.id for entry in entries)


async def _with(url: str, unit: Callable[[Connection], T], *, make: bool) -> T:
    ledger = Ledger(await open_engine(url))
    try:
        if make:
            await ensure(ledger)
        return await ledger.run_alone(unit)
    finally:
        await ledger.close()
