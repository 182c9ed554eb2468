"""What a desk's own traffic tells: how often the first of what is found is the right one there.

Confidence was fitted where some share of the firsts were right. On a base that lacks many entries fewer are,
on a whole one more. Nobody has to say which: that share is found from the confidences of many questions by
expectation maximization (Saerens, Latinne, Decaestecker 2002), beginning with questions as they were then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from faq.matching.postings import Floats

MOST_ASKED = 1000
PSEUDO_QUESTIONS, MOST_COUNTED = 100, 200
"""The share of the fit counts as much as so many questions; all that were asked, at most as much as so many.

More of them make the estimate steadier and no bolder: what the model has wrong about a base is wrong in each.
"""
_STEPS, _STILL = 200, 1e-6
_EDGE = 1e-6


@dataclass(frozen=True, slots=True)
class Traffic:
    """How many distinct questions were asked, and the share of right firsts before and now."""

    questions: int
    before: float
    right: float

    @property
    def shift(self) -> float:
        """What the odds of every confidence are raised by, as a logarithm."""
        return _log_odds(self.right) - _log_odds(self.before)


def estimated(likely: Sequence[float], before: float) -> Traffic:
    """What confidences tell, one for each question, fitted where `before` of the firsts were right."""
    found: Floats = np.asarray(likely, float)
    found = np.clip(found[np.isfinite(found)], _EDGE, 1 - _EDGE)
    speaks = found / (1 - found) * (1 - before) / before
    right = before
    for _ in range(_STEPS):
        right, last = _again(speaks, right, before), right
        if abs(right - last) < _STILL:
            break
    return Traffic(len(found), before, right)


def _again(speaks: Floats, right: float, before: float) -> float:
    """The share of right firsts if `right` of them were so likely."""
    if not len(speaks):
        return before
    expected = float(np.mean(speaks * right / (speaks * right + 1 - right)))
    counted = min(len(speaks), MOST_COUNTED)
    return (counted * expected + PSEUDO_QUESTIONS * before) / (counted + PSEUDO_QUESTIONS)


def _log_odds(share: float) -> float:
    return log(share / (1 - share))
