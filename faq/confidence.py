"""How sure it is that the best candidate is the right one, as a probability.

A logistic model over a few plain numbers. Its weights were learned from many small knowledge bases made
of public sets of questions, each with questions that none of its entries answers.
"""

from collections.abc import Mapping
from math import exp, log

from faq.search import Found, Search
from faq.ways import Ways
from faq.wording import Wording

_MOST_LEAD = 4.0

Evidence = Mapping[str, float]
"""Named numbers about the best candidate of a question."""


def evidence(question: Wording, found: Found, search: Search, ways: Ways) -> Evidence:
    """What speaks for the first of what was found; something must have been."""
    places = search.index.places(int(found.sides[0])).tolist()
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
        "length": log(1 + len(asked)),
        "entries": log(len(ways.entries)),
        "phrasings": log(len(places)),
    }


def _share(some: "frozenset[str] | set[str]", of: frozenset[str], weight: Mapping[str, float]) -> float:
    whole = sum(weight[one] for one in of)
    return sum(weight[one] for one in some) / whole if whole else 0.0


def probability(evidence: Evidence, weights: Mapping[str, float]) -> float:
    """From 0 to 1; `always` is the weight that needs no evidence."""
    odds = weights["always"] + sum(weights[name] * value for name, value in evidence.items())
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))
