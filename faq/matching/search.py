"""Entries for a question, best first, with everything that speaks for each.

The light index chooses some thirty entries, and the encoder some more if there is one. Only these
are compared more closely.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Indel

from faq.language.lexicon import lexicon
from faq.matching.contrast import Contrast
from faq.matching.features import features
from faq.matching.meaning import Encoder, Vectors
from faq.matching.postings import Floats, Numbers, Postings
from faq.matching.senses import Senses, encoded
from faq.matching.ways import Ways
from faq.matching.weights import Weights
from faq.matching.wording import Wording

_NEAR = 24
_NEAR_IN_MEANING = 12
_SHUT = -9.0
_SPELLED = 8
"""So many entries are also compared letter by letter."""

PARTS = ("best", "middle", "contrast", "spelling", "covered", "agrees", "taught")
PARTS_OF_MEANING = ("meaning_best", "meaning_middle", "meaning_contrast", "meaning_taught")


@dataclass(frozen=True, slots=True)
class NearEntries:
    """Numbers of entries, best first, each with its nearest side, its score and what this is made of.

    Entries that answer as one before them stand last, whatever their score.
    """

    entries: Numbers
    sides: Numbers
    scores: Floats
    parts: Floats
    nearness: Floats
    """Of every phrasing there is."""
    repeated: int = 0
    """How many of them, the last, answer as one before them."""

    def by_answer(self, answers: Numbers) -> "NearEntries":
        """With those last that answer as one before them; `answers` has a number for each entry's answer."""
        first = _first_of_each(answers[self.entries])
        rest = np.delete(np.arange(len(self.entries)), first)
        return replace(self.kept(np.concatenate([first, rest])), repeated=len(rest)) if len(rest) else self

    @property
    def unrepeated(self) -> "NearEntries":
        """Only those with an answer of their own."""
        return self.kept(np.arange(len(self.entries) - self.repeated)) if self.repeated else self

    def kept(self, rows: Numbers) -> "NearEntries":
        """Only these rows."""
        return NearEntries(
            self.entries[rows], self.sides[rows], self.scores[rows], self.parts[rows], self.nearness
        )


class Search:
    """Over the phrasings of one knowledge base. Made once and never changed."""

    def __init__(
        self,
        ways: Ways,
        weights: Weights,
        encoder: Encoder | None = None,
        vectors: Vectors | None = None,
    ) -> None:
        """There must be at least one way to ask."""
        counted = [features(wording.words) for wording in ways.wordings]
        self.index = Postings(counted, ways.owners)
        self._entry_of: Numbers = np.array(ways.sides, np.intp)
        self._one_sided = len(ways.sides) == len(ways.entries)
        self.parts = PARTS + (PARTS_OF_MEANING if encoder else ())
        self._contrast = Contrast.of(self.index, counted)
        self._saying = _sides_by_content(ways)
        self._stems = [
            frozenset[str]().union(*(ways.wordings[place].stems for place in self.index.places(side)))
            for side in range(self.index.entries)
        ]
        self._spelled = [wording.sorted_stems for wording in ways.wordings]
        teach = self._contrast is not None and self._contrast.is_taught
        chosen = weights.rank if teach else weights.untaught
        self._weights = np.array([chosen.get(part, 0.0) for part in self.parts], np.float32)
        self._encoder = encoder
        texts = [wording.text for wording in ways.wordings]
        self._senses = Senses(self.index, encoded(texts, encoder, vectors), teach=teach) if encoder else None

    def find(self, question: Wording, closed: Numbers, vector: Floats | None = None) -> NearEntries:
        """The nearest entries; those in `closed` are left out. The question's vector may be known already."""
        shut = np.flatnonzero(np.isin(self._entry_of, closed)) if len(closed) else closed
        nearness = self.index.nearness(features(question.words, question.trust))
        best, middle = self.index.best(nearness), self.index.middle(nearness)
        in_scale = middle / self.index.spread
        light = best + in_scale
        light[shut] = _SHUT
        near = _highest(light, _NEAR)
        meant: list[Floats] = []
        if self._senses and self._encoder:
            if vector is None:
                vector = self._encoder.encode([question.text])[0]
            point = self._senses.point(vector)
            sharpened = self._senses.sharpened(point)
            sharpened[shut] = _SHUT
            near = np.union1d(near, _highest(sharpened, _NEAR_IN_MEANING))
            meant = [
                self._senses.best(vector, near.tolist()),
                self._senses.middle(vector, near),
                sharpened[near],
                self._senses.weighed(point, near),
            ]
        columns = [best[near], in_scale[near]]
        contrast = self._contrast.sharpen(nearness, middle, near) if self._contrast else columns[1]
        spelling = self._spelling(question, near, columns[0] + contrast)
        covered = self._covered(question, near)
        agrees = self._agrees(question, near)
        weighed = self._contrast.weigh(nearness, near) if self._contrast else np.zeros_like(contrast)
        parts = np.array([*columns, contrast, spelling, covered, agrees, weighed, *meant], np.float32).T
        scores = parts @ self._weights
        order = np.argsort(-scores, kind="stable")
        if len(shut):
            order = order[light[near[order]] > _SHUT]
        found = NearEntries(self._entry_of[near], near, scores, parts, nearness).kept(order)
        return found if self._one_sided else found.kept(_first_of_each(found.entries))

    def vectors(self, questions: Sequence[Wording], kept: Vectors | None) -> Sequence[Floats | None]:
        """Those of many questions, encoded together; nothing without an encoder."""
        if self._encoder is None or not questions:
            return [None] * len(questions)
        return list(encoded([question.text for question in questions], self._encoder, kept))

    def shared(self, question: Wording, side: int) -> int:
        """How many words that carry a meaning are in the question and in the phrasings of this side."""
        return sum(side in self._saying.get(feature, ()) for feature in question.content)

    def _covered(self, question: Wording, near: Numbers) -> Floats:
        """How much of what is asked they have words for, in whichever of their phrasings."""
        weights = {feature: self.index.rarity(feature) for feature in question.told}
        told = [(saying, worth) for one, worth in weights.items() if (saying := self._saying.get(one))]
        found = [sum([worth for saying, worth in told if side in saying]) for side in near.tolist()]
        return np.array(found, np.float32) / (sum(weights.values()) or 1.0)

    def _agrees(self, question: Wording, near: Numbers) -> Floats:
        """Nothing where they say the contrary of a word that is asked and never that word, else one."""
        contrary = lexicon().opposites
        turned = [(root, contrary[root]) for root in set(question.stems) if root in contrary]
        if not turned:
            return np.ones(len(near), np.float32)
        every = (self._stems[side] for side in near.tolist())
        found = (
            not any(root not in stems and not against.isdisjoint(stems) for root, against in turned)
            for stems in every
        )
        return np.fromiter(found, np.float32, len(near))

    def _spelling(self, question: Wording, near: Numbers, light: Floats) -> Floats:
        """How alike the nearest are letter by letter; the others count as the least alike of them."""
        closest = np.argsort(-light)[:_SPELLED]
        every = [self.index.places(side) for side in near[closest].tolist()]
        texts = [text for places in every for text in self._spelled[places.start : places.stop]]
        cdist = process.cdist([question.sorted_stems], texts, scorer=Indel.normalized_similarity)
        alike = iter(cdist[0].tolist())
        found = [max(islice(alike, len(places))) for places in every]
        spelling = np.full(len(near), min(found), np.float32)
        spelling[closest] = found
        return spelling


def _sides_by_content(ways: Ways) -> dict[str, set[int]]:
    """For each word that carries a meaning the sides that have it in some phrasing."""
    saying: dict[str, set[int]] = {}
    for wording, side in zip(ways.wordings, ways.owners, strict=True):
        for feature in wording.content:
            saying.setdefault(feature, set()).add(side)
    return saying


def _first_of_each(numbers: Numbers) -> Numbers:
    return np.sort(np.unique(numbers, return_index=True)[1])


def _highest(scores: Floats, number: int) -> Numbers:
    if len(scores) <= number:
        return np.arange(len(scores))
    return np.argpartition(-scores, number)[:number]
