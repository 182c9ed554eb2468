"""Entries for whoever sits at the terminal, on both databases."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.terminal.records import TakenIn, entries_of, take_in
from faq.entries.entry import ANY, Entry
from faq.entries.version import Action, Author
from faq.files.formats import export_yaml, read_file
from storage.engine.engines import open_engine
from storage.engine.ledger import Ledger
from storage.engine.schema import ensure
from storage.knowledge.versions import VersionStore
from tests.knowledge.anything import ENTRIES
from tests.knowledge.shelf import NOON, entry


async def takes(url: str, *entries: Entry, replace: bool = False) -> TakenIn:
    return await take_in(url, "main", entries, "more.csv", replace=replace)


async def test_new_ones_are_added_and_others_only_when_asked(database_url: str) -> None:
    refund, hours = entry("refund", "Как вернуть деньги?"), entry("hours", "Когда вы открыты?")
    assert await takes(database_url, refund, hours) == TakenIn(("refund", "hours"), (), (), ())
    other = replace(refund, answer={ANY: "Иначе"})
    assert await takes(database_url, other, hours) == TakenIn((), (), ("hours",), ("refund",))
    assert await entries_of(database_url, "main") == [refund, hours]
    assert await takes(database_url, other, replace=True) == TakenIn((), ("refund",), (), ())
    assert await entries_of(database_url, "main") == [other, hours]
    assert await entries_of(database_url, "second") == []


async def test_what_was_removed_does_not_come_back_by_itself(database_url: str) -> None:
    refund = entry("refund", "Как вернуть деньги?")
    await takes(database_url, refund)
    ledger = Ledger(await open_engine(database_url))
    removed = {"author": Author(1001, "Мария"), "at": NOON}
    await ledger.run(lambda conn: VersionStore(conn, "main").add("refund", Action.REMOVED, None, **removed))
    history = await ledger.run(lambda conn: VersionStore(conn, "main").of("refund", 9))
    await ledger.close()
    assert [(each.action, each.author.name) for each in history] == [
        (Action.REMOVED, "Мария"),
        (Action.IMPORTED, "more.csv"),
    ]
    assert await takes(database_url, refund) == TakenIn((), (), (), ("refund",))
    assert await entries_of(database_url, "main") == []
    assert await takes(database_url, refund, replace=True) == TakenIn((), ("refund",), (), ())
    assert await entries_of(database_url, "main") == [refund]


async def test_whatever_stands_there_goes_out_and_comes_in_the_same(
    database_url: str, tmp_path: Path
) -> None:
    """Hypothesis thinks up the entries; they go through one database, each example as a desk of its own."""
    ledger = Ledger(await open_engine(database_url))
    await ensure(ledger)
    examples: list[list[Entry]] = []

    @given(st.lists(ENTRIES, max_size=4, unique_by=lambda one: one.id))
    @settings(deadline=None, max_examples=25, database=None)
    def collect(entries: list[Entry]) -> None:
        examples.append(entries)

    collect()
    for number, entries in enumerate(examples):
        desk = f"desk{number}"
        await ledger.run(lambda conn, desk=desk, entries=entries: adds(conn, desk, entries))
        stood = await ledger.run(lambda conn, desk=desk: VersionStore(conn, desk).newest())
        text = export_yaml([each.entry for each in stood if each.entry])
        path = tmp_path / "faq.yaml"
        path.write_text(text, "utf-8", newline="")
        page = read_file(path)
        assert page.problems == []
        assert page.entries == entries
        assert export_yaml(page.entries) == text
    await ledger.close()


def adds(conn: object, desk: str, entries: Sequence[Entry]) -> None:
    for each in entries:
        author = Author(None, "faq.yaml")
        VersionStore(conn, desk).add(each.id, Action.FILED, each, author=author, at=NOON)
