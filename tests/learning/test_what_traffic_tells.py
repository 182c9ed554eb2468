"""What questions without labels tell the matcher of its knowledge base."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from math import exp
from random import Random

import numpy as np
import pytest

from bot.knowledge.vectors import MemoryVectors
from faq.entries.entry import ANY
from faq.entries.knowledge import Knowledge
from faq.matching.judged import Judged, TrafficQuestion
from faq.matching.match import Matcher, Sure
from faq.matching.matcher import build, estimate, expecting, weights_for
from faq.matching.traffic import MOST_COUNTED, PSEUDO_QUESTIONS, estimated
from tests.benches.matching import cases
from tests.knowledge.shelf import entry

USUALLY = weights_for(None).right
ADDED = "второй день подряд"
ENTRIES = cases.provider().knowledge.entries
ASKED = [TrafficQuestion(f"{text} {ADDED}", "ru") for one in ENTRIES for text in one.phrasings[ANY]]
"""Every phrasing of every entry of our provider, put a little differently."""


@cache
def provider(*, whole: bool) -> Matcher:
    """One that has an entry for all that its customers ask, or for a quarter of it."""
    return build(Knowledge(ENTRIES if whole else ENTRIES[::4]))


def direct(matcher: Matcher) -> int:
    """How many of the provider's questions are answered at once."""
    return sum(isinstance(matcher.match(one.text, "ru"), Sure) for one in ASKED)


def after(matcher: Matcher, questions: Sequence[TrafficQuestion]) -> Matcher:
    return expecting(matcher, estimate(matcher, questions))


def test_a_base_that_knows_what_it_is_asked_answers_more_and_one_that_does_not_less() -> None:
    whole, part = provider(whole=True), provider(whole=False)
    assert direct(after(whole, ASKED)) > direct(whole)
    assert direct(after(part, ASKED)) < direct(part)


def test_a_desk_that_was_asked_nothing_is_as_it_was() -> None:
    matcher = provider(whole=True)
    assert estimate(matcher, []) is None
    for one in ASKED[:50]:
        assert expecting(matcher, None).match(one.text, "ru") == matcher.match(one.text, "ru")


def test_few_questions_hardly_count() -> None:
    matcher = provider(whole=True)
    questions = Random(0).sample(ASKED, len(ASKED))
    few, many = estimate(matcher, questions[:10]), estimate(matcher, questions)
    assert few is not None
    assert many is not None
    assert abs(few.shift) < 0.3 * abs(many.shift)


def test_what_is_asked_again_and_again_counts_once() -> None:
    matcher = provider(whole=True)
    questions = ASKED[:60]
    again = [questions[0], replace(questions[0], text=f"Здравствуйте! {questions[0].text}!!!")] * 40
    assert estimate(matcher, [*questions, *again]) == estimate(matcher, questions)


def test_small_talk_and_phrasings_word_for_word_tell_nothing() -> None:
    matcher = provider(whole=True)
    known = [TrafficQuestion(one.question[ANY], "ru") for one in ENTRIES]
    assert (
        estimate(matcher, [*known, TrafficQuestion("Здравствуйте", "ru"), TrafficQuestion("", "ru")]) is None
    )


def test_without_entries_there_is_nothing_to_tell() -> None:
    nothing = build(Knowledge(()))
    assert estimate(nothing, ASKED[:5]) is None
    assert expecting(nothing, estimated([0.9] * 500, 0.5)) is nothing


@pytest.mark.parametrize("likely", [[], [float("nan")] * 9, [float("inf"), -float("inf"), float("nan")]])
def test_numbers_that_are_none_move_nothing(likely: list[float]) -> None:
    assert estimated(likely, 0.4).shift == pytest.approx(0)


@pytest.mark.parametrize("all_alike", [0.0, 1e-12, 0.2, 0.4, 0.6, 1 - 1e-12, 1.0])
def test_confidences_that_are_all_the_same_stay_in_bounds(all_alike: float) -> None:
    found = estimated([all_alike] * 1000, 0.4)
    assert found.questions == 1000
    prior = PSEUDO_QUESTIONS / (PSEUDO_QUESTIONS + MOST_COUNTED)
    assert 0.4 * prior <= found.right <= 1 - 0.6 * prior


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_the_share_is_found_where_it_is_another_than_in_the_fit(share: float) -> None:
    """Most of the way from what was usual, and no further, if evidence speaks as the model has it."""
    lot, spread = Random(1), 3**0.5
    odds = [lot.gauss(1.5 if lot.random() < share else -1.5, spread) for _ in range(4000)]
    found = estimated([1 / (1 + exp(-each)) for each in odds], 0.5)
    assert abs(found.right - share) <= abs(0.5 - share) / 2 + 0.02
    assert abs(found.right - 0.5) <= abs(share - 0.5) + 0.02


def test_judgements_come_after_traffic_and_have_the_last_word() -> None:
    shop = Knowledge((
        entry("return", "как вернуть товар", "хочу оформить возврат", "сдать покупку обратно"),
        entry("pay", "как оплатить заказ", "какие карты вы принимаете", "можно ли платить наличными"),
    ))  # fmt: skip
    text = "нужен возврат товара за ботинки"
    told = [Judged(f"нужен возврат товара за {one}", "ru", "return", right=False) for one in range(200)]
    glad = estimated([0.95] * 1000, USUALLY)
    fresh, judged = build(shop), build(shop, judged=told)
    before = fresh.match(text, "ru").ranked[0].confidence
    assert expecting(fresh, glad).match(text, "ru").ranked[0].confidence > before
    assert expecting(judged, glad).match(text, "ru").ranked[0].confidence < before
    assert expecting(expecting(judged, glad), None).match(text, "ru") == judged.match(text, "ru")


class Reading:
    """An encoder that keeps count of what it reads."""

    model, kind = "reading", "meaning"

    def __init__(self) -> None:
        self.read = list[str]()

    def encode(self, texts: Sequence[str]) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
        self.read += texts
        vectors = np.array([[len(text), text.count(" ") + 1, 1] for text in texts], np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_with_an_encoder_no_question_is_read_twice_and_none_is_remembered_that_is_gone() -> None:
    encoder, remembered = Reading(), MemoryVectors()
    matcher = build(Knowledge(ENTRIES[:9]), encoder=encoder)
    first = estimate(matcher, ASKED[:40], remembered)
    encoder.read.clear()
    assert estimate(matcher, ASKED[:40], remembered) == first
    assert encoder.read == []
    estimate(matcher, ASKED[:30], remembered)
    assert encoder.read == []
    estimate(matcher, ASKED[:40], remembered)
    assert len(encoder.read) == 10
