"""What the `otklik faq` commands do. They give back data; printing and exit codes are the caller's."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from faq.evaluate import Evaluation, evaluate
from faq.files import Imported, export_yaml, import_file
from faq.glossary import Glossary
from faq.knowledge import BrokenFaq, Knowledge
from faq.labelled import Labelled, read_questions, strangers
from faq.lint import Lint, lint
from faq.match import Thresholds
from faq.matcher import THRESHOLDS, build
from faq.meaning import is_installed, open_encoder
from faq.problem import Problem

__all__ = ["Trial", "better", "check", "export", "import_"]


def check(paths: Sequence[Path]) -> tuple[Problem, ...]:
    """Everything wrong with the files, nothing if they can be used."""
    try:
        Knowledge.load(paths)
    except BrokenFaq as broken:
        return broken.problems
    return ()


def better(paths: Sequence[Path]) -> tuple[Lint, ...]:
    """What could be better in files that are in order."""
    knowledge = Knowledge.load(paths)
    return lint(knowledge, build(knowledge))


def export(paths: Sequence[Path]) -> str:
    """All the files as one text of faq.yaml."""
    return export_yaml(Knowledge.load(paths).entries)


def import_(path: Path) -> tuple[str, Imported]:
    """The file as a text of faq.yaml, and the report of what went into it."""
    imported = import_file(path)
    return export_yaml(imported.entries), imported


@dataclass(frozen=True, slots=True)
class Trial:
    """A knowledge base and the questions it is to be tried on."""

    knowledge: Knowledge
    rows: Sequence[Labelled]
    strangers: tuple[Problem, ...]
    """The intents that are no entry."""
    glossary: Glossary
    thresholds: Thresholds
    semantic: bool

    @classmethod
    def of(
        cls,
        paths: Sequence[Path],
        questions: Path,
        glossary: Sequence[Path] = (),
        *,
        sure: float | None = None,
        unsure: float | None = None,
        semantic: bool | None = None,
    ) -> Self:
        """Raises BrokenFaq for any of the files, and NoEncoder if one is wanted and not there.

        Where nobody says whether one is wanted, it is used if it is installed.
        """
        rows, knowledge = read_questions(questions), Knowledge.load(paths)
        known = {entry.id for entry in knowledge.entries}
        usual = THRESHOLDS
        thresholds = Thresholds(
            usual.sure if sure is None else sure, usual.unsure if unsure is None else unsure
        )
        semantic = is_installed() if semantic is None else semantic
        if semantic:
            open_encoder()
        return cls(
            knowledge,
            rows,
            tuple(strangers(questions, rows, known)),
            Glossary.load(glossary),
            thresholds,
            semantic,
        )

    def run(self, language: str = "ru") -> Evaluation:
        """Asks every question, in order."""
        encoder = open_encoder() if self.semantic else None
        matcher = build(self.knowledge, self.thresholds, glossary=self.glossary, encoder=encoder)
        return evaluate(matcher, self.rows, language)
