"""The protocol measures what it says: draws, thresholds, noise, and a page honest about what is missing."""

import json
from pathlib import Path

import pytest

from faq.judging.evaluate import Evaluation, TriedQuestion, evaluate
from faq.judging.labelled import Labelled
from faq.judging.review import Ending, advice, calibration, confusions, endings, missed
from faq.matching.match import Candidate, Match, NoMatch, Sure
from tests.benches.matching import cases, page
from tests.benches.matching.figures import Measured, averaged, halved, measured, threshold
from tests.benches.matching.noise import kinds, noisy
from tests.benches.matching.protocol import Kept, Result
from tests.knowledge.shelf import entry

RIGHT, OTHER = entry("right", "Вопрос"), entry("other", "Другой")


def asked(confidence: float, *, right: bool, sure: bool = False, intent: str = "right") -> TriedQuestion:
    best = Candidate(RIGHT if right else OTHER, confidence)
    match: Match = Sure(best) if sure else NoMatch((best,))
    return TriedQuestion(Labelled("текст", intent), match, 1.0)


def test_the_threshold_is_the_lowest_that_is_wrong_seldom_enough() -> None:
    good = [asked(0.9 - place / 100, right=True) for place in range(19)]
    assert threshold([*good, asked(0.1, right=False)], 0.05) == 0.1
    assert threshold([asked(0.95, right=False), *good], 0.05) == good[-1].confidence
    assert threshold([asked(0.5, right=False)], 0.05) == float("inf")


def test_halves_answer_under_each_other_s_threshold() -> None:
    every = [asked(place / 100, right=place >= 50) for place in range(100)]
    direct, wrong = halved(every, seed=0)
    assert direct == pytest.approx(0.5, abs=0.06)
    assert wrong == pytest.approx(0.05, abs=0.05)
    assert halved([], seed=0) == (None, None)


def test_a_baseline_has_no_zones_and_means_pass_over_what_is_missing() -> None:
    run = Evaluation((asked(0.9, right=True, sure=True), asked(0.2, right=False, intent="oos")))
    ours, theirs = measured(run, zones=True, seed=0), measured(run, zones=False, seed=0)
    assert (ours.top_1, ours.direct, ours.wrong, ours.auroc) == (1, 0.5, 0, 1)
    assert (theirs.top_1, theirs.direct, theirs.solved) == (1, None, None)
    assert averaged([ours, theirs]).direct == 0.5


def public(folder: Path, rows: list[tuple[str, str, str]]) -> None:
    lines = [json.dumps({"text": text, "intent": intent, "role": role}) for text, intent, role in rows]
    (folder / cases.CLINC.file).write_text("\n".join(lines), "utf-8")


def test_phrasings_are_drawn_from_the_training_part_only(tmp_path: Path) -> None:
    train = [(f"{intent} {number}", intent, "train") for intent in "ab" for number in range(9)]
    public(tmp_path, [*train, ("b?", "b", "test"), ("weather", "oos", "oos_test"), ("x", "oos", "oos_train")])
    case = cases.few_shots(cases.CLINC, tmp_path, 3, seed=0)
    assert case
    assert [row.text for row in case.rows] == ["b?", "weather"]
    spoken = [
        text for each in case.knowledge.entries for text in (*each.question.values(), *each.phrasings[""])
    ]
    assert len(spoken) == 6
    assert set(spoken) <= {text for text, _, _ in train}
    assert case == cases.few_shots(cases.CLINC, tmp_path, 3, seed=0)
    assert case != cases.few_shots(cases.CLINC, tmp_path, 3, seed=1)
    assert cases.few_shots(cases.BANKING, tmp_path, 3, seed=0) is None


@pytest.mark.parametrize("language", ["ru", "en"])
def test_noise_is_noise_and_the_same_every_time(language: str) -> None:
    text = {"ru": "когда придёт мастер чинить интернет", "en": "when will the engineer come to us"}[language]
    for name, noise in kinds(language).items():
        spoilt = noisy(name, noise, text)
        assert spoilt == noisy(name, noise, text)
        assert spoilt != text


def test_wrong_layout_and_latin_letters_are_what_people_type() -> None:
    russian = kinds("ru")
    assert noisy("layout", russian["layout"], "привет") == "ghbdtn"
    assert noisy("transliteration", russian["transliteration"], "привет") == "privet"
    assert noisy("layout", kinds("en")["layout"], "hello") == "руддщ"


def test_the_page_says_aloud_what_was_not_there() -> None:
    figures = Measured(0.5, 0.7, 0.8, 0.2, 0.05, 0.1, 0.0, 0.4, 0.5, 0.6)
    results = [
        Result("provider", None, "Otklik", 75, 706, figures),
        Result("provider", None, page.RAPIDFUZZ.title, 75, 706, Measured(0.4, *[None] * 9)),
    ]
    text = page.document(
        results,
        [Kept("provider", "Otklik", "layout", 0.5, 0.9)],
        [],
        repeats=1,
        missing=cases.missing(None),
        variable="DATA",
    )
    assert "Not measured, because not there" in text
    assert "Banking77, CLINC150" in text
    assert "| Provider (ru), our own | all | Otklik | 0.500 / 0.700 | 1.25 × | 0.800 |" in text
    assert "| Provider (ru), our own | Otklik | 0.500 | 90% |" in text
    assert "## Speed" not in text
    assert "CC BY 3.0" in text


def test_a_review_tells_every_way_a_question_can_end() -> None:
    run = Evaluation(
        (
            asked(0.9, right=True, sure=True),
            asked(0.9, right=False, sure=True),
            asked(0.8, right=False, sure=True, intent="oos"),
            asked(0.1, right=False),
            asked(0.1, right=False, intent="oos"),
        )
    )
    assert endings(run) == {
        Ending.ANSWERED: 1,
        Ending.AMONG: 0,
        Ending.LEFT: 1,
        Ending.MISSED: 1,
        Ending.ASIDE: 0,
        Ending.WRONG: 2,
    }
    assert [(each.expected, each.found, each.answered) for each in confusions(run, 5)] == [
        ("right", "other", 1),
        ("oos", "other", 1),
    ]
    assert [(each.entry, len(each.asked)) for each in missed(run, 5)] == [("right", 1)]
    assert [(each.low, each.count, each.right) for each in calibration(run)] == [
        (0.1, 2, 0),
        (0.8, 1, 0),
        (0.9, 2, 0.5),
    ]


def test_a_threshold_is_only_advised_from_enough_answers() -> None:
    good = [asked(0.9 - place / 100, right=True) for place in range(30)]
    found = advice(Evaluation((*good, *(asked(0.2, right=False) for _ in range(9)))))
    assert found
    assert (found.sure, found.direct, found.wrong) == (good[-1].confidence, 30 / 39, 0)
    assert advice(Evaluation(tuple(good[:10]))) is None
    assert advice(evaluate(Nobody(), [Labelled("?", "right")])) is None


class Nobody:
    """Knows nothing."""

    def match(self, text: str, language: str) -> Match:
        return NoMatch()
