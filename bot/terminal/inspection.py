"""The knowledge bases of a configuration as the bot would have them: files and versions, and their use.

Nothing is changed, and no database is made where there is none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from bot.config import Desk, Settings
from editorial.learning.evidence import UsageSnapshot
from faq.entries.knowledge import Knowledge
from faq.entries.problem import BrokenFaq
from faq.files.body import Body, trusted
from faq.files.filing import Filed, FileEntry, compare
from faq.files.glossary import Glossary
from faq.files.source import FilesBroken, FilesRead, Source
from faq.judging.flaws import Flaw
from faq.judging.lint import UNUSED_AFTER, lint
from faq.matching.matcher import build, settled, weights_for
from storage.engine.engines import open_engine, parse_url
from storage.engine.ledger import Ledger
from storage.engine.revisions import newest, revision
from storage.knowledge.evidence import EvidenceStore
from storage.knowledge.versions import FiledStore, VersionStore


@dataclass(frozen=True, slots=True)
class Inspected:
    """A desk's knowledge base; usage is None without a database of this release."""

    knowledge: Knowledge
    glossary: Glossary
    usage: UsageSnapshot | None


@dataclass(frozen=True, slots=True)
class _Kept:
    newest: Mapping[str, Body | None]
    filed: Sequence[Filed]
    usage: UsageSnapshot


async def inspect(settings: Settings) -> dict[str, Inspected]:
    """Every desk by its name. Raises BrokenFaq for the first with files that cannot be used."""
    now = datetime.now(UTC)
    heard = {name: _hear(desk) for name, desk in settings.desk.items()}
    kept = await _kept(settings, now)
    return {
        name: _together(said, kept.get(name), now, silent=not settings.desk[name].faq)
        for name, said in heard.items()
    }


def lints(desk: Desk, inspected: Inspected) -> tuple[Flaw, ...]:
    """What could be better, found with the desk's own thresholds and glossary.

    The encoder is left out: reading every phrasing five times over would take minutes.
    """
    make = partial(build, glossary=inspected.glossary)
    thresholds = weights_for(None).thresholds(desk.faq_sure, desk.faq_unsure)
    whole = make(inspected.knowledge, thresholds)
    trial = partial(make, thresholds=settled(whole))
    return lint(inspected.knowledge, whole, inspected.usage, rebuild=trial)


def _hear(desk: Desk) -> FilesRead:
    match Source(desk.faq, desk.glossary).look():
        case FilesRead() as heard:
            return heard
        case FilesBroken(problems):
            raise BrokenFaq(problems)
    return FilesRead((), Glossary())


def _together(heard: FilesRead, kept: _Kept | None, now: datetime, *, silent: bool) -> Inspected:
    """A desk without files is `silent`: what stands in the database is all there is."""
    if kept is None:
        entries = [trusted(each.body) for each in heard.said]
        return Inspected(Knowledge.from_entries(entries), heard.glossary, None)
    bodies = dict(kept.newest) if silent else _standing(heard.said, kept, now)
    entries = [trusted(body) for body in bodies.values() if body is not None]
    return Inspected(Knowledge.from_entries(entries), heard.glossary, kept.usage)


def _standing(said: Sequence[FileEntry], kept: _Kept, now: datetime) -> dict[str, Body | None]:
    """What would be in use once the files have been listened to."""
    plan = compare(said, kept.filed, kept.newest, now)
    return dict(kept.newest) | {change.entry_id: change.body for change in plan.changes}


async def _kept(settings: Settings, now: datetime) -> dict[str, _Kept]:
    """What the database knows of each desk; nothing if there is none, or if it is another release's."""
    if not _is_there(settings.storage.url):
        return {}
    ledger = Ledger(await open_engine(settings.storage.url))
    try:
        return await ledger.run(lambda conn: _read(conn, [*settings.desk], now))
    finally:
        await ledger.close()


def _is_there(url: str) -> bool:
    parsed = parse_url(url)
    return parsed.get_backend_name() != "sqlite" or Path(parsed.database or "").is_file()


def _read(conn: Connection, desks: Sequence[str], now: datetime) -> dict[str, _Kept]:
    if revision(conn) != newest():
        return {}
    found = {}
    for desk in desks:
        evidence = EvidenceStore(conn, desk)
        usage = UsageSnapshot(evidence.began(), evidence.since(now - UNUSED_AFTER))
        found[desk] = _Kept(dict(VersionStore(conn, desk).standing()), FiledStore(conn, desk).all(), usage)
    return found
