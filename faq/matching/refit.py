"""The confidence of one desk, fitted on what people said about its answers.

The fit begins with the shipped weights and moves away from them only as far as the examples force it to. It
is taken over only if it foretells examples better that it has not seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from faq.matching.confidence import Confidence, Evidence

LEAST = 100
"""With fewer examples the shipped weights stay as they are."""

_PULL = 10.0
"""The shipped weights count as much as so many examples would."""
_FOLDS = 5
_STEPS = 25
_RARELY_SEEN = 0.1

Numbers = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Example:
    """What spoke for the best candidate of a question, and whether it was right."""

    evidence: Evidence
    right: bool


def refitted(confidence: Confidence, examples: Sequence[Example]) -> Confidence:
    """The confidence for a desk with these examples; the shipped one is given."""
    shipped = confidence.weights
    if len(examples) < LEAST:
        return confidence
    names = tuple(examples[0].evidence)
    rows = np.array([[one.evidence[name] for name in names] for one in examples])
    right = np.array([one.right for one in examples], float)
    start = np.array([*(shipped[name] for name in names), shipped["always"]])
    columns = np.column_stack([rows, np.ones(len(rows))])
    if _loss_unseen(columns, right, start) >= _loss(columns, right, start):
        return confidence
    fitted = _fit(columns, right, start)
    weights = dict(zip((*names, "always"), map(float, fitted), strict=True))
    seen_from = float(np.quantile(_probability(columns, start), _RARELY_SEEN))
    return replace(confidence, weights=weights, shipped=shipped, seen_from=seen_from)


def _fit(columns: Numbers, right: Numbers, start: Numbers) -> Numbers:
    """Newton's method for a logistic regression that is pulled towards where it started."""
    pull = _PULL * np.maximum(columns.var(axis=0), 1e-3)
    pull[-1] = _PULL
    weights = start.copy()
    for _ in range(_STEPS):
        likely = _probability(columns, weights)
        slope = columns.T @ (likely - right) + pull * (weights - start)
        bend = (columns * (likely * (1 - likely))[:, None]).T @ columns + np.diag(pull)
        weights = weights - np.linalg.solve(bend, slope)
    return weights


def _loss_unseen(columns: Numbers, right: Numbers, start: Numbers) -> float:
    """How badly examples are foretold by a fit on the others, in bits of surprise."""
    total = 0.0
    for fold in range(_FOLDS):
        unseen = np.arange(len(right)) % _FOLDS == fold
        fitted = _fit(columns[~unseen], right[~unseen], start)
        total += _loss(columns[unseen], right[unseen], fitted)
    return total


def _loss(columns: Numbers, right: Numbers, weights: Numbers) -> float:
    likely = np.clip(_probability(columns, weights), 1e-6, 1 - 1e-6)
    return float(-np.log2(np.where(right > 0, likely, 1 - likely)).sum())


def _probability(columns: Numbers, weights: Numbers) -> Numbers:
    likely: Numbers = 1 / (1 + np.exp(-np.clip(columns @ weights, -30, 30)))
    return likely
