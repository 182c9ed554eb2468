"""There is a shipped weight for all that is weighed, and a fit sees nothing that is kept for testing."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from faq.entries.entry import ways_to_ask
from faq.judging.labelled import OUT_OF_SCOPE
from faq.matching.meaning import Encoder
from faq.matching.weights import shipped
from tests.benches.fitting import bases
from tests.benches.fitting.asked import UNFITTED, Opened
from tests.benches.matching.cases import CLINC, HOME, Case

INTENTS, TEXTS = ("refund", "delivery", "card", "address"), 12
NOT_WHEN_UNTAUGHT = {"taught", "meaning_taught"}


class Lengths:
    """An encoder that knows how long a text is."""

    model = "lengths"

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
    learned = [bases.simulated(pool, draw) for pool, draw in bases.for_confidence(every, quick=False)]
    return [*learned, *(case for pool in every for case in bases.for_ranking(pool, quick=False))]


def test_a_fit_never_sees_what_is_kept_for_testing(folder: Path) -> None:
    for case in drawn(folder):
        known = [text for entry in case.knowledge.entries for text in ways_to_ask(entry)]
        asked = [row.text for row in case.rows]
        assert known
        assert asked
        assert [text for text in (*known, *asked) if "test" in text] == []


def test_questions_of_entries_that_are_left_out_have_no_answer(folder: Path) -> None:
    clinc, home = bases.pools(folder)
    for pool in (clinc, home):
        case = bases.simulated(pool, bases.Draw(shots=3, questions=40, seed=0, left_out=0.5, strangers=5))
        known = {entry.id for entry in case.knowledge.entries}
        assert len(known) == len(INTENTS) / 2
        for row in case.rows:
            of = next((intent for intent in INTENTS if intent in row.text), OUT_OF_SCOPE)
            assert row.intent == (of if of in known else OUT_OF_SCOPE)
        assert {row.intent for row in case.rows} == {*known, OUT_OF_SCOPE}


@pytest.mark.parametrize(("kind", "encoder"), [("letters", None), ("meaning", Lengths())])
def test_there_is_a_weight_for_everything_that_is_weighed(
    folder: Path, kind: str, encoder: Encoder | None
) -> None:
    pool = bases.pools(folder)[0]
    opened = Opened(bases.simulated(pool, bases.Draw(3, 1, 0)), UNFITTED, encoder)
    weights, parts = shipped(kind), set(opened.search.parts)
    assert set(weights.rank) == parts
    assert set(weights.untaught) == parts - NOT_WHEN_UNTAUGHT
    assert set(weights.confidence) == {"always", *opened.evidence(next(opened.asked()))}
