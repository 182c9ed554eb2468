"""Promises that hold for every text there can be."""

from functools import cache
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from faq.entries.knowledge import Knowledge
from faq.matching.match import Matcher, Sure
from faq.matching.matcher import build
from faq.understanding.wishes import wants_person
from tests.knowledge.shelf import entry, starter

KNOWLEDGE = starter()
PHRASINGS = sorted(
    (text, one.id) for one in KNOWLEDGE.entries for texts in one.phrasings.values() for text in texts
)
FOREIGN = st.text(alphabet="αβγδεζηθικλμνξοπρστυφχψω", min_size=3, max_size=12)


@cache
def of_starter() -> Matcher:
    """Made when it is first asked: whoever only reads this file need not wait for it."""
    return build(KNOWLEDGE)


@given(st.text())
@example("\ud800")
@example("\x00" * 50)
@example("İ" * 3000)
@example("﷽" * 3000)
@example("e" + "\u0301" * 5000)
@settings(deadline=None, max_examples=150)
def test_no_text_upsets_the_matcher(text: str) -> None:
    match = of_starter().match(text, "ru")
    assert len(match.ranked) >= 3
    assert all(0 <= candidate.confidence <= 1 for candidate in match.ranked)
    assert wants_person(text) in (True, False)


@pytest.mark.parametrize(
    "text", ["а" * 100_000, "где мой заказ " * 8_000, "😀" * 100_000, "\u0301" * 100_000, "' ; " * 30_000]
)
def test_a_very_long_text_is_looked_at_quickly(text: str) -> None:
    matcher = of_starter()
    begun = process_time()
    matcher.match(text, "ru")
    wants_person(text)
    assert process_time() - begun < 1


@given(st.sampled_from(PHRASINGS), st.lists(FOREIGN, min_size=1, max_size=5, unique=True))
@settings(deadline=None, max_examples=25)
def test_an_unrelated_entry_does_not_change_a_sure_answer(asked: tuple[str, str], words: list[str]) -> None:
    text, _ = asked
    before = of_starter().match(text, "ru")
    larger = Knowledge((*KNOWLEDGE.entries, entry("unrelated", " ".join(words), *words)), KNOWLEDGE.now)
    after = build(larger).match(text, "ru")
    if isinstance(before, Sure):
        assert isinstance(after, Sure)
        assert after.best.entry == before.best.entry


def test_every_phrasing_of_the_starter_leads_to_its_entry() -> None:
    """Also how the test above knows that most of what it tries is sure."""
    lost = [
        text for text, expected in PHRASINGS if of_starter().match(text, "ru").ranked[0].entry.id != expected
    ]
    assert lost == []
    sure = sum(isinstance(of_starter().match(text, "ru"), Sure) for text, _ in PHRASINGS)
    assert sure > 0.9 * len(PHRASINGS)
