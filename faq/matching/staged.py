"""The matcher: repair, exact phrasings, the light index, a closer look at the best, and a probability."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from functools import partial
from itertools import islice
from math import exp
from typing import Self

import numpy as np

from faq.entries.entry import Entry
from faq.entries.knowledge import Knowledge
from faq.files.glossary import Renaming
from faq.language.effort import Effort
from faq.language.repair import Repair
from faq.matching.confidence import Confidence, Evidence, evidence
from faq.matching.exact import Exact
from faq.matching.judged import Judged, TrafficQuestion
from faq.matching.match import Candidate, Explained, Match, Near, NoMatch, Thresholds
from faq.matching.meaning import Vectors
from faq.matching.postings import Floats, Numbers
from faq.matching.refit import Example, refitted
from faq.matching.search import NearEntries, Search
from faq.matching.strangers import least
from faq.matching.traffic import MOST_ASKED, Traffic, estimated
from faq.matching.ways import Ways
from faq.matching.wording import Wording, of_question

_RANKED = 5
WORD_FOR_WORD = 0.99
_CORRECTED = 0.95
_TWINS = 0.5
"""Two entries with the very same phrasing: one of them is wrong."""
_TOO_LITTLE = 0.6
"""At most this if what is shared is a single word, a greeting or an expletive; well below any `sure`."""
_AMONG_THE_REST = 0.6
_FLAT = 2.5
_ALIKE, _ALIKE_IN_MEANING = 0.5, 0.8
"""Still less if the two are less alike than this."""
_SAME_MEANING = 0.6
"""With an encoder this near, texts need not share words."""


class StagedMatcher:
    """Knows every phrasing of every entry that is not hidden, in all languages at once."""

    def __init__(
        self,
        knowledge: Knowledge,
        thresholds: Thresholds,
        ways: Ways,
        search: Search,
        renamed: Renaming,
        confidence: Confidence,
    ) -> None:
        self._knowledge, self._thresholds, self._ways, self._search = knowledge, thresholds, ways, search
        self._renamed, self._confidence, self._shipped = renamed, confidence, confidence
        self._examples: Sequence[Example] = ()
        self._traffic: Traffic | None = None
        self._repair = Repair(word for wording in ways.wordings for word in wording.words)
        self._exact = Exact(ways)
        self._answers = np.array(ways.answers, np.intp)
        self._repeats = len(set(ways.answers)) < len(ways.answers)
        self._limited = [(number, entry) for number, entry in enumerate(ways.entries) if _is_limited(entry)]

    def match(self, text: str, language: str, effort: Effort | None = None) -> Match:
        """Customers mix languages, so theirs decides only which entries they may be offered."""
        question = self.understand(text, effort)
        return self._thresholds.judge(*self._weighed(question, self.found(question, language)))

    def explain(self, text: str, language: str) -> Explained:
        question = self.understand(text)
        found = self.found(question, language)
        candidates, among = self._weighed(question, found)
        exact = not self._exact.owners(question).isdisjoint(found.entries.tolist())
        rows = {self._ways.entries[number]: row for row, number in enumerate(found.entries)}
        nearest = tuple(
            Near(one.entry, one.confidence, *self._reasons(found, rows[one.entry])) for one in candidates
        )
        return Explained(question.text, exact, self._thresholds.judge(candidates, among), nearest)

    @property
    def thresholds(self) -> Thresholds:
        """Those it judges by: what was to be measured at its base has been."""
        return self._thresholds

    def understand(self, text: str, effort: Effort | None = None) -> Wording:
        """The text as it was probably meant."""
        return of_question(text, self._repair, self._renamed, effort)

    def taught_by(self, judged: Iterable[Judged]) -> Self:
        """The same with the confidence fitted on these judgements of earlier questions."""
        taught = copy(self)
        taught._examples = [example for one in judged if (example := self._example(one))]
        return taught.expecting(self._traffic)

    def expecting(self, traffic: Traffic | None) -> Self:
        """The same with every confidence as the traffic has it.

        What people said about answers comes after it and so has the last word: the fit for the desk begins
        where traffic has put the confidence, and is used only if it foretells judgements better than that.
        """
        expecting = copy(self)
        expecting._traffic = traffic
        shifted = self._shipped.shifted(traffic.shift) if traffic else self._shipped
        expecting._confidence = refitted(shifted, self._examples)
        return expecting

    def estimate(self, asked: Iterable[TrafficQuestion], kept: Vectors | None = None) -> Traffic:
        """What these questions tell; the first so many are looked at."""
        questions = list(islice(self._distinct(asked), MOST_ASKED))
        vectors = self._search.vectors([question for question, _ in questions], kept)
        likely = [
            self._shipped.of(self.weigh(question, found)[0])
            for (question, language), vector in zip(questions, vectors, strict=True)
            if len((found := self.found(question, language, vector)).entries)
        ]
        return estimated(likely, self._shipped.right)

    def _distinct(self, asked: Iterable[TrafficQuestion]) -> Iterator[tuple[Wording, str]]:
        """Each once, however often it was asked; a phrasing word for word has a confidence of its own."""
        known = set[str]()
        for one in asked:
            question = self.understand(one.text)
            if question.text not in known and not (question.empty or self.knows(question)):
                known.add(question.text)
                yield question, one.language

    def _example(self, judged: Judged) -> Example | None:
        """A phrasing word for word teaches nothing; nor does another entry's being wrong."""
        question = self.understand(judged.text)
        if self.knows(question) or question.empty:
            return None
        found = self.found(question, judged.language)
        if not len(found.entries):
            return None
        best = self._answers[found.entries[0]]
        is_best = any(
            self._ways.entries[number].id == judged.entry_id
            for number in np.flatnonzero(self._answers == best).tolist()
        )
        if not (is_best or judged.right):
            return None
        return Example(self.weigh(question, found)[0], right=is_best and judged.right)

    def kept_from(self, share: float, kind: str, vectors: Vectors | None) -> Self:
        """The same with a choice only from where such a share of everyday questions reaches a person."""
        likely = partial(self._among, vectors=vectors)
        enough = max(self._thresholds.unsure, least(self._ways, likely, share, kind))
        careful = copy(self)
        careful._thresholds = replace(self._thresholds, unsure=enough, strangers=None)
        return careful

    def _among(self, texts: Sequence[str], language: str, *, vectors: Vectors | None) -> list[float]:
        """How likely a choice would help with each; what is asked word for word is no stranger's question."""
        questions = [self.understand(text) for text in texts]
        read = self._search.vectors(questions, vectors)
        return [
            self._likely_among(question, self.found(question, language, vector))
            for question, vector in zip(questions, read, strict=True)
        ]

    def _likely_among(self, question: Wording, found: NearEntries) -> float:
        if self.knows(question) or not len(found.entries):
            return 0.0
        known, most = self.weigh(question, found)
        return min(self._confidence.among(known), most)

    def found(self, question: Wording, language: str, vector: Floats | None = None) -> NearEntries:
        """What the customer may be offered, best first, and last what only repeats an answer.

        For an answer stands the best of the entries that give it, or the one that is asked word for word.
        The encoder's `vector` of the question is made if it is not there yet.
        """
        near = self._search.find(question, self._closed(language), vector)
        if not self._repeats:
            return near
        if exact := self._exact.owners(question):
            near = near.kept(np.argsort(~np.isin(near.entries, [*exact]), kind="stable"))
        return near.by_answer(self._answers)

    def _closed(self, language: str) -> Numbers:
        shut = [
            number
            for number, entry in self._limited
            if not (entry.is_for(language) and self._knowledge.is_open(entry))
        ]
        return np.array(shut, np.intp)

    def _weighed(self, question: Wording, found: NearEntries) -> tuple[tuple[Candidate, ...], float]:
        """The candidates, best first, and how likely the right one is among those that would be offered."""
        if not len(found.entries):
            return (), 0.0
        exact = self._exact.owners(question)
        numbers = found.entries.tolist()
        alone = len(numbers) - found.repeated
        word_for_word = [row for row, number in enumerate(numbers[:alone]) if number in exact]
        if word_for_word:
            first = (_CORRECTED if question.trust else WORD_FOR_WORD) if len(word_for_word) == 1 else _TWINS
            order = [*word_for_word, *(row for row in range(len(numbers)) if row not in word_for_word)]
            confidences = [first] * len(word_for_word) + [0.0] * _RANKED
            return self._ranked(numbers, order, confidences), WORD_FOR_WORD
        known, most = self.weigh(question, found)
        best, among = min(self._confidence.of(known), most), min(self._confidence.among(known), most)
        confidences = [best, *rest(best, found.scores[:alone].tolist())] + [0.0] * found.repeated
        return self._ranked(numbers, list(range(len(numbers))), confidences), among

    def _ranked(
        self, numbers: list[int], order: list[int], confidences: list[float]
    ) -> tuple[Candidate, ...]:
        return tuple(
            Candidate(self._ways.entries[numbers[row]], round(confidence, 4))
            for row, confidence in zip(order[:_RANKED], confidences, strict=False)
        )

    def weigh(self, question: Wording, found: NearEntries) -> tuple[Evidence, float]:
        """What speaks for the best of what was found, and how likely it may be thought to be at most."""
        known = evidence(question, found.unrepeated, self._search, self._ways)
        if self._is_enough(question, found, known):
            return known, 1.0
        alike = max(known["best"] / _ALIKE, known.get("meaning_best", 0.0) / _ALIKE_IN_MEANING)
        return known, _TOO_LITTLE * min(1.0, alike) ** 2

    def knows(self, question: Wording) -> bool:
        """Whether some entry is asked in these very words."""
        return bool(self._exact.owners(question))

    def _is_enough(self, question: Wording, found: NearEntries, known: Mapping[str, float]) -> bool:
        """Whether there is more in common than a word, and nothing that turns the meaning round."""
        if question.empty or not known["agrees"]:
            return False
        places = self._search.index.places(int(found.sides[0]))
        wordings = [self._ways.wordings[place] for place in places]
        shared = self._search.shared(question, int(found.sides[0]))
        same = any(question.content == wording.content for wording in wordings)
        if same and question.negated not in {wording.negated for wording in wordings}:
            return False
        close = same and (len(question.content) > 1 or any(map(question.says_the_same, wordings)))
        means_it = len(question.content) > 1 and known.get("meaning_best", 0.0) >= _SAME_MEANING
        return close or shared > 1 or means_it

    def _reasons(self, found: NearEntries, row: int) -> tuple[str, dict[str, float]]:
        """The nearest phrasing as it was written, and the parts of the score."""
        places = self._search.index.places(int(found.sides[row]))
        nearest = max(places, key=lambda place: found.nearness[place])
        parts = zip(self._search.parts, found.parts[row], strict=True)
        return self._ways.texts[nearest], {name: round(float(value), 3) for name, value in parts}


class Nothing:
    """The matcher of a knowledge base without entries."""

    def match(self, text: str, language: str, effort: Effort | None = None) -> Match:
        return NoMatch()

    def explain(self, text: str, language: str) -> Explained:
        return Explained(text, exact=False, match=NoMatch(), nearest=())


def rest(best: float, scores: Sequence[float]) -> list[float]:
    """If the best is wrong, the right one is among the rest in about every second case."""
    odds = [exp((score - scores[0]) / _FLAT) for score in scores[1:]]
    left, whole = min(1 - best, best) * _AMONG_THE_REST, sum(odds)
    return [min(best, left * one / whole) for one in odds[: _RANKED - 1]]


def _is_limited(entry: Entry) -> bool:
    return bool(entry.valid_from or entry.valid_until or entry.season or entry.languages)
