"""What the `otklik faq` commands do. They give back data; printing and exit codes are the caller's."""

from collections.abc import Sequence
from pathlib import Path

from faq.evaluate import Evaluation, evaluate
from faq.files import Imported, export_yaml, import_file
from faq.knowledge import BrokenFaq, Knowledge
from faq.labelled import read_questions, strangers
from faq.match import Thresholds
from faq.matcher import THRESHOLDS, build
from faq.problem import Problem

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
) -> tuple[Evaluation, tuple[Problem, ...]]:
    """Asks every question of the file, and names the intents that are no entry.

    Raises BrokenFaq for either file.
    """
    rows = read_questions(questions)
    knowledge = Knowledge.load(paths)
    known = {entry.id for entry in knowledge.entries}
    return evaluate(build(knowledge, thresholds), rows, language), tuple(strangers(questions, rows, known))
