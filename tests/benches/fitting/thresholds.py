"""Where an answer may be given at once, and where a choice may be offered.

`sure`: the lowest confidence from which on 5 in 100 answers are wrong, every base counting alike, each judged
by weights that were fitted on the other sets. `unsure`: where as many everyday strangers reach a person as is
promised for the kind of matching, at every base they are put to.
"""

from collections.abc import Sequence

import numpy as np

from faq.matching.postings import Floats
from faq.matching.weights import Weights
from tests.benches.fitting.confidence import Outcomes, Target, fit, foretold

MOST_WRONG = 0.05
STRANGERS_TO_PEOPLE = {"letters": 0.97, "meaning": 0.985, "ensemble": 0.99}
NEVER = 1.0
_STEP = 0.001


def held_out(outcomes: Sequence[Outcomes], target: Target) -> list[Floats]:
    """Each base's probabilities from weights that were fitted without its set."""
    pools = {one.pool for one in outcomes}
    weights = {
        pool: fit([one for one in outcomes if one.pool != pool] or outcomes, target) for pool in sorted(pools)
    }
    return [foretold(one, weights[one.pool]) for one in outcomes]


def answered(outcomes: Sequence[Outcomes], likely: Sequence[Floats], sure: float) -> tuple[float, float]:
    """The share answered at once and the wrong share of that, every base counting alike."""
    direct = [each >= sure for each in likely]
    share = float(np.mean([each.mean() for each in direct]))
    wrong = float(np.mean([(each & ~one.right).mean() for each, one in zip(direct, outcomes, strict=True)]))
    return share, wrong / share if share else 0.0


def sure(outcomes: Sequence[Outcomes], likely: Sequence[Floats], most_wrong: float = MOST_WRONG) -> float:
    """The lowest threshold with no more wrong answers than that."""
    shares = np.concatenate([np.full(len(each), 1 / len(each)) for each in likely])
    every, right = np.concatenate(list(likely)), np.concatenate([one.right for one in outcomes])
    order = np.argsort(-every, kind="stable")
    given = np.cumsum(shares[order])
    wrong = np.cumsum((shares * ~right)[order])
    ends = np.append(every[order][1:] != every[order][:-1], True)
    good = np.flatnonzero(ends & (wrong <= most_wrong * given))
    return _rounded_up(float(every[order][good[-1]])) if len(good) else NEVER


def unsure(strangers: Sequence[Floats], share: float) -> float:
    """The lowest threshold at which so many strangers reach a person, at every base they are put to."""
    return _rounded_up(max(float(np.quantile(each, share)) for each in strangers))


def _rounded_up(threshold: float) -> float:
    return round(float(np.ceil(threshold / _STEP) * _STEP), 3)


def solved(
    outcomes: Sequence[Outcomes],
    likely: Sequence[Floats],
    among: Sequence[Floats],
    weights: Weights,
) -> float:
    """Of questions with an entry: answered rightly, or the right one offered; every base counting alike."""
    found = []
    for one, confidence, chance in zip(outcomes, likely, among, strict=True):
        direct = confidence >= weights.sure
        offered = ~direct & (chance >= weights.unsure)
        found.append(((direct & one.right) | (offered & one.among))[one.inside].mean())
    return float(np.mean(found))
