"""Our own set of labelled questions is what its README says, and the matcher stays good on it."""

from collections import Counter

import pytest

from faq.labelled import OUT_OF_SCOPE
from faq.lint import plain_words, ways_to_ask
from tests.benches.matching.cases import PROVIDER, Case, provider
from tests.knowledge.shelf import starter

TAGS = {"short", "angry", "misspelt", "layout", "translit", "two_questions", "slang", "no_spaces", "caps"}
TAGS |= {"formal", "story", "off_topic", "emoji", "voice", "mixed_languages", "small_talk"}


@pytest.fixture(scope="module")
def case() -> Case:
    return provider()


def test_every_intent_is_an_entry_and_every_entry_is_asked_for(case: Case) -> None:
    entries = {entry.id for entry in case.knowledge.entries}
    asked = Counter(row.intent for row in case.rows)
    assert {intent for row in case.rows for intent in (row.intent, *row.also)} == entries | {OUT_OF_SCOPE}
    assert min(asked.values()) >= 5
    assert all(row.intent not in row.also and OUT_OF_SCOPE not in row.also for row in case.rows)


def test_it_is_as_large_as_it_says(case: Case) -> None:
    page = (PROVIDER / "README.md").read_text("utf-8")
    outside = sum(row.intent == OUT_OF_SCOPE for row in case.rows)
    for number in (
        len(case.knowledge.entries),
        len(case.rows),
        outside,
        sum(bool(row.also) for row in case.rows),
    ):
        assert f"{number} " in page or f"({number}" in page
    assert len(case.knowledge.entries) >= 65
    assert len(case.rows) >= 640
    assert outside >= 110
    assert {tag for row in case.rows for tag in row.tags} == TAGS
    assert all(("two_questions" in row.tags) == bool(row.also) for row in case.rows)


def test_no_message_is_a_phrasing_or_stands_twice(case: Case) -> None:
    said = [plain_words(row.text) for row in case.rows if plain_words(row.text)]
    assert [text for text, times in Counter(said).items() if times > 1] == []
    phrasings = {plain_words(text) for entry in case.knowledge.entries for text in ways_to_ask(entry)}
    assert sorted({*said} & phrasings) == []


def test_it_is_not_the_starter_in_other_clothes(case: Case) -> None:
    theirs = {plain_words(text) for entry in starter().entries for text in ways_to_ask(entry)}
    ours = {plain_words(text) for entry in case.knowledge.entries for text in ways_to_ask(entry)}
    assert sorted(ours & theirs) == []
    assert not {entry.id for entry in starter().entries} & {entry.id for entry in case.knowledge.entries}
