"""The light index: which phrasings have a feature, and how much it says there.

Features are weighed by how few entries use them: «заказ», which half of the entries mention, decides
little, and «промокод» decides much. Nearness is the cosine of the two weighed lists of features,
half of it from letters and half from words.
"""

from collections.abc import Sequence
from math import log, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from faq.matching.features import WORD, Features

Floats = NDArray[np.floating[Any]]
Numbers = NDArray[np.intp]

_FAMILY = 0.5
"""How much of the nearness each of the two families makes."""

_COMMON, _COMMON_SHARE = 700, 0.02
"""In a large base a feature of more phrasings than that costs time and says next to nothing."""


class Postings:
    """Built once for the phrasings of a knowledge base, given entry by entry, and never changed."""

    def __init__(self, phrasings: Sequence[Features], owners: Sequence[int]) -> None:
        """`owners` says for each phrasing the number of its entry; it never goes down nor leaves one out."""
        self.owners: Numbers = np.asarray(owners, np.intp)
        self.phrasings = len(phrasings)
        self.entries = int(self.owners[-1]) + 1 if owners else 0
        self.begins: Numbers = np.searchsorted(self.owners, np.arange(self.entries)).astype(np.intp)
        self.counts: Numbers = np.bincount(self.owners, minlength=self.entries)
        self._counted: Floats = self.counts.astype(np.float32)
        self._spans: list[int] = [*self.begins.tolist(), self.phrasings]
        self._numbers: dict[str, int] = {}
        rows, columns, worth = self._listed(phrasings)
        self._rarity = self._weigh_features(rows, columns)
        self._unknown = _rarity_of(self.entries, 0)
        self._rarities: list[float] = self._rarity.tolist()
        values = self._in_proportion(rows, columns, worth)
        self.spread = self._spread(rows, columns, values)
        by_feature = np.argsort(columns, kind="stable")
        self._places: Numbers = rows[by_feature]
        self._values: Floats = values[by_feature]
        self._bounds: list[int] = np.searchsorted(
            columns[by_feature], np.arange(len(self._numbers) + 1)
        ).tolist()
        too_common = _COMMON + _COMMON_SHARE * self.phrasings
        sizes = np.diff(self._bounds)
        self._sizes: list[int] = np.where(sizes > too_common, 0, sizes).tolist()

    def nearness(self, features: Features) -> Floats:
        """For each phrasing how near it is, from 0 to 1."""
        squares = [0.0, 0.0]
        found: list[tuple[int, float, bool]] = []
        for feature, worth in features.items():
            number = self._numbers.get(feature)
            weight = worth * (self._unknown if number is None else self._rarities[number])
            is_word = feature[0] == WORD
            squares[is_word] += weight * weight
            if number is not None and self._sizes[number]:
                found.append((number, weight, is_word))
        if not found:
            return np.zeros(self.phrasings, np.float32)
        scale = [sqrt(_FAMILY / square) if square else 0.0 for square in squares]
        return self._summed([(number, weight * scale[is_word]) for number, weight, is_word in found])

    def best(self, nearness: Floats) -> Floats:
        """For each entry the nearness of its nearest phrasing."""
        return np.maximum.reduceat(nearness, self.begins)

    def middle(self, nearness: Floats) -> Floats:
        """For each entry the mean over its phrasings: the nearness to the middle of them all, unscaled."""
        means: Floats = np.add.reduceat(nearness, self.begins) / self._counted
        return means

    def places(self, entry: int) -> range:
        """The numbers of an entry's phrasings."""
        return range(self._spans[entry], self._spans[entry + 1])

    def rarity(self, feature: str) -> float:
        """How much a feature says; most of all if no phrasing has it."""
        number = self._numbers.get(feature)
        return self._unknown if number is None else self._rarities[number]

    def knows(self, feature: str) -> bool:
        return feature in self._numbers

    def _summed(self, found: Sequence[tuple[int, float]]) -> Floats:
        spans = [slice(self._bounds[number], self._bounds[number + 1]) for number, _ in found]
        weights = np.array([weight for _, weight in found], np.float32)
        weighed = np.concatenate([self._values[span] for span in spans])
        weighed *= np.repeat(weights, [self._sizes[number] for number, _ in found])
        places = np.concatenate([self._places[span] for span in spans])
        return np.bincount(places, weighed, minlength=self.phrasings).astype(np.float32)

    def _listed(self, phrasings: Sequence[Features]) -> tuple[Numbers, Numbers, Floats]:
        numbers = self._numbers
        columns = [
            numbers.setdefault(feature, len(numbers)) for features in phrasings for feature in features
        ]
        worth = [weight for features in phrasings for weight in features.values()]
        rows = np.repeat(np.arange(self.phrasings, dtype=np.intp), [len(features) for features in phrasings])
        return rows, np.asarray(columns, np.intp), np.asarray(worth, np.float32)

    def _weigh_features(self, rows: Numbers, columns: Numbers) -> Floats:
        used = np.unique(self.owners[rows] * len(self._numbers) + columns) % max(1, len(self._numbers))
        entries = np.bincount(used, minlength=len(self._numbers))
        return (np.log((1 + self.entries) / (1 + entries)) + 1).astype(np.float32)

    def _in_proportion(self, rows: Numbers, columns: Numbers, worth: Floats) -> Floats:
        """The weights of each phrasing's features, as long together as those of any other phrasing."""
        values = self._rarity[columns] * worth
        is_word = np.array([feature[0] == WORD for feature in self._numbers], np.intp)
        families = rows * 2 + is_word[columns]
        lengths = np.sqrt(np.bincount(families, values * values, minlength=2 * self.phrasings))
        scaled: Floats = (values * (sqrt(_FAMILY) / lengths[families])).astype(np.float32)
        return scaled

    def _spread(self, rows: Numbers, columns: Numbers, values: Floats) -> Floats:
        """For each entry the length of the middle of its phrasings: 1 if they are all the same."""
        width = max(1, len(self._numbers))
        keys, where = np.unique(self.owners[rows] * width + columns, return_inverse=True)
        sums = np.bincount(where, values) if len(keys) else np.zeros(0)
        squares = np.bincount(keys // width, sums * sums, minlength=self.entries)
        lengths: Floats = (np.sqrt(squares) / np.maximum(self.counts, 1) + 1e-9).astype(np.float32)
        return lengths


def _rarity_of(entries: int, used: int) -> float:
    return log((1 + entries) / (1 + used)) + 1
