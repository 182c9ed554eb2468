"""What the `otklik faq` commands do. They give back data; printing and exit codes are the caller's."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from faq.entries.knowledge import Knowledge
from faq.entries.problem import BrokenFaq, Problem
from faq.entries.remark import Remark
from faq.files.formats import Imported, export_yaml, import_file
from faq.files.glossary import Glossary
from faq.files.loading import load_knowledge, pages_of
from faq.files.shapes.columns import Told
from faq.judging.evaluate import Evaluation, evaluate
from faq.judging.flaws import Flaw
from faq.judging.labelled import Labelled, read_questions, read_texts, strangers, with_same_answers
from faq.matching.encoders.choice import Choice
from faq.matching.encoders.opening import open_encoder
from faq.matching.judged import TrafficQuestion
from faq.matching.match import Matcher, Thresholds
from faq.matching.matcher import build, estimate, expecting, weights_for
from faq.matching.meaning import Encoder

if TYPE_CHECKING:
    from faq.matching.traffic import Traffic

__all__ = ["TrafficTrial", "Trial", "better", "check", "export", "import_", "remarks"]


def check(paths: Sequence[Path]) -> tuple[Problem, ...]:
    """Everything wrong with the files, nothing if they can be used."""
    try:
        load_knowledge(paths)
    except BrokenFaq as broken:
        return broken.problems
    return ()


def better(paths: Sequence[Path]) -> tuple[Flaw, ...]:
    """What could be better in files that are in order."""
    from faq.judging.lint import lint

    knowledge = load_knowledge(paths)
    return lint(knowledge, build(knowledge))


def export(paths: Sequence[Path]) -> str:
    """All the files as one text of faq.yaml."""
    return export_yaml(load_knowledge(paths).entries)


def remarks(paths: Sequence[Path]) -> tuple[Remark, ...]:
    """What was guessed, made and simplified in files that are in order."""
    return tuple(remark for page in pages_of(paths) for remark in page.remarks)


def import_(path: Path, told: Told | None = None) -> tuple[str, Imported]:
    """The file as a text of faq.yaml, and the report of what went into it; `told` names columns."""
    imported = import_file(path, told=told)
    return export_yaml(imported.entries), imported


@dataclass(frozen=True, slots=True)
class TrafficTrial:
    """The same questions asked twice: of a new desk, and of one with this traffic."""

    new: Evaluation
    traffic: "Traffic | None"
    busy: Evaluation


@dataclass(frozen=True, slots=True)
class Trial:
    """A knowledge base and the questions it is to be tried on."""

    knowledge: Knowledge
    rows: Sequence[Labelled]
    strangers: tuple[Problem, ...]
    """The intents that are no entry."""
    glossary: Glossary
    thresholds: Thresholds
    encoder: Encoder | None
    unmeasured: bool
    """Whether the thresholds were measured with another encoder."""
    traffic: Sequence[str] | None
    """Questions without labels; where none are named, those that are tried are taken for them."""

    @classmethod
    def of(
        cls,
        paths: Sequence[Path],
        questions: Path,
        glossary: Sequence[Path] = (),
        *,
        sure: float | None = None,
        unsure: float | None = None,
        encoder: Choice | None = None,
        traffic: Path | None = None,
    ) -> Self:
        """Raises BrokenFaq for any of the files, and NoEncoder if one is wanted and cannot be had."""
        rows, knowledge = read_questions(questions), load_knowledge(paths)
        asked = None if traffic is None else read_texts(traffic)
        known = {entry.id for entry in knowledge.entries}
        opened = None if encoder is None else open_encoder(encoder)
        thresholds = weights_for(opened).thresholds(sure, unsure)
        return cls(
            knowledge,
            with_same_answers(rows, knowledge.entries),
            tuple(strangers(questions, rows, known)),
            Glossary.load(glossary),
            thresholds,
            opened,
            isinstance(encoder, Path),
            asked,
        )

    def run(self, language: str = "ru") -> Evaluation:
        """Asks every question, in order, as a new desk would answer or one with the traffic that is named."""
        matcher = self._matcher()
        if self.traffic is not None:
            matcher = expecting(matcher, estimate(matcher, self._asked(language)))
        return evaluate(matcher, self.rows, language)

    def twice(self, language: str = "ru") -> TrafficTrial:
        """Both, one after the other."""
        matcher = self._matcher()
        new, found = evaluate(matcher, self.rows, language), estimate(matcher, self._asked(language))
        return TrafficTrial(new, found, evaluate(expecting(matcher, found), self.rows, language))

    def _matcher(self) -> Matcher:
        return build(self.knowledge, self.thresholds, glossary=self.glossary, encoder=self.encoder)

    def _asked(self, language: str) -> list[TrafficQuestion]:
        texts = [row.text for row in self.rows] if self.traffic is None else self.traffic
        return [TrafficQuestion(text, language) for text in texts]
