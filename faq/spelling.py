"""The nearest word there is, for one typed with a slip or without spaces."""

from collections.abc import Collection, Iterable
from itertools import groupby, pairwise

from faq.stems import stem

_SHORTEST = 4
_LONG = 8
_GLUED = 6
_MOST_GLUED = 80
_LONGEST_PIECE = 18
_UNKNOWN_LETTER = 1.5
_ENOUGH_KNOWN = 0.7


class Spelling:
    """Corrects towards a fixed set of words."""

    def __init__(self, words: Collection[str], stems: Collection[str]) -> None:
        self._words = words
        self._stems = stems
        self._words_by_length = _by_length(words)
        self._stems_by_length = _by_length(stems)

    def nearest(self, word: str) -> str | None:
        """A known word (or stem) one slip away, two in a long word."""
        return _nearest(word, self._words_by_length) or _nearest(stem(word), self._stems_by_length)

    def split(self, glued: str) -> list[str]:
        """Known words that were written together, or nothing if too little of it is known."""
        if not _GLUED <= len(glued) <= _MOST_GLUED:
            return []
        pieces = self._cut(glued)
        known = [piece for piece in pieces if self._knows(piece)]
        enough = sum(map(len, known)) >= _ENOUGH_KNOWN * len(glued)
        return pieces if enough and len(pieces) > 1 and max(map(len, known)) >= _SHORTEST else []

    def _cut(self, glued: str) -> list[str]:
        """The way to cut it with the fewest words and the fewest letters left over."""
        cost, came_from = [0.0], [0]
        for end in range(1, len(glued) + 1):
            best = (cost[end - 1] + _UNKNOWN_LETTER, end - 1)
            for start in range(max(0, end - _LONGEST_PIECE), end - 1):
                if cost[start] + 1 < best[0] and self._knows(glued[start:end]):
                    best = (cost[start] + 1, start)
            cost.append(best[0])
            came_from.append(best[1])
        cuts = [len(glued)]
        while cuts[-1]:
            cuts.append(came_from[cuts[-1]])
        return _join_letters(glued[start:end] for start, end in pairwise(reversed(cuts)))

    def _knows(self, piece: str) -> bool:
        return piece in self._words or (len(piece) >= _SHORTEST and stem(piece) in self._stems)


def _join_letters(pieces: Iterable[str]) -> list[str]:
    """Letters left over one by one were a word we do not know."""
    joined: list[str] = []
    for is_letter, group in groupby(pieces, lambda piece: len(piece) == 1):
        run = list(group)
        joined += ["".join(run)] if is_letter else run
    return joined


def _by_length(words: Collection[str]) -> dict[int, list[str]]:
    """For every length the words at most two letters longer or shorter."""
    by_length: dict[int, list[str]] = {}
    for word in sorted(words):
        if len(word) >= _SHORTEST:
            for length in range(len(word) - 2, len(word) + 3):
                by_length.setdefault(length, []).append(word)
    return by_length


def _nearest(word: str, by_length: dict[int, list[str]]) -> str | None:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if len(word) < _SHORTEST:
        return None
    slips = 1 if len(word) < _LONG else 2
    near = by_length.get(len(word), ())
    found = process.extractOne(word, near, scorer=OSA.distance, score_cutoff=slips)
    return found[0] if found else None
