"""How likely the best candidate is the right one, and how likely it is among those that would be offered.

Two logistic models over the same plain numbers. Their weights were learned from many small knowledge bases
made of public sets of questions: uneven, noisy, and each with questions that none of its entries answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from math import exp, log
from operator import mul
from typing import Self

from faq.matching.postings import Floats
from faq.matching.search import NearEntries, Search
from faq.matching.ways import Ways
from faq.matching.wording import Wording

_MOST_LEAD = 4.0
_SHARING, _OTHERS, _RUNNERS_UP = 10, 11, 3

Evidence = Mapping[str, float]
"""Named numbers about the best candidate of a question."""


def evidence(question: Wording, found: NearEntries, search: Search, ways: Ways) -> Evidence:
    """What speaks for the first of what was found; something must have been."""
    places = search.index.places(int(found.sides[0]))
    wordings = ways.wordings[places.start : places.stop]
    nearest = wordings[int(found.nearness[places.start : places.stop].argmax())]
    asked = question.told
    weight = {feature: search.index.rarity(feature) for feature in asked | nearest.content}
    scores: list[float] = found.scores[:_SHARING].tolist()
    lead = scores[0] - scores[1] if len(scores) > 1 else scores[0]
    phrasings, *others = [len(search.index.places(side)) for side in found.sides[: 1 + _RUNNERS_UP].tolist()]
    return {
        **dict(zip(search.parts, found.parts[0].tolist(), strict=True)),
        **dict(zip(leads(search.parts), _ahead(found.parts).tolist(), strict=True)),
        "lead": min(lead, _MOST_LEAD),
        "share": -log(sum(exp(score - scores[0]) for score in scores)),
        "told": _share(nearest.content & asked, nearest.content, weight),
        "unknown": _share({one for one in asked if not search.index.knows(one)}, asked, weight),
        "same": float(any(question.says_the_same(wording) for wording in wordings)),
        "length": log(1 + len(asked)),
        "phrasings": log(phrasings),
        "phrasings_of_others": log(sum(others) / len(others)) if others else 0.0,
    }


@cache
def leads(parts: tuple[str, ...]) -> tuple[str, ...]:
    """What it is called how far the best candidate is ahead in each part."""
    return tuple(f"{part}_lead" for part in parts)


def _ahead(parts: Floats) -> Floats:
    """Part by part, how far the first is ahead of whoever has the most of it among the others looked at."""
    others = parts[1 : 1 + _OTHERS]
    ahead: Floats = parts[0] - others.max(axis=0) if len(others) else parts[0]
    return ahead


def _share(some: "frozenset[str] | set[str]", of: frozenset[str], weight: Mapping[str, float]) -> float:
    whole = sum(weight[one] for one in of)
    return sum(weight[one] for one in some) / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class Confidence:
    """One that was fitted for a desk knows the shipped weights too, and where it has evidence.

    `right` is the share of questions whose best was the right one where the weights were fitted.
    """

    weights: Mapping[str, float]
    choice: Mapping[str, float]
    right: float
    shipped: Mapping[str, float] | None = None
    seen_from: float = 0.0

    def of(self, evidence: Evidence) -> float:
        """From 0 to 1; where no judged question has been, never higher than it was before the fit."""
        likely = probability(evidence, self.weights)
        if self.shipped is None:
            return likely
        before = probability(evidence, self.shipped)
        return min(likely, before) if before < self.seen_from else likely

    def shifted(self, by: float) -> Self:
        """The same with the odds that the best is right multiplied by e to the power of `by`."""
        return replace(self, weights={**self.weights, "always": self.weights["always"] + by})

    def among(self, evidence: Evidence) -> float:
        """From 0 to 1, that one of those offered is the right one."""
        return probability(evidence, self.choice)


def probability(evidence: Evidence, weights: Mapping[str, float]) -> float:
    """From 0 to 1; `always` is the weight that needs no evidence."""
    odds = weights["always"] + sum(map(mul, evidence.values(), map(weights.__getitem__, evidence)))
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))
