"""Our own set of labelled questions is what its README says, and the matcher stays good on it."""

from collections import Counter
from dataclasses import replace

import pytest

from faq.entries.entry import ways_to_ask
from faq.judging.evaluate import Evaluation, evaluate
from faq.judging.flaws import plain_words
from faq.judging.labelled import OUT_OF_SCOPE
from faq.matching.match import Matcher
from faq.matching.matcher import build
from tests.benches.matching.cases import PROVIDER, Case, provider
from tests.benches.matching.figures import halved
from tests.benches.matching.noise import kinds, noisy
from tests.knowledge.shelf import starter

TAGS = {"short", "angry", "misspelt", "layout", "translit", "two_questions", "slang", "no_spaces", "caps"}
TAGS |= {"formal", "story", "off_topic", "emoji", "voice", "mixed_languages", "small_talk"}


@pytest.fixture(scope="module")
def case() -> Case:
    return provider()


@pytest.fixture(scope="module")
def matcher(case: Case) -> Matcher:
    return build(case.knowledge)


@pytest.fixture(scope="module")
def asked(case: Case, matcher: Matcher) -> Evaluation:
    return evaluate(matcher, case.rows)


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


def test_the_right_entry_is_found_as_often_as_ever(asked: Evaluation) -> None:
    """Floors somewhat below what was measured: a matcher that is worse does not pass unnoticed."""
    figures = asked.figures
    floors = {"top_1": 0.59, "top_3": 0.72, "solved": 0.44, "auroc": 0.80, "direct": 0.05}
    fallen = {name: (getattr(figures, name), floor) for name, floor in floors.items()}
    assert {name: pair for name, pair in fallen.items() if pair[0] < pair[1]} == {}


def test_an_answer_given_at_once_is_hardly_ever_wrong(asked: Evaluation) -> None:
    assert asked.figures.wrong_direct is not None
    assert asked.figures.wrong_direct <= 0.05
    direct, wrong = halved(asked.asked, seed=0)  # of some hundred answers, so chance has its say
    assert direct is not None
    assert wrong is not None
    assert direct >= 0.15
    assert wrong <= 0.1


@pytest.mark.parametrize(
    ("noise", "kept"), [("politeness", 0.95), ("capitals", 1.0), ("layout", 0.92), ("transliteration", 0.92)]
)
def test_habits_of_the_hand_cost_little(
    case: Case, matcher: Matcher, asked: Evaluation, noise: str, kept: float
) -> None:
    rows = [row for row in case.rows if row.intent != OUT_OF_SCOPE]
    spoilt = [replace(row, text=noisy(noise, kinds("ru")[noise], row.text)) for row in rows]
    top_1, clean = evaluate(matcher, spoilt).figures.top_1, asked.figures.top_1
    assert top_1 is not None
    assert clean is not None
    assert top_1 / clean >= kept
