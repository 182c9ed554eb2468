"""The knowledge base in use: one edition at a time, each whole."""

from dataclasses import replace
from pathlib import Path

from faq.entries.knowledge import Knowledge
from faq.files.body import Body, to_body
from faq.language.effort import Effort
from faq.library import Library
from faq.matching.match import Match, NoMatch, Sure
from tests.knowledge.shelf import entry, noon

REFUND = to_body(entry("refund", "Как вернуть деньги?"))
HOURS = to_body(entry("hours", "Когда вы работаете?"))


def published(*bodies: Body) -> Library:
    library = Library(noon)
    library.put(library.make(bodies))
    return library


def test_an_empty_library_knows_nothing_and_says_so() -> None:
    library = Library()
    assert library.knowledge.entries == ()
    assert library.matcher.match("как вернуть деньги", "ru") == NoMatch()


def test_entries_and_matcher_change_together() -> None:
    library = published(REFUND)
    before = library.edition
    library.put(library.make([REFUND, HOURS]))
    assert [one.id for one in library.knowledge.entries] == ["refund", "hours"]
    assert isinstance(library.matcher.match("когда вы работаете", "ru"), Sure)
    assert [one.id for one in before.knowledge.entries] == ["refund"]
    assert isinstance(before.matcher.match("когда вы работаете", "ru"), NoMatch)


def test_making_an_edition_changes_nothing_yet() -> None:
    library = published(REFUND)
    library.make([HOURS])
    assert [one.id for one in library.knowledge.entries] == ["refund"]


def test_the_matcher_is_made_for_the_entries() -> None:
    class Known:
        def __init__(self, knowledge: Knowledge) -> None:
            self.ids = [one.id for one in knowledge.entries]

        def match(self, text: str, language: str, effort: Effort | None = None) -> Match:
            return NoMatch()

    edition = Library(noon).make([REFUND, HOURS], Known)
    assert isinstance(edition.matcher, Known)
    assert edition.matcher.ids == ["refund", "hours"]


def test_media_is_found_in_whichever_folder_it_lies(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    (folders[1] / "map.png").write_bytes(b"picture")
    bodies = [
        to_body(replace(entry(name, name), media=name))
        for name in ("map.png", "gone.png", "telegram:photo:A")
    ]
    entries = Library(noon, folders).make(bodies).knowledge.entries
    assert [one.attachment() for one in entries] == [
        folders[1] / "map.png",
        folders[0] / "gone.png",
        "telegram:photo:A",
    ]
