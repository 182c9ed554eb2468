"""An evaluation beside its figures: who is taken for whom, what is missed, is confidence honest."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TypeVar

from faq.judging.evaluate import Evaluation, TriedQuestion
from faq.judging.labelled import OUT_OF_SCOPE

MOST_WRONG = 0.05
"""Of answers given at once: more would cost people's trust."""

_BINS = 10
_EXAMPLES = 4
_FEWEST = 20
"""Below so many answers a share of wrong ones is a matter of luck."""

Key = TypeVar("Key", bound=Hashable)


class Ending(StrEnum):
    """What a customer got. Each is a key for a text in every locale."""

    ANSWERED = "answered"
    """Rightly and at once."""
    AMONG = "among"
    """The right one was among the buttons."""
    LEFT = "left"
    """A person, for a question that has no entry."""
    MISSED = "missed"
    """A person, though there is an entry."""
    ASIDE = "aside"
    """Buttons, and none of them right."""
    WRONG = "wrong"
    """A wrong answer at once."""


def ending(one: TriedQuestion) -> Ending:
    """How one question ended."""
    match one.zone:
        case "answer":
            return Ending.ANSWERED if one.right else Ending.WRONG
        case "choice":
            return Ending.AMONG if one.solved else Ending.ASIDE
        case "person":
            return Ending.MISSED if one.inside else Ending.LEFT


def endings(evaluation: Evaluation) -> dict[Ending, int]:
    """How many questions ended in each way, none left out."""
    counted = dict.fromkeys(Ending, 0)
    for one in evaluation.asked:
        counted[ending(one)] += 1
    return counted


@dataclass(frozen=True, slots=True)
class Confusion:
    """Questions of one entry (or of none, `oos`) for which another came first, the surest first."""

    expected: str
    found: str
    asked: tuple[TriedQuestion, ...]

    @property
    def answered(self) -> int:
        """How many were answered with it at once."""
        return sum(one.zone == "answer" for one in self.asked)

    @property
    def examples(self) -> tuple[TriedQuestion, ...]:
        """A few of them."""
        return self.asked[:_EXAMPLES]


def confusions(evaluation: Evaluation, limit: int) -> tuple[Confusion, ...]:
    """The worst: those most often answered wrongly, then those most often shown among buttons."""
    shown = [one for one in evaluation.asked if one.zone != "person" and not one.right]
    pairs = _grouped(shown, lambda one: (one.expected, one.match.ranked[0].entry.id))
    found = [Confusion(expected, best, _surest(asked)) for (expected, best), asked in pairs.items()]
    return tuple(sorted(found, key=lambda each: (-each.answered, -len(each.asked)))[:limit])


@dataclass(frozen=True, slots=True)
class Missed:
    """Questions of an entry that were sent to a person for want of a match."""

    entry: str
    asked: tuple[TriedQuestion, ...]

    @property
    def examples(self) -> tuple[TriedQuestion, ...]:
        """A few of them."""
        return self.asked[:_EXAMPLES]


def missed(evaluation: Evaluation, limit: int) -> tuple[Missed, ...]:
    """The entries that were missed most often."""
    lost = [one for one in evaluation.asked if ending(one) is Ending.MISSED]
    found = [Missed(entry, tuple(asked)) for entry, asked in _grouped(lost, lambda one: one.expected).items()]
    return tuple(sorted(found, key=lambda each: -len(each.asked))[:limit])


@dataclass(frozen=True, slots=True)
class ConfidenceBin:
    """Questions whose best confidence lies between `low` and `high`."""

    low: float
    high: float
    count: int
    expected: float
    right: float


def calibration(evaluation: Evaluation) -> tuple[ConfidenceBin, ...]:
    """Confidence against the share of right ones; empty bins are left out."""
    places = _grouped(evaluation.asked, lambda one: min(_BINS - 1, int(one.confidence * _BINS)))
    return tuple(
        ConfidenceBin(
            low=place / _BINS,
            high=(place + 1) / _BINS,
            count=len(asked),
            expected=sum(one.confidence for one in asked) / len(asked),
            right=sum(one.right for one in asked) / len(asked),
        )
        for place, asked in sorted(places.items())
    )


@dataclass(frozen=True, slots=True)
class Advice:
    """The lowest `faq_sure` at which no more than 5 % of these answers would have been wrong."""

    sure: float
    direct: float
    wrong: float


def advice(evaluation: Evaluation) -> Advice | None:
    """None if no threshold does it, or the answers are too few to tell."""
    answered, wrong, best = 0, 0, None
    ordered = sorted(evaluation.asked, key=lambda one: -one.confidence)
    for confidence, equal in groupby(ordered, key=lambda one: one.confidence):
        right = [one.right for one in equal]
        answered, wrong = answered + len(right), wrong + right.count(False)
        if answered >= _FEWEST and wrong <= MOST_WRONG * answered and confidence > 0:
            best = Advice(confidence, answered / len(ordered), wrong / answered)
    return best


def is_outside(expected: str) -> bool:
    """Whether a question was expected to find no entry."""
    return expected == OUT_OF_SCOPE


def _grouped(
    asked: Iterable[TriedQuestion], key: Callable[[TriedQuestion], Key]
) -> dict[Key, list[TriedQuestion]]:
    groups: dict[Key, list[TriedQuestion]] = defaultdict(list)
    for one in asked:
        groups[key(one)].append(one)
    return groups


def _surest(asked: Sequence[TriedQuestion]) -> tuple[TriedQuestion, ...]:
    return tuple(sorted(asked, key=lambda one: -one.confidence))
