"""Entries as points of meaning, as far as an encoder can tell them apart."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import accumulate, chain
from typing import cast

import numpy as np

from faq.matching.meaning import Encoder, Vectors
from faq.matching.postings import Floats, Numbers, Postings
from faq.matching.taught import taught

_FLOOR = 0.003
_BATCH = 256


class Senses:
    """The vectors of all phrasings, and of entries where differences within entries do not count.

    The same idea as in `faq.contrast`, in the encoder's own space.
    """

    def __init__(self, index: Postings, vectors: Floats, *, teach: bool) -> None:
        self._index, self._vectors = index, vectors
        begins, counts = index.begins, index.counts[:, None].astype(np.float32)
        middles: Floats = np.add.reduceat(vectors, begins, axis=0) / counts
        self._middles = _unit(middles)
        self._mean = middles.mean(axis=0)
        scatter = vectors - np.repeat(middles, index.counts, axis=0)
        self._sharper = _sharper(scatter)
        self._entries = self.point(middles)
        self._taught = self._learn() if teach else None

    def point(self, question: Floats) -> Floats:
        """Where a vector stands once what is only a way of putting it does not count."""
        return _unit((question - self._mean) @ self._sharper)

    def sharpened(self, point: Floats) -> Floats:
        """For each entry how near its middle is to such a point."""
        return cast("Floats", self._entries @ point)

    def weighed(self, point: Floats, entries: Numbers) -> Floats:
        """What the phrasings teach about these entries; nothing where the base is too large for that."""
        if self._taught is None:
            return np.zeros(len(entries), np.float32)
        return cast("Floats", self._taught[entries] @ point)

    def _learn(self) -> Floats:
        index = self._index
        places = self.point(self._vectors)
        return cast("Floats", taught(places @ places.T, index.owners, index.entries) @ places)

    def middle(self, question: Floats, entries: Numbers) -> Floats:
        """How near the middles of these entries are."""
        return cast("Floats", self._middles[entries] @ question)

    def best(self, question: Floats, entries: Sequence[int]) -> Floats:
        """How near the nearest phrasings of these entries are."""
        every = [self._index.places(entry) for entry in entries]
        near = self._vectors[np.fromiter(chain.from_iterable(every), np.intp)] @ question
        return np.maximum.reduceat(near, [0, *accumulate(map(len, every[:-1]))])


def encoded(texts: Sequence[str], encoder: Encoder, kept: Vectors | None) -> Floats:
    """The texts' vectors: those kept from earlier, and the others anew."""
    digests = [blake2b(text.encode(), digest_size=16).hexdigest() for text in texts]
    known = dict(kept.get(encoder.model, set(digests))) if kept else {}
    missing = {digest: text for digest, text in zip(digests, texts, strict=True) if digest not in known}
    for fresh in _encode(missing, encoder):
        if kept:
            kept.put(encoder.model, fresh)
        known |= fresh
    return np.stack([np.frombuffer(known[digest], "<f4") for digest in digests]).astype(np.float32)


def _encode(texts: Mapping[str, str], encoder: Encoder) -> Iterator[dict[str, bytes]]:
    """Some at a time, so that what was read is kept if the process ends before the last."""
    digests = list(texts)
    for start in range(0, len(digests), _BATCH):
        some = digests[start : start + _BATCH]
        vectors = encoder.encode([texts[digest] for digest in some])
        yield {digest: vector.astype("<f4").tobytes() for digest, vector in zip(some, vectors, strict=True)}


def _sharper(scatter: Floats) -> Floats:
    """A turn of the space after which entries scatter alike in every direction."""
    size = scatter.shape[1]
    spread = scatter.T @ scatter
    floor = max(_FLOOR * float(np.trace(spread)), 1e-6)
    turned: Floats = np.linalg.inv(
        np.linalg.cholesky(spread + floor * np.eye(size, dtype=np.float32))
    ).T.astype(np.float32)
    return turned


def _unit(rows: Floats) -> Floats:
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    scaled: Floats = (rows / np.maximum(lengths, 1e-6)).astype(np.float32)
    return scaled
