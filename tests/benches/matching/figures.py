"""The protocol's figures of one run, and their means over several."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from itertools import groupby
from random import Random
from statistics import mean

from faq.judging.evaluate import Evaluation, TriedQuestion

MOST_WRONG = 0.05


@dataclass(frozen=True)
class Measured:
    """Shares from 0 to 1; None where there was nothing to count, as the zones of a baseline."""

    top_1: float | None
    top_3: float | None
    auroc: float | None
    halved_direct: float | None
    """Answered at once from a threshold that was chosen on the other half of the questions."""
    halved_wrong: float | None
    direct: float | None
    """Answered at once at the shipped threshold."""
    wrong: float | None
    choice: float | None
    person: float | None
    solved: float | None


def measured(evaluation: Evaluation, *, zones: bool, seed: int) -> Measured:
    """The figures of one run."""
    figures = evaluation.figures
    answered, wrong = halved(evaluation.asked, seed)
    return Measured(
        top_1=figures.top_1,
        top_3=figures.top_3,
        auroc=figures.auroc,
        halved_direct=answered,
        halved_wrong=wrong,
        direct=figures.direct if zones else None,
        wrong=figures.wrong_direct if zones else None,
        choice=figures.choice if zones else None,
        person=figures.person if zones else None,
        solved=figures.solved if zones else None,
    )


def halved(asked: Sequence[TriedQuestion], seed: int) -> tuple[float | None, float | None]:
    """The share answered at once and the wrong share of that: each half under the other's threshold."""
    mixed = Random(seed).sample(list(asked), len(asked))
    halves = mixed[: len(mixed) // 2], mixed[len(mixed) // 2 :]
    answered = [
        one
        for ours, other in (halves, halves[::-1])
        for one in ours
        if one.confidence >= threshold(other, MOST_WRONG)
    ]
    wrong = sum(not one.right for one in answered) / len(answered) if answered else None
    return (len(answered) / len(asked) if asked else None), wrong


def threshold(asked: Iterable[TriedQuestion], most_wrong: float) -> float:
    """The lowest confidence from which on no more than so many of the answers are wrong."""
    ordered = sorted(asked, key=lambda one: -one.confidence)
    found, answered, wrong = float("inf"), 0, 0
    for confidence, equal in groupby(ordered, key=lambda one: one.confidence):
        outcomes = [one.right for one in equal]
        answered, wrong = answered + len(outcomes), wrong + outcomes.count(False)
        if wrong <= most_wrong * answered:
            found = confidence
    return found


def averaged(runs: Sequence[Measured]) -> Measured:
    """The mean of each figure over the runs that have it."""
    return Measured(
        **{each.name: _mean(getattr(run, each.name) for run in runs) for each in fields(Measured)}
    )


def _mean(values: Iterable[float | None]) -> float | None:
    counted = [value for value in values if value is not None]
    return mean(counted) if counted else None
