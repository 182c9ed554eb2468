"""There is a shipped weight for all that is weighed, and a fit sees nothing that is kept for testing."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from faq.entries.entry import ways_to_ask
from faq.judging.labelled import OUT_OF_SCOPE
from faq.matching.match import NEVER
from faq.matching.staged import rest
from faq.matching.weights import Kind, shipped
from tests.benches.fitting import bases, hard, thresholds
from tests.benches.fitting.asked import UNFITTED, Opened
from tests.benches.fitting.confidence import Outcomes
from tests.benches.matching.cases import BANKING, CLINC, HOME, Case

INTENTS, TEXTS = ("refund", "delivery", "card", "address"), 12
NOT_WHEN_UNTAUGHT = {"taught", "meaning_taught"}


class Lengths:
    """An encoder that knows how long a text is."""

    model = "lengths"

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def encode(self, texts: Sequence[str]) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
        vectors = np.array([[len(text), text.count(" ") + 1, 1] for text in texts], np.float32)
        vectors /= np.sqrt((vectors**2).sum(axis=1, keepdims=True))
        return vectors


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two public sets in small, each text saying which part it is from."""
    parts = [(role, intent) for role in ("train", "val", "test") for intent in INTENTS]
    parts += [(role, OUT_OF_SCOPE) for role in ("oos_train", "oos_val", "oos_test")]
    rows = [
        {"text": f"{role} {intent} {number}", "intent": intent, "role": role}
        for role, intent in parts
        for number in range(TEXTS)
    ]
    bare = [{"text": f"{intent} {number}", "intent": intent} for intent in INTENTS for number in range(TEXTS)]
    for public, written in ((CLINC, rows), (HOME, bare)):
        (tmp_path / public.file).write_text("\n".join(map(json.dumps, written)), "utf-8")
    return tmp_path


def drawn(folder: Path) -> list[Case]:
    every = bases.pools(folder)
    learned = [case for pool in every for case in hard.hard(pool, quick=True)]
    return [*learned, *(case for pool in every for case in bases.even(pool, quick=True))]


def test_a_fit_never_sees_what_is_kept_for_testing(folder: Path) -> None:
    for case in drawn(folder):
        known = [text for entry in case.knowledge.entries for text in ways_to_ask(entry)]
        asked = [row.text for row in case.rows]
        assert known
        assert asked
        assert [text for text in (*known, *asked) if "test" in text] == []


def test_questions_of_entries_that_are_left_out_have_no_answer(folder: Path) -> None:
    lacking = 0
    for pool in bases.pools(folder):
        origin = {text: intent for intent, texts in pool.phrasings.items() for text in texts}
        origin |= {row.text: row.intent for row in pool.asked}
        for case in hard.hard(pool, quick=True):
            known = {entry.id for entry in case.knowledge.entries}
            unspoilt = [row for row in case.rows if row.text in origin]
            assert unspoilt
            for row in unspoilt:
                of = origin[row.text]
                lacking += of not in known
                assert row.intent == (of if of in known else OUT_OF_SCOPE)
    assert lacking


def test_the_same_bases_are_drawn_whatever_else_is_drawn(folder: Path) -> None:
    clinc, home = bases.pools(folder)
    alone = list(hard.hard(home, quick=True))
    assert [*hard.hard(clinc, quick=True), *hard.hard(home, quick=True)][-len(alone) :] == alone


def judged(likely: list[float], right: list[bool]) -> Outcomes:
    none = np.zeros(len(right), bool)
    return Outcomes(
        "a set", (), np.zeros((len(right), 0)), np.array(right), none, ~none, none, np.ones(len(right))
    )


def test_an_answer_is_given_at_once_from_where_one_in_twenty_five_is_wrong() -> None:
    likely = [0.99 - place / 1000 for place in range(60)]
    right = [place not in {10, 30, 45, 46, 47} for place in range(60)]
    outcomes = [judged(likely, right)]
    found = thresholds.sure(outcomes, [np.array(likely)])
    share, wrong = thresholds.answered(outcomes, [np.array(likely)], found)
    assert (round(share * 60), round(wrong * 30)) == (30, 1)


def test_a_small_base_counts_as_much_as_a_large_one() -> None:
    large, small = [0.9] * 100, [0.9] * 4
    outcomes = [judged(large, [True] * 100), judged(small, [True, True, True, False])]
    assert thresholds.sure(outcomes, [np.array(large), np.array(small)]) == NEVER
    assert thresholds.sure(outcomes[:1], [np.array(large)]) == 0.9


def test_the_first_stands_out_from_where_it_is_more_often_right_than_not() -> None:
    likely = np.array([0.95] * 4 + [0.8] * 4 + [0.6] * 4 + [0.4] * 4 + [0.9] * 4)
    among = np.array([1.0] * 16 + [0.1] * 4)
    told = thresholds.Foretold(likely, among, 0.3)
    right = [
        *[False] * 4,
        *[True] * 4,
        *[True, True, True, False],
        *[True, False, False, False],
        *[False] * 4,
    ]
    assert thresholds.stands_out([judged(list(likely), right)], [told], 0.9) == 0.6
    none_right = judged(list(likely), [False] * 20)
    assert thresholds.stands_out([none_right], [told], 0.9) == NEVER


def test_a_question_is_next_up_from_where_it_is_the_right_one_in_a_tenth_of_cases() -> None:
    likely = np.array([0.7] * 40 + [0.3] * 40)
    near, among_many = (1.0, 0.5, -9.0), (1.0, *[-3.0] * 9)
    outcomes = replace(
        judged(list(likely), [False] * 80),
        scores=(near,) * 20 + (among_many,) * 20 + (near,) * 40,
        places=(1,) * 5 + (0,) * 15 + (1,) + (0,) * 59,
    )
    found = thresholds.next_up([outcomes], [likely], 0.5)
    assert rest(0.7, among_many)[0] < found <= rest(0.7, near)[0] + 0.001


def test_no_stranger_is_put_to_two_sets(folder: Path) -> None:
    clinc, home = bases.pools(folder)
    banking = replace(clinc, public=BANKING, strangers=())
    own, lent = (hard.strange(pool, [banking, clinc, home]) for pool in (clinc, banking))
    assert own
    assert lent
    assert set(own).isdisjoint(lent)
    assert hard.strange(home, [banking, clinc, home]) == ()


@pytest.mark.parametrize("kind", ["letters", "meaning", "ensemble"])
def test_there_is_a_weight_for_everything_that_is_weighed(folder: Path, kind: Kind) -> None:
    encoder = None if kind == "letters" else Lengths(kind)
    pool = bases.pools(folder)[0]
    case = bases.evenly(pool, 3, 1, 0)
    opened = Opened(case, UNFITTED, encoder)
    weights, parts = shipped(kind), set(opened.search.parts)
    assert set(weights.rank) == parts
    assert set(weights.untaught) == parts - NOT_WHEN_UNTAUGHT
    seen = next(opened.asked(case.rows))
    known = {"always", *opened.matcher.weigh(seen.question, seen.found)[0]}
    assert set(weights.confidence) == known
    assert set(weights.choice) == known
    assert 0 < weights.unsure < weights.sure < 1
    assert 0 < weights.next_up < weights.stands_out < weights.sure
