"""How well a matcher knows a set of labelled questions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from time import perf_counter
from typing import Any, Protocol

from faq.judging.labelled import OUT_OF_SCOPE, Labelled
from faq.matching.match import Candidate, Match, NoMatch, Sure, Unsure, Zone


class TriedMatcher(Protocol):
    """All that is needed of a matcher to measure it."""

    def match(self, text: str, language: str) -> Match: ...


@dataclass(frozen=True, slots=True)
class TriedQuestion:
    """One question, what was expected and what came."""

    row: Labelled
    match: Match
    ms: float

    @property
    def text(self) -> str:
        return self.row.text

    @property
    def expected(self) -> str:
        return self.row.intent

    @property
    def inside(self) -> bool:
        """Whether the knowledge base has an entry for it."""
        return self.row.intent != OUT_OF_SCOPE

    @property
    def zone(self) -> Zone:
        return self.match.zone

    @property
    def confidence(self) -> float:
        """Of the best, 0 without any."""
        return self.match.ranked[0].confidence if self.match.ranked else 0.0

    @property
    def right(self) -> bool:
        """Whether the best is an entry that answers it."""
        return self.is_among(self.match.ranked[:1])

    @property
    def solved(self) -> bool:
        """Answered rightly, or the right one was among the buttons."""
        match self.match:
            case Sure(best):
                return self.is_among([best])
            case Unsure(candidates):
                return self.is_among(candidates)
            case NoMatch():
                return False

    def is_among(self, candidates: Iterable[Candidate]) -> bool:
        right = {self.row.intent, *self.row.also}
        return any(candidate.entry.id in right for candidate in candidates)

    def as_json(self) -> dict[str, Any]:
        ranked = self.match.ranked
        return {
            "text": self.text,
            "expected": self.expected,
            "zone": self.zone,
            "candidates": [{"id": found.entry.id, "confidence": found.confidence} for found in ranked],
            "ms": round(self.ms, 3),
        }


@dataclass(frozen=True, slots=True)
class MatchFigures:
    """Shares from 0 to 1, or None where there was nothing to count."""

    questions: int
    out_of_scope: int
    top_1: float | None
    """Of questions with an entry: the right one came first."""
    top_3: float | None
    """Of questions with an entry: the right one was among the first three."""
    direct: float | None
    """Of all: answered at once."""
    wrong_direct: float | None
    """Of those answered at once: with another entry, or though there is none."""
    choice: float | None
    """Of all: offered a choice."""
    person: float | None
    """Of all: sent to a person."""
    solved: float | None
    """Of questions with an entry: answered rightly, or the right one was among the buttons."""
    auroc: float | None
    """How often a question with an entry has a higher confidence than one without."""
    median_ms: float | None
    p99_ms: float | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    asked: tuple[TriedQuestion, ...]

    @property
    def figures(self) -> MatchFigures:
        inside = [one for one in self.asked if one.inside]
        outside = [one for one in self.asked if not one.inside]
        direct = [one for one in self.asked if one.zone == "answer"]
        times = [one.ms for one in self.asked]
        return MatchFigures(
            questions=len(self.asked),
            out_of_scope=len(outside),
            top_1=_share(one.right for one in inside),
            top_3=_share(one.is_among(one.match.ranked[:3]) for one in inside),
            direct=_share(one.zone == "answer" for one in self.asked),
            wrong_direct=_share(not one.right for one in direct),
            choice=_share(one.zone == "choice" for one in self.asked),
            person=_share(one.zone == "person" for one in self.asked),
            solved=_share(one.solved for one in inside),
            auroc=auroc([one.confidence for one in inside], [one.confidence for one in outside]),
            median_ms=percentile(times, 0.5),
            p99_ms=percentile(times, 0.99),
        )


def evaluate(asker: TriedMatcher, rows: Iterable[Labelled], language: str = "ru") -> Evaluation:
    """Asks every row's text, in order."""
    return Evaluation(tuple(_ask(asker, row, language) for row in rows))


def _ask(asker: TriedMatcher, row: Labelled, language: str) -> TriedQuestion:
    begun = perf_counter()
    match = asker.match(row.text, language)
    return TriedQuestion(row, match, (perf_counter() - begun) * 1000)


def auroc(higher: Sequence[float], lower: Sequence[float]) -> float | None:
    """The share of pairs in which the first is the greater; equal ones count half. None without pairs."""
    if not higher or not lower:
        return None
    marked = sorted([(value, True) for value in higher] + [(value, False) for value in lower])
    below, won = 0, 0.0
    for _, equal in groupby(marked, key=lambda each: each[0]):
        sides = [side for _, side in equal]
        here = sum(sides)
        won += here * (below + (len(sides) - here) / 2)
        below += len(sides) - here
    return won / (len(higher) * len(lower))


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value below which a share of the values lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] if values else None


def _share(outcomes: Iterable[bool]) -> float | None:
    counted = list(outcomes)
    return sum(counted) / len(counted) if counted else None
