"""How sure it is that the best candidate is the right one, as a probability.

A logistic model over a few plain numbers. Its weights were learned from many small knowledge bases made
of public sets of questions, each with questions that none of its entries answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log

from faq.matching.search import NearEntries, Search
from faq.matching.ways import Ways
from faq.matching.wording import Wording

_MOST_LEAD = 4.0

Evidence = Mapping[str, float]
"""Named numbers about the best candidate of a question."""


def evidence(question: Wording, found: NearEntries, search: Search, ways: Ways) -> Evidence:
    """What speaks for the first of what was found; something must have been."""
    places = search.index.places(int(found.sides[0])).tolist()
    wordings = [ways.wordings[place] for place in places]
    nearest = ways.wordings[max(places, key=lambda place: found.nearness[place])]
    asked = question.told
    weight = {feature: search.index.rarity(feature) for feature in asked | nearest.content}
    scores = found.scores
    lead = float(scores[0] - scores[1]) if len(scores) > 1 else float(scores[0])
    return {
        **dict(zip(search.parts, map(float, found.parts[0]), strict=True)),
        "lead": min(lead, _MOST_LEAD),
        "share": -log(sum(exp(float(score) - float(scores[0])) for score in scores[:10])),
        "told": _share(nearest.content & asked, nearest.content, weight),
        "unknown": _share({one for one in asked if not search.index.knows(one)}, asked, weight),
        "same": float(any(question.says_the_same(wording) for wording in wordings)),
        "length": log(1 + len(asked)),
        "entries": log(len(ways.entries)),
        "phrasings": log(len(places)),
    }


def _share(some: "frozenset[str] | set[str]", of: frozenset[str], weight: Mapping[str, float]) -> float:
    whole = sum(weight[one] for one in of)
    return sum(weight[one] for one in some) / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class Confidence:
    """A logistic model; one fitted for a desk knows the shipped weights too, and where it has evidence."""

    weights: Mapping[str, float]
    shipped: Mapping[str, float] | None = None
    seen_from: float = 0.0

    def of(self, evidence: Evidence) -> float:
        """From 0 to 1; where no judged question has been, never higher than it was before the fit."""
        likely = probability(evidence, self.weights)
        if self.shipped is None:
            return likely
        before = probability(evidence, self.shipped)
        return min(likely, before) if before < self.seen_from else likely


def probability(evidence: Evidence, weights: Mapping[str, float]) -> float:
    """From 0 to 1; `always` is the weight that needs no evidence."""
    odds = weights["always"] + sum(weights[name] * value for name, value in evidence.items())
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))
