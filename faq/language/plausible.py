"""Whether letters in a row look like a word at all: «jyysq» does not, «онный» does."""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

_SEEN = 2


class Plausible:
    """Knows which letters stand beside each other in the words it is given."""

    def __init__(self, words: Iterable[str]) -> None:
        pairs = Counter(pair for word in words for pair in pairwise(f" {word} "))
        self._pairs = frozenset(pair for pair, times in pairs.items() if times >= _SEEN)
        self.share = lru_cache(maxsize=4096)(self._share)

    def _share(self, word: str) -> float:
        """The share of its pairs of letters that are usual, the edges being letters too."""
        return sum(map(self._pairs.__contains__, pairwise(f" {word} "))) / (len(word) + 1)
