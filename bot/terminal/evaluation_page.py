"""An evaluation as a page of its own: nothing in it comes from elsewhere, so it can be sent to anybody."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from babel.dates import format_date
from markupsafe import Markup

from bot.terminal.evaluation_table import Plain, figures, percent
from faq.entries.knowledge import Knowledge
from faq.judging.evaluate import Evaluation
from faq.judging.review import (
    Advice,
    ConfidenceBin,
    Confusion,
    Ending,
    Missed,
    advice,
    calibration,
    confusions,
    endings,
    is_outside,
    missed,
)
from locales import Texts
from locales.long_texts import HOME

SHOWN = 5
Params = dict[str, object]


def draw(
    evaluation: Evaluation,
    knowledge: Knowledge,
    language: str,
    *,
    sure: float,
    paths: Sequence[Path],
    questions: Path,
    today: date,
) -> str:
    """The whole page in one text. Every word of customers and of entries is escaped."""
    texts = Texts()

    def plain(key: str, **params: object) -> str:
        return texts.plain(key, language, **params)

    return texts.say(
        "evaluation.page",
        language,
        style=Markup((HOME / "page.css").read_text("utf-8")),  # noqa: S704 - our own
        faq=", ".join(path.name for path in paths),
        questions=questions.name,
        day=format_date(today, "long", locale=language),
        sure=percent(sure, language),
        **_found(evaluation, knowledge, language, plain),
    )


def _found(evaluation: Evaluation, knowledge: Knowledge, language: str, plain: Plain) -> Params:
    names = {entry.id: entry.question_in(language) for entry in knowledge.entries}
    of = len(evaluation.asked)
    counted = [_ending(*each, of, language, plain) for each in endings(evaluation).items()]
    shown = figures(evaluation.figures, plain, language)
    return {
        "outcomes": [each for each in counted if each["count"]],
        "all_outcomes": counted,
        "figures": [{"name": name, "value": value} for name, value in shown],
        "bins": [_bin(each, language) for each in calibration(evaluation)],
        "advice": _advice(advice(evaluation), language),
        "confusions": [_confusion(each, names, language, plain) for each in confusions(evaluation, SHOWN)],
        "missed": [_missed(each, names) for each in missed(evaluation, SHOWN)],
    }


def _advice(found: Advice | None, language: str) -> Params | None:
    if found is None:
        return None
    return {
        "sure": f"{found.sure:.2f}",
        "direct": percent(found.direct, language),
        "wrong": percent(found.wrong, language, "0.0"),
    }


def _ending(kind: Ending, count: int, of: int, language: str, plain: Plain) -> Params:
    name = plain(f"evaluation.outcome.{kind}")
    return {
        "kind": str(kind),
        "name": name,
        "count": count,
        "share": percent(count / of if of else None, language),
    }


def _bin(each: ConfidenceBin, language: str) -> Params:
    return {
        "range": f"{each.low * 100:.0f}–{percent(each.high, language)}",
        "count": each.count,
        "expected": percent(each.expected, language),
        "right": percent(each.right, language),
        "expected_width": f"{each.expected * 100:.1f}",
        "right_width": f"{each.right * 100:.1f}",
    }


def _confusion(each: Confusion, names: dict[str, str], language: str, plain: Plain) -> Params:
    return {
        "expected": "" if is_outside(each.expected) else names.get(each.expected, each.expected),
        "found": names.get(each.found, each.found),
        "expected_id": each.expected,
        "found_id": each.found,
        "count": len(each.asked),
        "answered": each.answered,
        "examples": [
            {
                "text": one.text,
                "zone": plain(f"evaluation.zone.{one.zone}"),
                "confidence": percent(one.confidence, language),
            }
            for one in each.examples
        ],
    }


def _missed(each: Missed, names: dict[str, str]) -> Params:
    return {
        "entry": each.entry,
        "question": names.get(each.entry, each.entry),
        "count": len(each.asked),
        "examples": [one.text for one in each.examples],
    }
