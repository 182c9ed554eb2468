"""The weights of the confidence: a logistic model of whether the best candidate is the right one.

A second one of the same form says whether the right one is among those that would be offered. It is learned
above all by what it is there for: to offer a choice where it helps and none to strangers. Every base
counts alike, however many questions it has. What can only speak for a candidate is forbidden to speak
against it: that made the weights hold on sets they had not seen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from faq.judging.labelled import OUT_OF_SCOPE, Labelled
from faq.matching.meaning import Encoder
from faq.matching.postings import Floats
from faq.matching.staged import WORD_FOR_WORD
from faq.matching.weights import Weights
from tests.benches.fitting.asked import Opened
from tests.benches.fitting.logistic import AGAINST, ANY, FOR, Bound, Examples, Flags, learned
from tests.benches.matching.cases import Case

FREE = {"length", "phrasings", "phrasings_of_others"}
ALARMING = {"unknown"}
STRANGERS, WITHOUT_ANSWER = 10.0, 0.3
"""What a base's strangers count together beside its questions whose answer would be offered, and what one of
those others counts that a choice does not help: they are the company's own, and meant for people anyway."""
_PULL = 2e-3


@dataclass(frozen=True)
class Outcomes:
    """What spoke for the best candidates of one base's questions, a row each, and what was right.

    `most` is what the matcher lets either probability be at most; a question asked word for word has a
    probability of its own, which is no matter of the model. `strange` is the same of strangers' questions.
    """

    pool: str
    names: tuple[str, ...]
    rows: Floats
    right: Flags
    among: Flags
    inside: Flags
    word_for_word: Flags
    most: Floats
    scores: tuple[tuple[float, ...], ...] = ()
    """Of what was found for each question, best first."""
    places: tuple[int, ...] = ()
    """Where the right one stands among them, from 0; -1: nowhere."""
    strange: "Outcomes | None" = None


def collected(case: Case, weights: Weights, encoder: Encoder | None, strange: Sequence[str] = ()) -> Outcomes:
    """Ask the whole case, and then strangers' questions."""
    opened = Opened(case, weights, encoder)
    outcomes = _outcomes(opened, case.name, case.rows)
    rows = [Labelled(text, OUT_OF_SCOPE) for text in strange]
    return replace(outcomes, strange=_outcomes(opened, case.name, rows)) if rows else outcomes


def _outcomes(opened: Opened, name: str, rows: Sequence[Labelled]) -> Outcomes:
    every = list(opened.asked(rows))
    weighed = [opened.matcher.weigh(seen.question, seen.found) for seen in every]
    names = tuple(weighed[0][0])
    return Outcomes(
        name,
        names,
        np.array([[evidence[name] for name in names] for evidence, _ in weighed]),
        np.array([seen.right for seen in every]),
        np.array([seen.among for seen in every]),
        np.array([seen.wanted != OUT_OF_SCOPE for seen in every]),
        np.array([seen.word_for_word for seen in every]),
        np.array([most for _, most in weighed]),
        tuple(tuple(seen.found.unrepeated.scores.tolist()) for seen in every),
        tuple(seen.place for seen in every),
    )


def fit(outcomes: Sequence[Outcomes]) -> dict[str, float]:
    """The weights by name, `always` first; every base counts alike."""
    names = outcomes[0].names
    return _named(names, *learned([_examples(one, one.right) for one in outcomes], _bounds(names), _PULL))


def fit_choice(outcomes: Sequence[Outcomes]) -> dict[str, float]:
    """The same of a choice, learned where it parts those it helps from strangers.

    What comes of that is put on the scale of a probability: of the bases' own questions as many are helped.
    """
    names = outcomes[0].names
    helped = [_examples(one, one.among, np.where(one.among, 1, WITHOUT_ANSWER)) for one in outcomes]
    sent_on = [_examples(each, each.among, STRANGERS) for one in outcomes if (each := one.strange)]
    slopes, always = learned([*helped, *sent_on], _bounds(names), _PULL)
    leaning = [replace(one, rows=(one.rows @ slopes + always)[:, None]) for one in outcomes]
    (scale,), offset = learned([_examples(one, one.among) for one in leaning], [FOR], 0)
    return _named(names, slopes * scale, always * scale + offset)


def _examples(one: Outcomes, came: Flags, worth: Floats | float = 1) -> Examples:
    """What was not asked word for word, a base's questions together counting as much as any other's."""
    kept = ~one.word_for_word
    return one.rows[kept], came[kept], np.broadcast_to(worth, len(kept))[kept] / max(1, kept.sum())


def _named(names: Sequence[str], slopes: Floats, always: float) -> dict[str, float]:
    found = {"always": always, **dict(zip(names, slopes.tolist(), strict=True))}
    return {name: round(float(weight), 3) + 0.0 for name, weight in found.items()}


def likely(one: Outcomes, weights: Mapping[str, float]) -> Floats:
    """The probabilities of the model alone."""
    odds = weights["always"] + one.rows @ np.array([weights[name] for name in one.names])
    found: Floats = 1 / (1 + np.exp(-odds))
    return found


def foretold(one: Outcomes, weights: Mapping[str, float]) -> Floats:
    """The probabilities that the matcher would give with these weights."""
    return np.where(one.word_for_word, WORD_FOR_WORD, np.minimum(likely(one, weights), one.most))


def usual(outcomes: Sequence[Outcomes]) -> float:
    """The share of right firsts among what the model is fitted on, every base counting alike."""
    shares = [one.right[~one.word_for_word] for one in outcomes if not one.word_for_word.all()]
    return round(float(np.mean([share.mean() for share in shares])), 3)


def _bounds(names: Sequence[str]) -> list[Bound]:
    return [ANY if name in FREE else AGAINST if name in ALARMING else FOR for name in names]
