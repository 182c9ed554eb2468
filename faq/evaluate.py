"""How well a matcher knows a set of labelled questions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from faq.match import Candidate, Match, Matcher, NoMatch, Sure, Unsure, Zone

OUT_OF_SCOPE = "oos"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, what was expected and what came."""

    text: str
    expected: str
    match: Match
    ms: float

    @property
    def zone(self) -> Zone:
        return self.match.zone

    def is_among(self, candidates: Iterable[Candidate]) -> bool:
        return any(candidate.entry.id == self.expected for candidate in candidates)

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
class Figures:
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
    median_ms: float | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    asked: tuple[Asked, ...]

    @property
    def figures(self) -> Figures:
        inside = [one for one in self.asked if one.expected != OUT_OF_SCOPE]
        direct = [one for one in self.asked if one.zone == "answer"]
        return Figures(
            questions=len(self.asked),
            out_of_scope=len(self.asked) - len(inside),
            top_1=_share(one.is_among(one.match.ranked[:1]) for one in inside),
            top_3=_share(one.is_among(one.match.ranked[:3]) for one in inside),
            direct=_share(one.zone == "answer" for one in self.asked),
            wrong_direct=_share(not one.is_among(one.match.ranked[:1]) for one in direct),
            choice=_share(one.zone == "choice" for one in self.asked),
            person=_share(one.zone == "person" for one in self.asked),
            solved=_share(map(_is_solved, inside)),
            median_ms=_median([one.ms for one in self.asked]),
        )


def evaluate(matcher: Matcher, rows: Iterable[Mapping[str, str]], language: str = "ru") -> Evaluation:
    """Asks every row's text, in order. Each row has `text` and `intent`, an entry's id or `oos`."""
    return Evaluation(tuple(_ask(matcher, row["text"], row["intent"], language) for row in rows))


def _ask(matcher: Matcher, text: str, expected: str, language: str) -> Asked:
    begun = perf_counter()
    match = matcher.match(text, language)
    return Asked(text, expected, match, (perf_counter() - begun) * 1000)


def _is_solved(one: Asked) -> bool:
    match one.match:
        case Sure(best):
            return one.is_among([best])
        case Unsure(candidates):
            return one.is_among(candidates)
        case NoMatch():
            return False


def _share(outcomes: Iterable[bool]) -> float | None:
    counted = list(outcomes)
    return sum(counted) / len(counted) if counted else None


def _median(values: list[float]) -> float | None:
    return sorted(values)[len(values) // 2] if values else None
