"""What each entry's own phrasings teach: weights that tell it from every other entry.

A logistic regression over all entries at once, stopped early so that it does not learn phrasings by
heart. Nearness to the middle of an entry takes no notice of its neighbours; this does.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from faq.matching.postings import Floats, Numbers

MOST = 8_000_000
"""Phrasings times entries: with more it would take minutes, and nothing is taught."""

_STEPS = 10
_SHARPNESS = 10.0
_STEP = 0.1
_MOMENTUM = 0.9


def taught(alike: NDArray[np.floating[Any]], owners: Numbers, entries: int) -> Floats:
    """For each entry the weight of nearness to each phrasing, given how near phrasings are to each other."""
    right = np.zeros((len(owners), entries), np.float32)
    right[np.arange(len(owners)), owners] = 1
    weights, push = np.zeros_like(right), np.zeros_like(right)
    for _ in range(_STEPS):
        logits = _SHARPNESS * (alike @ weights)
        logits -= logits.max(axis=1, keepdims=True)
        likely = np.exp(logits, out=logits)
        likely /= likely.sum(axis=1, keepdims=True)
        push = _MOMENTUM * push - _STEP * (likely - right)
        weights += push
    return np.ascontiguousarray(weights.T)
