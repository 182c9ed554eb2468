"""Whatever a manager writes, an entry stays one that can be kept, and joining changes loses nothing."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from html import escape
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from editorial.entries.difference import PARTS, changed, merged
from editorial.writing.changes import apply
from editorial.writing.dates import with_dates
from editorial.writing.draft import EntryDraft, Wanted
from faq.entries.entry import ANY, Entry
from faq.files.body import from_body, to_body
from tests.managers import PRIVATE
from tests.unit_editorial.writers import REFUND

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
WORDS = st.text(max_size=60)
STEPS = st.sampled_from(
    [Wanted.QUESTION, Wanted.PHRASINGS, Wanted.INSTEAD, Wanted.ANSWER, Wanted.SECTION, Wanted.DATES]
)
LANGUAGES = st.sampled_from([ANY, "ru", "en"])


def drafted(wanted: Wanted, language: str) -> EntryDraft:
    return EntryDraft(
        manager_id=1001, where=PRIVATE, wanted=wanted, entry=REFUND, language=language, touched_at=NOON
    )


@settings(deadline=None)
@given(STEPS, LANGUAGES, WORDS)
def test_what_is_taken_can_be_written_down_and_read_again(wanted: Wanted, language: str, words: str) -> None:
    match apply(drafted(wanted, language), words, escape(words, quote=False)):
        case Entry() as entry:
            assert from_body(to_body(entry)) == entry


@settings(deadline=None)
@given(st.text(alphabet="0123456789.- –", max_size=30))
def test_dates_never_raise_and_come_back_as_they_were_shown(text: str) -> None:
    dated = with_dates(REFUND, text)
    assert dated is None or from_body(to_body(dated)) == dated


def test_every_field_of_an_entry_belongs_to_a_part() -> None:
    named = [name for names in PARTS.values() for name in names]
    assert sorted(named) == sorted({each.name for each in fields(Entry)} - {"id", "folder"})


CHANGES: dict[str, Any] = {
    "question": {ANY: "Другой?"},
    "phrasings": {ANY: ("иначе",)},
    "answer": {ANY: "Иначе"},
    "media": "https://a.example/b.png",
    "category": {ANY: "Другое"},
    "call_person": True,
    "hidden": True,
    "sure": 0.5,
}
SOME = st.sets(st.sampled_from(sorted(CHANGES)), max_size=4)


@settings(deadline=None)
@given(SOME, SOME)
def test_changes_join_unless_they_meet(mine: set[str], theirs: set[str]) -> None:
    my_entry = replace(REFUND, **{name: CHANGES[name] for name in mine})
    other = {**CHANGES, "answer": {ANY: "Совсем иначе"}}
    their_entry = replace(REFUND, **{name: other[name] for name in theirs})
    whole = merged(REFUND, my_entry, their_entry)
    if "answer" in mine & theirs:
        assert whole is None
    else:
        assert whole == replace(their_entry, **{name: CHANGES[name] for name in mine})
        assert len(changed(REFUND, whole)) == len(mine | theirs)
