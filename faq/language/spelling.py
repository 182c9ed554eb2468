"""The word that was meant, for one typed with a slip or without spaces."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import groupby, pairwise

from faq.language.lexicon import lexicon
from faq.language.slips import is_slip, shortened

_SHORTEST = 4
_SHORTEST_STEM = 3
_GLUED = 6
_MOST_GLUED = 80
_LONGEST_PIECE = 18
_LETTER = 2.0
_SHORTNESS = 2.4
_FORM = 1.4
_UNKNOWN_LETTER = 0.9
_UNKNOWN_WORD = 1.3
_ENOUGH_KNOWN = 0.35
_SENTENCE = 14
"""From this length on, what is glued may hold words nobody knows; a shorter word must be explained whole."""


class Spelling:
    """Corrects towards a fixed set of words."""

    def __init__(self, words: Collection[str], stems: Collection[str]) -> None:
        self._words, self._stems = words, stems
        self._endings = lexicon().endings | {""}
        self._longest_ending = max(map(len, self._endings))
        self._shortened = defaultdict[str, list[str]](list)
        for word in sorted(words):
            if len(word) >= _SHORTEST and word.isalpha() and word not in lexicon().weak:
                for key in {word, *shortened(word)}:
                    self._shortened[key].append(word)

    def nearest(self, word: str) -> str | None:
        """A known word one usual slip away; the one that keeps most letters in place."""
        if len(word) < _SHORTEST:
            return None
        near = {found for key in (word, *shortened(word)) for found in self._shortened.get(key, ())}
        slips = sorted(found for found in near if is_slip(word, found))
        return max(slips, key=lambda found: _in_place(word, found), default=None)

    def split(self, glued: str) -> list[str]:
        """Known words that were written together, or nothing if too little of it is known."""
        if not _GLUED <= len(glued) <= _MOST_GLUED:
            return []
        pieces = self._cut(glued)
        known = [piece for piece in pieces if self._cost(piece)]
        if len(pieces) < 2 or not known or max(map(len, known)) < _SHORTEST:
            return []
        if len(glued) < _SENTENCE:
            whole = len(known) == len(pieces) and len(pieces) <= 3
            return pieces if whole and min(map(len, pieces)) > 1 else []
        return pieces if sum(map(len, known)) >= _ENOUGH_KNOWN * len(glued) else []

    def _cut(self, glued: str) -> list[str]:
        """The way to cut it that explains most letters with the fewest words."""
        cost, came_from = [0.0], [0]
        unknown_before = [False]
        for end in range(1, len(glued) + 1):
            opening = 0.0 if unknown_before[end - 1] else _UNKNOWN_WORD
            best, source, unknown = cost[end - 1] + opening + _UNKNOWN_LETTER, end - 1, True
            for start in range(max(0, end - _LONGEST_PIECE), end):
                worth = self._cost(glued[start:end]) if cost[start] + 1 < best else 0.0
                if worth and cost[start] + worth < best:
                    best, source, unknown = cost[start] + worth, start, False
            cost.append(best)
            came_from.append(source)
            unknown_before.append(unknown)
        cuts = [(len(glued), False)]
        while cuts[-1][0]:
            end = cuts[-1][0]
            cuts.append((came_from[end], unknown_before[end]))
        marked = [(glued[start:end], unknown) for (end, _), (start, unknown) in pairwise(cuts)][::-1]
        return _join_letters(marked)

    def _cost(self, piece: str) -> float:
        """Long words explain more than short ones; 0 for what is no word."""
        if len(piece) == 1:
            return _LETTER if piece in lexicon().single else 0.0
        if piece in self._words:
            return 1 + _SHORTNESS / len(piece)
        if len(piece) >= _SHORTEST and self.is_form(piece):
            return _FORM + _SHORTNESS / len(piece)
        return 0.0

    def is_form(self, piece: str) -> bool:
        """Whether it is a known stem with a usual ending; stemming every piece would take too long."""
        shortest = max(_SHORTEST_STEM, len(piece) - self._longest_ending)
        return any(
            piece[:end] in self._stems and piece[end:] in self._endings
            for end in range(len(piece), shortest - 1, -1)
        )


def _join_letters(pieces: Iterable[tuple[str, bool]]) -> list[str]:
    """Letters left over one by one were a word we do not know."""
    joined: list[str] = []
    for unknown, group in groupby(pieces, lambda piece: piece[1]):
        run = [text for text, _ in group]
        joined += ["".join(run)] if unknown else run
    return joined


def _in_place(typed: str, meant: str) -> int:
    return sum(one == other for one, other in zip(typed, meant, strict=False)) + sum(
        one == other for one, other in zip(typed[::-1], meant[::-1], strict=False)
    )
