"""The matcher in its first form: shared stems by their rarity, helped by rapidfuzz."""

from itertools import islice
from math import exp

from faq.entry import Entry
from faq.index import Index
from faq.knowledge import Knowledge
from faq.match import MOST_OFFERED, Candidate, Explained, Match, Near, Thresholds

THRESHOLDS = Thresholds(sure=0.85, unsure=0.3)
"""Chosen on public sets of customers' questions: of ten answers given at once about nine are right."""

_RANKED = 5
_CLOSE = 0.2
_DOUBT = 0.5
"""With two entries equally near, each is worth this much less: one of them is wrong."""

_STEEPNESS = 8
_EVEN_ODDS = 0.35
"""A score with which every second answer was right on public sets of customers' questions."""


class FuzzyMatcher:
    """Knows every phrasing of every visible entry, in all languages at once."""

    def __init__(
        self, knowledge: Knowledge, sure: float = THRESHOLDS.sure, unsure: float = THRESHOLDS.unsure
    ) -> None:
        self._knowledge = knowledge
        self._thresholds = Thresholds(sure, unsure)
        self._entries = [entry for entry in knowledge.entries if not entry.hidden]
        self._index = Index([_ways_to_ask(entry) for entry in self._entries])

    def match(self, text: str, language: str) -> Match:
        """Customers mix languages, so theirs only decides which text they are shown later."""
        scores = {
            entry: score
            for number, score in self._index.scores(text).items()
            if self._knowledge.is_open(entry := self._entries[number])
        }
        ranked = sorted(scores.items(), key=lambda found: -found[1])[:_RANKED]
        certainty = _certainty([score for _, score in ranked])
        candidates = tuple(Candidate(entry, _confidence(score * certainty)) for entry, score in ranked)
        return self._thresholds.judge(self._filled_up(candidates))

    def explain(self, text: str, language: str) -> Explained:
        match = self.match(text, language)
        nearest = [
            Near(found.entry, found.confidence, found.entry.question_in(language), {})
            for found in match.ranked
        ]
        return Explained(text, exact=False, match=match, nearest=tuple(nearest))

    def _filled_up(self, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """With too few that share a word, the first entries of the base stand in with no confidence."""
        missing = MOST_OFFERED - len(candidates)
        if missing <= 0:
            return candidates
        taken = {candidate.entry.id for candidate in candidates}
        rest = (entry for entry in self._entries if entry.id not in taken and self._knowledge.is_open(entry))
        return candidates + tuple(Candidate(entry, 0.0) for entry in islice(rest, missing))


def _certainty(scores: list[float]) -> float:
    if len(scores) < 2:
        return 1.0
    lead = min(1.0, (scores[0] - scores[1]) / _CLOSE)
    return 1.0 - _DOUBT * (1.0 - lead)


def _confidence(score: float) -> float:
    """The share of right answers to expect at this score."""
    return round(1 / (1 + exp(-_STEEPNESS * (score - _EVEN_ODDS))), 4)


def _ways_to_ask(entry: Entry) -> list[str]:
    """Questions and phrasings in every language, each once."""
    spoken = [*entry.question.values(), *(text for texts in entry.phrasings.values() for text in texts)]
    return list(dict.fromkeys(spoken))
