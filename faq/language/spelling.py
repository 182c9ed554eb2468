"""The word that was meant, for one typed with a slip or without spaces."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import chain, groupby, pairwise
from math import inf

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
        self._longest = max(map(len, words), default=0)
        self._beginnings = {
            word[:end] for word in chain(words, stems) for end in range(1, min(len(word), _LONGEST_PIECE) + 1)
        }
        self._shortened = defaultdict[str, list[str]](list)
        for word in sorted(words):
            if len(word) >= _SHORTEST and word.isalpha() and word not in lexicon().weak:
                for key in {word, *shortened(word)}:
                    self._shortened[key].append(word)

    def nearest(self, word: str) -> str | None:
        """A known word one usual slip away; the one that keeps most letters in place."""
        if not _SHORTEST <= len(word) <= self._longest + 1:
            return None
        near = {found for key in (word, *shortened(word)) for found in self._shortened.get(key, ())}
        slips = sorted(found for found in near if is_slip(word, found))
        return max(slips, key=lambda found: _in_place(word, found), default=None)

    def is_glued(self, word: str) -> bool:
        """Whether it is long enough for two words, and not longer than anybody writes without a space."""
        return _GLUED <= len(word) <= _MOST_GLUED

    def split(self, glued: str) -> list[str]:
        """Known words that were written together, or nothing if too little of it is known."""
        if not self.is_glued(glued):
            return []
        pieces = self._cut(glued)
        known = [piece for piece in pieces if self._is_known(piece)]
        if len(pieces) < 2 or not known or max(map(len, known)) < _SHORTEST:
            return []
        if len(glued) < _SENTENCE:
            whole = len(known) == len(pieces) and len(pieces) <= 3
            return pieces if whole and min(map(len, pieces)) > 1 else []
        return pieces if sum(map(len, known)) >= _ENOUGH_KNOWN * len(glued) else []

    def _cut(self, glued: str) -> list[str]:
        """The way to cut it that explains most letters with the fewest words."""
        length = len(glued)
        best, source, unknown = [inf] * (length + 1), [0] * (length + 1), [False] * (length + 1)
        best[0] = 0.0
        for start in range(length):
            if start:
                opening = 0.0 if unknown[start - 1] else _UNKNOWN_WORD
                odd = best[start - 1] + opening + _UNKNOWN_LETTER
                if odd <= best[start]:
                    best[start], source[start], unknown[start] = odd, start - 1, True
            for end, worth in self._pieces_from(glued, start):
                if best[start] + worth < best[end]:
                    best[end], source[end], unknown[end] = best[start] + worth, start, False
        opening = 0.0 if unknown[length - 1] else _UNKNOWN_WORD
        if best[length - 1] + opening + _UNKNOWN_LETTER <= best[length]:
            source[length], unknown[length] = length - 1, True
        cuts = [(length, False)]
        while cuts[-1][0]:
            end = cuts[-1][0]
            cuts.append((source[end], unknown[end]))
        marked = [(glued[start:end], odd) for (end, _), (start, odd) in pairwise(cuts)][::-1]
        return _join_letters(marked)

    def _pieces_from(self, glued: str, start: int) -> Iterator[tuple[int, float]]:
        """Where known words end that begin here, and what each costs; no look at what begins none."""
        stems: list[int] = []
        for end in range(start + 1, min(len(glued), start + _LONGEST_PIECE) + 1):
            piece = glued[start:end]
            begins = piece in self._beginnings
            if begins and end - start >= _SHORTEST_STEM and piece in self._stems:
                stems.append(end)
            if len(piece) == 1:
                if piece in lexicon().single:
                    yield end, _LETTER
            elif begins and piece in self._words:
                yield end, 1 + _SHORTNESS / len(piece)
            elif len(piece) >= _SHORTEST and any(glued[stem:end] in self._endings for stem in stems):
                yield end, _FORM + _SHORTNESS / len(piece)
            if not begins and (not stems or end - stems[-1] >= self._longest_ending):
                return

    def _is_known(self, piece: str) -> bool:
        if len(piece) == 1:
            return piece in lexicon().single
        return piece in self._words or (len(piece) >= _SHORTEST and self.is_form(piece))

    def is_form(self, piece: str) -> bool:
        """Whether it is a known stem with a usual ending; stemming every piece would take too long."""
        shortest = max(_SHORTEST_STEM, len(piece) - self._longest_ending)
        if piece[: min(shortest, _LONGEST_PIECE)] not in self._beginnings:
            return False
        for end in range(shortest, len(piece) + 1):
            if piece[end:] in self._endings and piece[:end] in self._stems:
                return True
        return False


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
