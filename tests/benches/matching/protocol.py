"""How it is measured: a method gets a knowledge base it has never seen and is asked every question once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from faq.judging.evaluate import Evaluation, evaluate
from faq.judging.labelled import OUT_OF_SCOPE, Labelled
from tests.benches.matching import cases
from tests.benches.matching.cases import Case, PublicSet
from tests.benches.matching.figures import Measured, averaged, measured
from tests.benches.matching.methods import Method
from tests.benches.matching.noise import kinds, noisy

NOISY_SHOTS, NOISY_QUESTIONS = 5, 1000


@dataclass(frozen=True)
class Result:
    """The figures of one method on one set."""

    case: str
    shots: int | None
    method: str
    entries: int
    questions: int
    figures: Measured


@dataclass(frozen=True)
class Kept:
    """How much of the clean top-1 a method keeps under one kind of noise."""

    case: str
    method: str
    noise: str
    clean: float
    share: float


def ask(method: Method, case: Case) -> Evaluation:
    """Build and ask."""
    return evaluate(method.build(case.knowledge), case.rows, case.language)


def few_shots(
    methods: Sequence[Method], public: PublicSet, folder: Path, shots: int, repeats: int
) -> Iterator[Result]:
    """Means over repeats, each with phrasings of its own; all methods get the same."""
    drawn = [cases.few_shots(public, folder, shots, cases.SEED + repeat) for repeat in range(repeats)]
    runs = [case for case in drawn if case and case.rows]
    for method in methods if runs else ():
        figures = [
            measured(ask(method, case), zones=method.zones, seed=repeat) for repeat, case in enumerate(runs)
        ]
        yield _result(runs[0], shots, method, averaged(figures))


def whole(methods: Iterable[Method], case: Case) -> Iterator[Result]:
    """A knowledge base as it is."""
    for method in methods:
        figures = measured(ask(method, case), zones=method.zones, seed=cases.SEED)
        yield _result(case, None, method, figures)


def noise(methods: Sequence[Method], case: Case) -> Iterator[Kept]:
    """Every kind of noise on the questions that have an entry; of a large set a thousand drawn by lot."""
    rows = _some([row for row in case.rows if row.intent != OUT_OF_SCOPE])
    for method in methods:
        asker = method.build(case.knowledge)
        clean = evaluate(asker, rows, case.language).figures.top_1 or 0.0
        for name, each in kinds(case.language).items():
            spoilt = [replace(row, text=noisy(name, each, row.text)) for row in rows]
            share = (evaluate(asker, spoilt, case.language).figures.top_1 or 0.0) / clean if clean else 0.0
            yield Kept(case.name, method.title, name, clean, share)


def _some(rows: list[Labelled]) -> list[Labelled]:
    return Random(cases.SEED).sample(rows, min(NOISY_QUESTIONS, len(rows)))


def _result(case: Case, shots: int | None, method: Method, figures: Measured) -> Result:
    entries, questions = len(case.knowledge.entries), len(case.rows)
    return Result(case.name, shots, method.title, entries, questions, figures)
