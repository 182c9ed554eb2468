"""`otklik faq eval`: how well the matcher knows labelled questions."""

import json
from pathlib import Path

import pytest

from faq.cli import Trial, check, export
from faq.entries.problem import BrokenFaq
from faq.judging.evaluate import auroc, evaluate
from faq.judging.labelled import Labelled
from faq.matching.match import Matcher
from tests.knowledge.shelf import STARTER

QUESTIONS = [
    Labelled("где мой заказ", "order-status"),
    Labelled("доставка", "delivery-cost"),
    Labelled("где мой заказ", "refund"),
    Labelled("расскажи анекдот", "oos"),
    Labelled("как вернуть деньги", "oos"),
]


def line(row: Labelled) -> str:
    return json.dumps({"text": row.text, "intent": row.intent})


def asked(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "q.jsonl"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_question_is_a_line_in_the_same_order(tmp_path: Path) -> None:
    lines = "\n".join(map(line, QUESTIONS)) + "\n\n"
    trial = Trial.of([STARTER], asked(tmp_path, lines))
    assert trial.strangers == ()
    evaluation = trial.run()
    rows = [one.as_json() for one in evaluation.asked]
    assert [row["text"] for row in rows] == [row.text for row in QUESTIONS]
    assert [row["expected"] for row in rows] == [row.intent for row in QUESTIONS]
    assert [row["zone"] for row in rows] == ["answer", "choice", "answer", "person", "answer"]
    assert rows[0]["candidates"][0]["id"] == "order-status"
    for row in rows:
        assert set(row) == {"text", "expected", "zone", "candidates", "ms"}
        assert len(row["candidates"]) >= 3
        assert row["ms"] >= 0
        json.dumps(row)


def test_the_table_counts_what_it_says(matcher: Matcher) -> None:
    figures = evaluate(matcher, QUESTIONS).figures
    assert (figures.questions, figures.out_of_scope) == (5, 2)
    assert figures.direct == 3 / 5
    assert figures.choice == 1 / 5
    assert figures.person == 1 / 5
    assert figures.wrong_direct == 2 / 3
    assert figures.top_3 is not None
    assert figures.top_1 is not None
    assert figures.top_1 <= figures.top_3 < 1
    assert figures.solved == 2 / 3


def test_either_of_two_questions_in_one_message_is_right(matcher: Matcher) -> None:
    both = [Labelled("где мой заказ", "refund", also=("order-status",))]
    assert evaluate(matcher, both).figures.top_1 == 1


def test_an_intent_that_is_no_entry_is_named_once_and_still_asked(tmp_path: Path) -> None:
    rows = [*QUESTIONS[:1], Labelled("где посылка", "order-staus"), Labelled("посылка", "order-staus")]
    trial = Trial.of([STARTER], asked(tmp_path, "\n".join(map(line, rows))))
    (problem,) = trial.strangers
    assert str(problem).startswith("q.jsonl, line 2: no entry has the id 'order-staus'")
    assert "(2)" in str(problem)
    assert len(trial.run().asked) == 3


def test_auroc_is_the_share_of_pairs_in_the_right_order() -> None:
    assert auroc([0.9, 0.5], [0.1, 0.5]) == (1 + 1 + 1 + 0.5) / 4
    assert auroc([1], []) is None


def test_nothing_asked_is_nothing_counted(matcher: Matcher) -> None:
    figures = evaluate(matcher, []).figures
    assert figures.questions == 0
    assert figures.top_1 is figures.direct is figures.median_ms is None


def test_thresholds_of_the_desk_are_used(tmp_path: Path) -> None:
    path = asked(tmp_path, line(QUESTIONS[0]))
    evaluation = Trial.of([STARTER], path, sure=1.01, unsure=0.5).run()
    assert evaluation.asked[0].zone == "choice"


def test_wrong_lines_are_named(tmp_path: Path) -> None:
    path = asked(tmp_path, '{"text": "a", "intent": "b"}\nnot json\n["a"]\n{"text": 1, "intent": "b"}\n')
    with pytest.raises(BrokenFaq) as broken:
        Trial.of([STARTER], path)
    assert [problem.line for problem in broken.value.problems] == [2, 3, 4]
    with pytest.raises(BrokenFaq):
        Trial.of([STARTER], tmp_path / "missing.jsonl")


def test_check_and_export(tmp_path: Path) -> None:
    assert check([STARTER]) == ()
    (tmp_path / "a.yaml").write_text(export([STARTER]), encoding="utf-8")
    assert check([tmp_path / "a.yaml"]) == ()
    (tmp_path / "a.yaml").write_text("- id: a", encoding="utf-8")
    assert [problem.kind.value for problem in check([tmp_path / "a.yaml"])] == ["missing_key"] * 2
