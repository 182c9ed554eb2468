"""Where an answer may be given at once, and where a choice may be offered.

`sure`: the lowest confidence from which on 4 in 100 answers are wrong, every base counting alike, each judged
by weights that were fitted on the other sets. `unsure`: where as many everyday strangers reach a person as is
promised for the kind of matching, measured at each base by itself, as the product does. `stands_out`: from
where on the first of a choice is more often right than not. `next_up`: from where on one in ten of the second
and third is the right one, whenever the first stands out, which is as low as any desk should answer at once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from faq.matching.match import MOST_NEXT, NEVER
from faq.matching.postings import Floats
from faq.matching.staged import rest
from faq.matching.strangers import MOST
from tests.benches.fitting.confidence import Flags, Outcomes, fit, fit_choice, foretold

MOST_WRONG = 0.04
"""Less than the 5 in 100 that are promised: a set that nothing was fitted to may be harder than these."""
LEAST = 0.2
"""No choice is offered that helps fewer than one in five."""
STRANGERS_TO_PEOPLE = {"letters": 0.97, "meaning": 0.985, "ensemble": 0.99}
LEAST_RIGHT_FIRST, LEAST_RIGHT_NEXT = 0.5, 0.1
_STEP = 0.001


@dataclass(frozen=True)
class Foretold:
    """What weights that were fitted without a base's set make of its questions.

    `unsure` is the base's own threshold, which its strangers set.
    """

    confidence: Floats
    among: Floats
    unsure: float


def held_out(outcomes: Sequence[Outcomes], strangers: float) -> list[Foretold]:
    """Each base as it would be by weights that were fitted on the other sets, if there are any."""
    confidence, choice = without(outcomes, fit), without(outcomes, fit_choice)
    return [_foretold(one, confidence[one.pool], choice[one.pool], strangers) for one in outcomes]


def _foretold(
    one: Outcomes, confidence: Mapping[str, float], choice: Mapping[str, float], strangers: float
) -> Foretold:
    strange = foretold(one.strange, choice) if one.strange else np.zeros(1)
    least = min(MOST, max(LEAST, float(np.quantile(strange, strangers)) + _STEP))
    return Foretold(foretold(one, confidence), foretold(one, choice), least)


def without(
    outcomes: Sequence[Outcomes], learn: Callable[[Sequence[Outcomes]], dict[str, float]]
) -> dict[str, dict[str, float]]:
    """For each set the weights that were fitted on the others."""
    return {pool: learn(others(outcomes, pool)) for pool in sorted({one.pool for one in outcomes})}


def others(outcomes: Sequence[Outcomes], pool: str) -> Sequence[Outcomes]:
    """The bases of the other sets, or all where there are none."""
    return [one for one in outcomes if one.pool != pool] or outcomes


def answered(outcomes: Sequence[Outcomes], likely: Sequence[Floats], sure: float) -> tuple[float, float]:
    """The share answered at once and the wrong share of that, every base counting alike."""
    direct = [each >= sure for each in likely]
    share = float(np.mean([each.mean() for each in direct]))
    wrong = float(np.mean([(each & ~one.right).mean() for each, one in zip(direct, outcomes, strict=True)]))
    return share, wrong / share if share else 0.0


def sure(outcomes: Sequence[Outcomes], likely: Sequence[Floats], most_wrong: float = MOST_WRONG) -> float:
    """The lowest threshold with no more wrong answers than that."""
    shares = np.concatenate(_alike(likely))
    every, right = np.concatenate(list(likely)), np.concatenate([one.right for one in outcomes])
    order = np.argsort(-every, kind="stable")
    given = np.cumsum(shares[order])
    wrong = np.cumsum((shares * ~right)[order])
    good = np.flatnonzero(_ends(every[order]) & (wrong <= most_wrong * given))
    return _rounded_up(float(every[order][good[-1]])) if len(good) else NEVER


def stands_out(outcomes: Sequence[Outcomes], every: Sequence[Foretold], sure: float) -> float:
    """The threshold for the first of a choice."""
    firsts, right, shares = [], [], []
    for one, told, share in zip(outcomes, every, _alike([each.confidence for each in every]), strict=True):
        offered = (told.confidence < sure) & (told.among >= told.unsure)
        firsts.append(told.confidence[offered])
        right.append(one.right[offered])
        shares.append(share[offered])
    return _worth(firsts, right, shares, LEAST_RIGHT_FIRST)


def next_up(outcomes: Sequence[Outcomes], likely: Sequence[Floats], stands_out: float) -> float:
    """The threshold for each question below an answer."""
    others, right, shares = [], [], []
    for one, first in zip(outcomes, likely, strict=True):
        for row in np.flatnonzero((first >= stands_out) & ~one.word_for_word):
            following = rest(float(first[row]), one.scores[row])[:MOST_NEXT]
            others.append(np.array(following))
            right.append(one.places[row] == np.arange(1, 1 + len(following)))
            shares.append(np.full(len(following), 1 / len(first)))
    return _worth(others, right, shares, LEAST_RIGHT_NEXT)


def _alike(likely: Sequence[Floats]) -> list[Floats]:
    """What each question counts, so that every base counts alike."""
    return [np.full(len(each), 1 / max(1, len(each))) for each in likely]


def _worth(
    values: Sequence[Floats], right: Sequence[Flags], shares: Sequence[Floats], least_right: float
) -> float:
    """The value from which on most is gained if so many must be right for it to be worth while."""
    every, came, counts = (np.concatenate([*each, []]) for each in (values, right, shares))
    order = np.argsort(-every, kind="stable")
    gained = np.where(_ends(every[order]), np.cumsum((counts * (came - least_right))[order]), 0.0)
    if not len(gained) or gained.max() <= 0:
        return NEVER
    return _rounded_up(float(every[order][gained.argmax()]))


def _ends(descending: Floats) -> Flags:
    """Where the last of equal values stands."""
    ends: Flags = np.append(descending[1:] != descending[:-1], True)[: len(descending)]
    return ends


def solved(outcomes: Sequence[Outcomes], every: Sequence[Foretold], sure: float) -> float:
    """Of questions with an entry: answered rightly, or the right one offered; every base counting alike."""
    found = []
    for one, told in zip(outcomes, every, strict=True):
        direct = told.confidence >= sure
        offered = ~direct & (told.among >= told.unsure)
        found.append(((direct & one.right) | (offered & one.among))[one.inside].mean())
    return float(np.mean(found))


def _rounded_up(threshold: float) -> float:
    return round(float(np.ceil(threshold / _STEP) * _STEP), 3)
