"""All phrasings of a knowledge base, ready to be compared with a question.

Words are weighed by how few entries use them: «заказ», which half of the entries mention, decides
little, and «промокод» decides much.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import log

from faq.lexicon import lexicon
from faq.repair import Repair
from faq.stems import stem
from faq.text import fold, words
from faq.wording import Wording

_LOOKED_AT = 40
_WEAK_WORD = 0.5
_UNKNOWN_WORD = 1.2
_SPELLING = 0.4
_ENTRY = 0.4
_NO_WORD = 0.5
_TWO_WORDS = 1.8
_ONE_WORD, _REST = 0.4, 0.15
"""One shared word does not make a question, however rare it is, unless there is hardly anything else;
nor do two that both had to be corrected."""


@dataclass(frozen=True, slots=True)
class Phrasing:
    entry: int
    wording: Wording
    weight: float


class Index:
    """Built once for a knowledge base and never changed."""

    def __init__(self, entries: Sequence[Iterable[str]]) -> None:
        texts = [(number, text) for number, ways in enumerate(entries) for text in ways]
        wordings = [(number, Wording.of_phrasing(text)) for number, text in texts]
        self._repair = Repair(word for _, text in texts for word in words(fold(text)))
        self._weak = frozenset(map(stem, lexicon().weak))
        self._stems_of = defaultdict[int, set[str]](set)
        for number, wording in wordings:
            self._stems_of[number].update(wording.stems)
        used = Counter(root for stems in self._stems_of.values() for root in stems)
        self._rarity = {root: log(1 + (len(entries) + 1) / times) for root, times in used.items()}
        self._unknown = _UNKNOWN_WORD * log(2 + len(entries))
        self._phrasings = [Phrasing(number, found, self._weigh(found.stems)) for number, found in wordings]
        self._where = defaultdict[str, list[int]](list)
        for place, phrasing in enumerate(self._phrasings):
            for root in phrasing.wording.stems:
                self._where[root].append(place)

    def scores(self, text: str) -> dict[int, float]:
        """How near entries come to the text, from 0 to 1; those that share nothing are left out."""
        question = Wording.of_question(text, self._repair)
        weight = self._weigh(question.stems)
        covered: dict[int, float] = {}
        scores: dict[int, float] = {}
        for shared, place in self._nearest(question, weight):
            phrasing = self._phrasings[place]
            entry = phrasing.entry
            if entry not in covered:
                covered[entry] = self._covered(question, entry) / weight
            overlap = 2 * shared / (weight + phrasing.weight)
            score = _likeness(question, phrasing.wording, overlap, covered[entry])
            scores[entry] = max(scores.get(entry, 0.0), score)
        return scores

    def _nearest(self, question: Wording, weight: float) -> list[tuple[float, int]]:
        """The phrasings that share most with the question, each with the weight of what is shared."""
        shared = defaultdict[int, float](float)
        for root, trust in question.stems.items():
            worth = trust * self._weight(root)
            for place in self._where.get(root, ()):
                shared[place] += worth
        likely = nlargest(
            _LOOKED_AT,
            shared.items(),
            key=lambda found: found[1] / (weight + self._phrasings[found[0]].weight),
        )
        return [(worth, place) for place, worth in likely]

    def _covered(self, question: Wording, entry: int) -> float:
        """How much of the question the entry has words for, in whichever of its phrasings."""
        known = self._stems_of[entry]
        return sum(trust * self._weight(root) for root, trust in question.stems.items() if root in known)

    def _weigh(self, stems: Iterable[str]) -> float:
        return sum(map(self._weight, stems))

    def _weight(self, root: str) -> float:
        rarity = self._rarity.get(root, self._unknown)
        return rarity * _WEAK_WORD if root in self._weak else rarity


def _likeness(question: Wording, phrasing: Wording, overlap: float, covered: float) -> float:
    from rapidfuzz import fuzz

    spelling = fuzz.ratio(question.joined, phrasing.joined) / 100
    likeness = (overlap + _SPELLING * spelling + _ENTRY * covered) / (1 + _SPELLING + _ENTRY)
    shared = question.content & phrasing.content
    if question.empty or not shared:
        return likeness * _NO_WORD
    whole = question.content == phrasing.content and len(question.stems.keys() ^ phrasing.stems) <= 1
    if whole or sum(question.stems[root] for root in shared) >= _TWO_WORDS:
        return likeness
    return min(likeness, _ONE_WORD + _REST * likeness)
