"""A logistic model whose weights may be held to one sign."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from faq.matching.postings import Floats

Flags: TypeAlias = NDArray[np.bool_]
Examples: TypeAlias = tuple[Floats, Flags, Floats]
"""Rows, what came of each, and how much each counts beside the others."""
Bound: TypeAlias = tuple[float | None, float | None]

ANY, FOR, AGAINST = (None, None), (0.0, None), (None, 0.0)
_HARDLY = 1e-9


def learned(examples: Sequence[Examples], bounds: Sequence[Bound], pull: float) -> tuple[Floats, float]:
    """A weight for each column, drawn towards nothing by `pull`, and one that needs no evidence."""
    rows, came, shares = (np.concatenate(each) for each in zip(*examples, strict=True))
    shares = shares / shares.sum()
    middle = shares @ rows
    spread = np.sqrt(shares @ (rows - middle) ** 2) + _HARDLY
    fitted = _fit((rows - middle) / spread, came.astype(float), shares, bounds, pull)
    weights: Floats = fitted[:-1] / spread
    return weights, float(fitted[-1] - weights @ middle)


def _fit(rows: Floats, came: Floats, shares: Floats, bounds: Sequence[Bound], pull: float) -> Floats:
    from scipy.optimize import minimize  # type: ignore[import-untyped]  # comes with scikit-learn

    columns = np.column_stack([rows, np.ones(len(rows))])
    pulls = np.append(np.full(rows.shape[1], pull), 0.0)

    def loss(weights: Floats) -> tuple[float, Floats]:
        odds = columns @ weights
        surprise = float(shares @ (np.logaddexp(0, odds) - came * odds))
        slope = columns.T @ (shares * (1 / (1 + np.exp(-odds)) - came))
        return surprise + float(pulls @ weights**2) / 2, slope + pulls * weights

    start, fine = np.zeros(columns.shape[1]), {"ftol": 1e-12, "gtol": 1e-8}
    found: Floats = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[*bounds, ANY], options=fine).x
    return found
