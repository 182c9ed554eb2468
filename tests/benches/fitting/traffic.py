"""What a desk's own traffic changes: bases asked at one threshold, before and after much else was asked.

Confidence and the share of right firsts that goes with it are fitted on the other sets' bases. What is asked
before is drawn as what is evaluated is, and nobody says what of it was right.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from faq.matching.meaning import Encoder
from faq.matching.postings import Floats
from faq.matching.traffic import MOST_ASKED, estimated
from faq.matching.weights import Weights
from tests.benches.fitting import bases, hard, thresholds
from tests.benches.fitting.bases import Pool
from tests.benches.fitting.confidence import Outcomes, collected, fit, foretold, likely, usual

NUMBERS = (0, 50, 200, 1000)


@dataclass(frozen=True)
class Busy:
    """The questions one base is evaluated on, and what was asked before them."""

    outcomes: Outcomes
    traffic: Outcomes


def harder(every: Sequence[Pool], weights: Weights, encoder: Encoder | None, *, quick: bool) -> list[Busy]:
    """The bases that confidence is fitted on."""
    return [
        _busy(hard.at_work(pool, seed, MOST_ASKED), weights, encoder, hard.strange(pool, every))
        for pool in every
        for seed in range(hard.QUICK if quick else hard.BASES[pool.public.name])
    ]


def whole(every: Iterable[Pool], weights: Weights, encoder: Encoder | None, *, quick: bool) -> list[Busy]:
    """Complete and even bases, which confidence never sees."""
    return [
        _busy(desk, weights, encoder)
        for pool in every
        for desk in bases.at_work(pool, MOST_ASKED, quick=quick)
    ]


def _busy(desk: bases.Desk, weights: Weights, encoder: Encoder | None, strange: Sequence[str] = ()) -> Busy:
    traffic = replace(desk.case, rows=desk.traffic)
    return Busy(collected(desk.case, weights, encoder, strange), collected(traffic, weights, encoder))


@dataclass(frozen=True)
class Others:
    """For each set what was fitted on the others: weights of confidence and the share of right firsts."""

    weights: Mapping[str, Mapping[str, float]]
    shares: Mapping[str, float]

    @classmethod
    def of(cls, outcomes: Sequence[Outcomes]) -> Self:
        """Fit them."""
        weights = thresholds.without(outcomes, fit)
        return cls(weights, {pool: usual(thresholds.others(outcomes, pool)) for pool in weights})

    def after(self, busy: Sequence[Busy], number: int) -> list[Floats]:
        """What each base's evaluated questions are given once so many others were asked."""
        return [self._after(one, self.weights[one.outcomes.pool], number) for one in busy]

    def _after(self, one: Busy, weights: Mapping[str, float], number: int) -> Floats:
        told = likely(one.traffic, weights)[:number][~one.traffic.word_for_word[:number]]
        shift = estimated(told.tolist(), self.shares[one.outcomes.pool]).shift
        return foretold(one.outcomes, {**weights, "always": weights["always"] + shift})


def sure(busy: Sequence[Busy]) -> float:
    """The one threshold that holds whether much was asked, little or nothing: the highest of the rule's."""
    outcomes = [one.outcomes for one in busy]
    others = Others.of(outcomes)
    return max(thresholds.sure(outcomes, others.after(busy, number)) for number in NUMBERS)


def table(
    fitted_on: Sequence[Outcomes], desks: Mapping[str, Sequence[Busy]], sure: float
) -> Iterator[list[str]]:
    """For each kind of base and number of questions: direct and wrong of it, of all and by set."""
    others = Others.of(fitted_on)
    for name, busy in desks.items():
        outcomes = [one.outcomes for one in busy]
        for number in NUMBERS:
            after = others.after(busy, number)
            sets = [_share(outcomes, after, sure, pool) for pool in (None, *others.weights)]
            yield [name, str(number), *sets, f"{thresholds.sure(outcomes, after):.3f}"]


def _share(outcomes: Sequence[Outcomes], after: Sequence[Floats], sure: float, pool: str | None) -> str:
    mine = [at for at, one in enumerate(outcomes) if pool in (None, one.pool)]
    direct, wrong = thresholds.answered([outcomes[at] for at in mine], [after[at] for at in mine], sure)
    return f"{direct:.3f}, {wrong:.3f}"
