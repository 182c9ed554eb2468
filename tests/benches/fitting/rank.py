"""The weights of what speaks for a candidate: the right entry should stand above the others found with it.

A softmax over the candidates of each question, every knowledge base counting alike; no weight below nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from faq.matching.meaning import Encoder
from faq.matching.postings import Floats, Numbers
from tests.benches.fitting.asked import UNFITTED, Opened
from tests.benches.matching.cases import Case

CANDIDATES = 24
_PULL = 1e-3
"""Towards nothing, so that parts which say the same share the weight."""


@dataclass(frozen=True)
class Ranking:
    """What was found in one base: questions x candidates x parts, and which candidate is the right one.

    Questions whose right entry was not found teach nothing; too short rows are filled and shut.
    """

    names: tuple[str, ...]
    parts: Floats
    shut: Floats
    right: Numbers


def collected(case: Case, encoder: Encoder | None) -> Ranking:
    """Ask the whole case."""
    opened = Opened(case, UNFITTED, encoder)
    kept = [seen for seen in opened.asked(case.rows) if seen.wanted in seen.intents[:CANDIDATES]]
    parts = np.zeros((len(kept), CANDIDATES, len(opened.search.parts)))
    shut, right = np.full(parts.shape[:2], -np.inf), np.zeros(len(kept), np.intp)
    for row, seen in enumerate(kept):
        found = seen.found.parts[:CANDIDATES]
        parts[row, : len(found)], shut[row, : len(found)] = found, 0.0
        right[row] = seen.intents.index(seen.wanted)
    return Ranking(opened.search.parts, parts, shut, right)


def fit(rankings: Sequence[Ranking], without: Iterable[str] = ()) -> dict[str, float]:
    """The weights by part; those in `without` are not to be had."""
    from scipy.optimize import minimize  # type: ignore[import-untyped]  # comes with scikit-learn

    names = rankings[0].names
    columns = [at for at, name in enumerate(names) if name not in without]
    chosen = [(one.parts[:, :, columns], one.shut, one.right) for one in rankings if len(one.right)]

    def loss(weights: Floats) -> tuple[float, Floats]:
        pull = _PULL * len(chosen)
        total, slope = pull / 2 * float(weights @ weights), pull * weights
        for parts, shut, right in chosen:
            surprise, steep = _surprise(parts, shut, right, weights)
            total, slope = total + surprise, slope + steep
        return total, slope

    start, bounds = np.ones(len(columns)), [(0, None)] * len(columns)
    fitted = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return {names[at]: round(float(weight), 2) for at, weight in zip(columns, fitted, strict=True)}


def _surprise(parts: Floats, shut: Floats, right: Numbers, weights: Floats) -> tuple[float, Floats]:
    """How little the right ones were expected on average, and which way is down from there."""
    scores = parts @ weights + shut
    scores -= scores.max(axis=1, keepdims=True)
    likely = np.exp(scores)
    likely /= likely.sum(axis=1, keepdims=True)
    rows = np.arange(len(right))
    surprise = -float(np.log(likely[rows, right]).mean())
    likely[rows, right] -= 1
    return surprise, np.einsum("qc,qcp->p", likely, parts) / len(right)
