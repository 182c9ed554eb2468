"""What the `otklik faq` commands do. They give back data; printing and exit codes are the caller's."""

import json
from collections.abc import Sequence
from pathlib import Path

from faq.evaluate import Evaluation, evaluate
from faq.files import Imported, export_yaml, import_file
from faq.fuzzy import THRESHOLDS, FuzzyMatcher
from faq.knowledge import BrokenFaq, Knowledge
from faq.match import Thresholds
from faq.page import Page
from faq.problem import Kind, Problem

__all__ = ["check", "eval_", "export", "import_"]


def check(paths: Sequence[Path]) -> tuple[Problem, ...]:
    """Everything wrong with the files, nothing if they can be used."""
    try:
        Knowledge.load(paths)
    except BrokenFaq as broken:
        return broken.problems
    return ()


def export(paths: Sequence[Path]) -> str:
    """All the files as one text of faq.yaml."""
    return export_yaml(Knowledge.load(paths).entries)


def import_(path: Path) -> tuple[str, Imported]:
    """The file as a text of faq.yaml, and the report of what went into it."""
    imported = import_file(path)
    return export_yaml(imported.entries), imported


def eval_(
    paths: Sequence[Path], questions: Path, thresholds: Thresholds = THRESHOLDS, language: str = "ru"
) -> Evaluation:
    """Asks every question of the file. Raises BrokenFaq for either file."""
    rows = read_questions(questions)
    matcher = FuzzyMatcher(Knowledge.load(paths), thresholds.sure, thresholds.unsure)
    return evaluate(matcher, rows, language)


def read_questions(path: Path) -> list[dict[str, str]]:
    """Lines of JSON with `text` and `intent`; empty lines do not count."""
    page = Page(path)
    rows = []
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        page.unreadable(error)
        lines = []
    for number, line in enumerate(lines, start=1):
        row = _row(line) if line.strip() else None
        if row:
            rows.append(row)
        elif line.strip():
            page.wrong(number, "", Kind.NOT_A_QUESTION)
    if page.problems:
        raise BrokenFaq(page.problems)
    return rows


def _row(line: str) -> dict[str, str] | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if isinstance(row, dict) and isinstance(row.get("text"), str) and isinstance(row.get("intent"), str):
        return {"text": row["text"], "intent": row["intent"]}
    return None
