"""The weights of the confidence: a logistic model of whether the best candidate is the right one.

A second one of the same form says whether the right one is among those that would be offered. Every base
counts alike, however many questions it has. What can only speak for a candidate is forbidden to speak
against it: that made the weights hold on sets they had not seen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from faq.judging.labelled import OUT_OF_SCOPE
from faq.matching.meaning import Encoder
from faq.matching.postings import Floats
from faq.matching.staged import WORD_FOR_WORD
from faq.matching.weights import Weights
from tests.benches.fitting.asked import Opened
from tests.benches.matching.cases import Case

FREE = {"length", "phrasings", "phrasings_of_others"}
AGAINST = {"unknown"}
Flags: TypeAlias = NDArray[np.bool_]
Target = Literal["right", "among"]
_PULL = 2e-3
_HARDLY = 1e-9


@dataclass(frozen=True)
class Outcomes:
    """What spoke for the best candidates of one base's questions, a row each, and what was right.

    `most` is what the matcher lets either probability be at most; a question asked word for word has a
    probability of its own, which is no matter of the model.
    """

    pool: str
    names: tuple[str, ...]
    rows: Floats
    right: Flags
    among: Flags
    inside: Flags
    word_for_word: Flags
    most: Floats
    scores: tuple[tuple[float, ...], ...] = ()
    """Of what was found for each question, best first."""
    places: tuple[int, ...] = ()
    """Where the right one stands among them, from 0; -1: nowhere."""


def collected(case: Case, weights: Weights, encoder: Encoder | None) -> Outcomes:
    """Ask the whole case."""
    opened = Opened(case, weights, encoder)
    every = list(opened.asked())
    weighed = [opened.matcher.weigh(seen.question, seen.found) for seen in every]
    names = tuple(weighed[0][0])
    return Outcomes(
        case.name,
        names,
        np.array([[evidence[name] for name in names] for evidence, _ in weighed]),
        np.array([seen.right for seen in every]),
        np.array([seen.among for seen in every]),
        np.array([seen.wanted != OUT_OF_SCOPE for seen in every]),
        np.array([seen.word_for_word for seen in every]),
        np.array([most for _, most in weighed]),
        tuple(tuple(seen.found.unrepeated.scores.tolist()) for seen in every),
        tuple(seen.place for seen in every),
    )


def fit(outcomes: Sequence[Outcomes], target: Target) -> dict[str, float]:
    """The weights by name, `always` first; every base counts alike."""
    names = outcomes[0].names
    kept = [~one.word_for_word for one in outcomes]
    rows = np.concatenate([one.rows[keep] for one, keep in zip(outcomes, kept, strict=True)])
    came = np.concatenate([getattr(one, target)[keep] for one, keep in zip(outcomes, kept, strict=True)])
    shares = np.concatenate([np.full(keep.sum(), 1 / max(1, keep.sum()) / len(outcomes)) for keep in kept])
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + _HARDLY
    bounds = [_bounds(name) for name in names]
    fitted = _fit((rows - middle) / spread, came.astype(float), shares, bounds)
    weights = fitted[:-1] / spread
    always = float(fitted[-1] - weights @ middle)
    found = {"always": always, **dict(zip(names, weights.tolist(), strict=True))}
    return {name: round(weight, 3) + 0.0 for name, weight in found.items()}


def likely(one: Outcomes, weights: Mapping[str, float]) -> Floats:
    """The probabilities of the model alone."""
    odds = weights["always"] + one.rows @ np.array([weights[name] for name in one.names])
    found: Floats = 1 / (1 + np.exp(-odds))
    return found


def foretold(one: Outcomes, weights: Mapping[str, float]) -> Floats:
    """The probabilities that the matcher would give with these weights."""
    return np.where(one.word_for_word, WORD_FOR_WORD, np.minimum(likely(one, weights), one.most))


def usual(outcomes: Sequence[Outcomes]) -> float:
    """The share of right firsts among what the model is fitted on, every base counting alike."""
    shares = [one.right[~one.word_for_word] for one in outcomes if not one.word_for_word.all()]
    return round(float(np.mean([share.mean() for share in shares])), 3)


def _bounds(name: str) -> tuple[float | None, float | None]:
    if name in FREE:
        return None, None
    return (None, 0.0) if name in AGAINST else (0.0, None)


def _fit(
    rows: Floats, right: Floats, shares: Floats, bounds: list[tuple[float | None, float | None]]
) -> Floats:
    from scipy.optimize import minimize  # type: ignore[import-untyped]  # comes with scikit-learn

    columns = np.column_stack([rows, np.ones(len(rows))])
    pull = np.append(np.full(rows.shape[1], _PULL), 0.0)

    def loss(weights: Floats) -> tuple[float, Floats]:
        odds = columns @ weights
        surprise = float(shares @ (np.logaddexp(0, odds) - right * odds))
        slope = columns.T @ (shares * (1 / (1 + np.exp(-odds)) - right))
        return surprise + float(pull @ weights**2) / 2, slope + pull * weights

    start, fine = np.zeros(columns.shape[1]), {"ftol": 1e-12, "gtol": 1e-8}
    found: Floats = minimize(
        loss, start, jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)], options=fine
    ).x
    return found
