"""What tells entries apart, learned from how the phrasings of one entry differ.

The ways in which people put the same question differ in words that do not matter. Directions in
which phrasings of one entry scatter are therefore given less weight (what is known as linear
discriminant analysis). It takes no training on anything but the knowledge base itself.
"""

from collections.abc import Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray

from faq.matching.features import Features
from faq.matching.postings import Floats, Numbers, Postings
from faq.matching.taught import MOST, taught

_FLOOR = 0.002
"""How much of all the scatter every direction is thought to have at least."""

_MOST_NUMBERS = 16_000_000
_MOST_PHRASINGS = 1800
"""A large base is judged by a sample of its entries, so that this takes a second and some 60 MB at most."""


class Contrast:
    """Sharpens the nearness of an index; `Contrast.of` is None where no entry has two phrasings."""

    def __init__(self, sample: Numbers, noise: Floats, lengths: Floats, weights: Floats | None) -> None:
        self._sample, self._noise, self._lengths, self._taught = sample, noise, lengths, weights

    @classmethod
    def of(cls, index: Postings, phrasings: Sequence[Features]) -> Self | None:
        """Learn it from the phrasings the index was built of."""
        chosen = _sampled(index)
        if not len(chosen):
            return None
        counts = index.counts[chosen]
        sample = np.concatenate([np.asarray(index.places(one)) for one in chosen])
        among, towards = _kernels(index, phrasings, sample)
        scatter = _centred(_centred(among, counts).T, counts)
        off_middle = _centred(towards, counts)
        floor = _FLOOR * float(np.trace(scatter))
        if floor <= 1e-6:
            return None
        scatter[np.diag_indices(len(sample))] += floor
        solved = np.linalg.solve(scatter, off_middle)
        squares = index.spread**2 - np.einsum("pe,pe->e", off_middle, solved)
        noise = np.ascontiguousarray(_centred(solved, counts).T, dtype=np.float32)
        lengths = np.sqrt(np.maximum(squares, 1e-4)).astype(np.float32)
        is_whole = len(sample) == index.phrasings and index.phrasings * index.entries <= MOST
        return cls(sample, noise, lengths, taught(among, index.owners, index.entries) if is_whole else None)

    def weigh(self, nearness: Floats, entries: Numbers) -> Floats:
        """What the phrasings teach about these entries; nothing where the base is too large for that."""
        if self._taught is None:
            return np.zeros(len(entries), np.float32)
        weighed: Floats = self._taught[entries] @ nearness[self._sample]
        return weighed

    @property
    def is_taught(self) -> bool:
        """Whether the base is small enough to learn from each of its phrasings."""
        return self._taught is not None

    def sharpen(self, nearness: Floats, middle: Floats, entries: Numbers) -> Floats:
        """The nearness of these entries without what is only a way of putting it."""
        noise = self._noise[entries] @ nearness[self._sample]
        sharpened: Floats = (middle[entries] - noise) / self._lengths[entries]
        return sharpened


def _sampled(index: Postings) -> Numbers:
    """Entries with several phrasings, spread over the whole base, as many as there is room for."""
    several = np.flatnonzero(index.counts > (1 if index.phrasings > _MOST_PHRASINGS else 0))
    room = max(200, min(_MOST_PHRASINGS, _MOST_NUMBERS // max(1, index.entries)))
    every = max(1, -(-int(index.counts[several].sum()) // room))
    chosen = several[::every]
    return chosen[np.cumsum(index.counts[chosen]) <= 2 * room]


def _kernels(index: Postings, phrasings: Sequence[Features], sample: Numbers) -> tuple[Floats, Floats]:
    """How near the sampled phrasings are to each other, and to the middles of all entries."""
    among = np.empty((len(sample), len(sample)), np.float32)
    towards = np.empty((len(sample), index.entries), np.float32)
    for row, phrasing in enumerate(sample):
        nearness = index.nearness(phrasings[phrasing])
        among[row] = nearness[sample]
        towards[row] = index.middle(nearness)
    return among, towards


def _centred(rows: NDArray[np.float32], counts: Numbers) -> Floats:
    """Each row without the mean of its entry's rows."""
    begins = np.concatenate([[0], np.cumsum(counts)[:-1]])
    means = np.add.reduceat(rows, begins, axis=0) / counts[:, None].astype(np.float32)
    centred: Floats = rows - np.repeat(means, counts, axis=0)
    return centred
