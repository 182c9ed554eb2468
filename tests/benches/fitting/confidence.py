"""The weights of the confidence: a logistic model of whether the best candidate is the right one.

Every set counts alike, however many questions it has. What can only speak for a candidate is forbidden to
speak against it: that made the weights hold on sets they had not seen.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped]  # comes with scikit-learn

from faq.matching.confidence import Evidence
from faq.matching.meaning import Encoder
from faq.matching.postings import Floats
from faq.matching.weights import Weights
from tests.benches.fitting.asked import Opened
from tests.benches.matching.cases import Case

FREE = {"length", "entries", "phrasings"}
AGAINST = {"unknown"}
_PULL = 2e-3
_HARDLY = 1e-9


@dataclass(frozen=True)
class Outcome:
    """What spoke for the best candidate of one question, and whether it was right."""

    case: str
    evidence: Evidence
    right: bool


def collected(case: Case, weights: Weights, encoder: Encoder | None) -> list[Outcome]:
    """Ask the whole case; phrasings put word for word are not the model's to judge, so they are left out."""
    opened = Opened(case, weights, encoder)
    return [
        Outcome(case.name, opened.evidence(seen), seen.intents[0] == seen.wanted)
        for seen in opened.asked()
        if seen.intents and not seen.word_for_word
    ]


def fit(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """The weights by name, `always` first."""
    names = tuple(outcomes[0].evidence)
    rows = np.array([[one.evidence[name] for name in names] for one in outcomes])
    right = np.array([one.right for one in outcomes], float)
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + _HARDLY
    fitted = _fit((rows - middle) / spread, right, _shares(outcomes), [_bounds(name) for name in names])
    weights = fitted[:-1] / spread
    always = float(fitted[-1] - weights @ middle)
    found = {"always": always, **dict(zip(names, weights.tolist(), strict=True))}
    return {name: round(weight, 3) + 0.0 for name, weight in found.items()}


def _shares(outcomes: Sequence[Outcome]) -> Floats:
    """How much each counts; all together make one."""
    many = Counter(one.case for one in outcomes)
    return np.array([1 / many[one.case] for one in outcomes]) / len(many)


def _bounds(name: str) -> tuple[float | None, float | None]:
    if name in FREE:
        return None, None
    return (None, 0.0) if name in AGAINST else (0.0, None)


def _fit(
    rows: Floats, right: Floats, shares: Floats, bounds: list[tuple[float | None, float | None]]
) -> Floats:
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
