"""What a matcher says about a question: sure, unsure, or nothing to offer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal, Protocol, TypeAlias

from faq.entries.entry import Entry
from faq.language.effort import Effort

MOST_OFFERED, MOST_NEXT = 3, 2
NEVER = 1.0
"""A threshold that nothing reaches."""

Zone = Literal["answer", "choice", "person"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may be meant; confidence grows from 0 to 1 with the share of right answers."""

    entry: Entry
    confidence: float


@dataclass(frozen=True, slots=True)
class Sure:
    """Answer with the best; the others were next, and those `next_up` may be offered below the answer."""

    zone: ClassVar[Zone] = "answer"
    best: Candidate
    others: tuple[Candidate, ...] = ()
    next_up: tuple[Candidate, ...] = ()

    @property
    def ranked(self) -> tuple[Candidate, ...]:
        return (self.best, *self.others)


@dataclass(frozen=True, slots=True)
class Unsure:
    """Offer the candidates, one to three; the others are too unlikely to be shown.

    `stands_out`: the first is more often right than not, so that its answer may be shown with the choice.
    """

    zone: ClassVar[Zone] = "choice"
    candidates: tuple[Candidate, ...]
    others: tuple[Candidate, ...] = ()
    stands_out: bool = False

    @property
    def ranked(self) -> tuple[Candidate, ...]:
        return self.candidates + self.others


@dataclass(frozen=True, slots=True)
class NoMatch:
    """Call a person; the candidates are only what came nearest."""

    zone: ClassVar[Zone] = "person"
    candidates: tuple[Candidate, ...] = ()

    @property
    def ranked(self) -> tuple[Candidate, ...]:
        return self.candidates


Match: TypeAlias = Sure | Unsure | NoMatch
"""`ranked` holds at least the three best of the knowledge base, if it has as many."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From `sure` on the answer is given at once, from `unsure` on a choice is offered.

    They are measured by two probabilities: that the first is the right one, and that it is among those
    that would be offered. An entry may have a `sure` of its own. From `stands_out` on the first of a choice
    stands out, unless it has. From `next_up` on the second and third are offered below an answer. With
    `strangers`, `unsure` is only the least, and is raised at every knowledge base until such a share of
    everyday questions reaches a person.
    """

    sure: float
    unsure: float
    stands_out: float = NEVER
    next_up: float = NEVER
    strangers: float | None = None

    def judge(self, ranked: tuple[Candidate, ...], among: float) -> Match:
        """The zone for candidates given best first; `among`: how likely one of those offered is right."""
        if not ranked:
            return NoMatch()
        own = ranked[0].entry.sure
        if ranked[0].confidence >= (self.sure if own is None else own):
            following = ranked[1 : 1 + MOST_NEXT]
            next_up = tuple(each for each in following if each.confidence >= self.next_up)
            return Sure(ranked[0], ranked[1:], next_up)
        if among >= self.unsure:
            shown = max(1, sum(each.confidence > 0 for each in ranked[:MOST_OFFERED]))
            stands_out = own is None and ranked[0].confidence >= self.stands_out
            return Unsure(ranked[:shown], ranked[shown:], stands_out)
        return NoMatch(ranked)


@dataclass(frozen=True, slots=True)
class Near:
    """An entry that came near, the phrasing that brought it there, and what its confidence is made of."""

    entry: Entry
    confidence: float
    phrasing: str
    parts: Mapping[str, float] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Explained:
    """What became of a text: how it was understood, whether word for word, and the best five entries."""

    understood: str
    exact: bool
    match: Match
    nearest: tuple[Near, ...]


class Matcher(Protocol):
    """Finds what a customer's text is about. It never raises, whatever the text."""

    def match(self, text: str, language: str, effort: Effort | None = None) -> Match:
        """What it is about; a piece of a longer text shares the effort that is made for that."""
        ...

    def explain(self, text: str, language: str) -> Explained:
        """The same with its reasons, for managers; slower."""
        ...
