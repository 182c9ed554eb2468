"""What the customer meant to type: another layout, latin letters, glued words, slips of the finger.

Only words that mean nothing as they stand are touched, and only when the knowledge base or the
language knows the result. A form of a known word is known.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from faq.language.effort import PROBED, Effort
from faq.language.lexicon import lexicon
from faq.language.plausible import Plausible
from faq.language.spelling import Spelling
from faq.language.stems import stem
from faq.language.text import MOST_WORDS, fold, words
from faq.language.typing_habits import from_latin, other_layout

Reading = Callable[[str], str]

_UNSURE_WORD = 0.85
_LEAST_LETTERS = 3
_KNOWN, _FORM, _LIKELY = 1.0, 0.9, 0.55
_CLEARLY = 1.15
"""How much better another way of reading must be than taking the message as it is typed."""
_ENOUGH = 0.25
_MORE_USUAL = 0.2
_SOME_LETTERS, _LOOKS_GOOD = 8, 0.85
_CLEAR = 0.7
_MOST_PASSES = 3
_FIRST_LOCAL = "\u0400"
_ODD = 0.75
_REMEMBERED = 2048
"""So many words are remembered: a message is read whole and in pieces."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was understood, and how likely it was the one meant, from 0 to 1."""

    text: str
    trust: float = 1.0


@dataclass(frozen=True, slots=True)
class _Sense:
    """How many letters a message has, stand in known words, look like words, and how much it means."""

    letters: int
    known: int
    usual: float
    worth: float

    def is_clearer(self, typed: "_Sense") -> bool:
        """Whether this is how it was meant, rather than the way in which it was typed."""
        if self.worth <= _CLEARLY * typed.worth:
            return False
        more_known = self.known > 1.5 * typed.known + 2 and self.known >= _ENOUGH * self.letters
        looks_better = self.usual - typed.usual >= _MORE_USUAL * self.letters
        return more_known or (looks_better and self.letters >= _SOME_LETTERS)

    def is_all_there_is(self, typed: "_Sense") -> bool:
        """Whether it looks like words, where as it is typed there is none."""
        enough = self.letters >= _SOME_LETTERS and self.usual >= _LOOKS_GOOD * self.letters
        return enough and not typed.known


class Repair:
    """Knows the words of one knowledge base."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._own = frozenset(vocabulary)
        self._words = self._own | lexicon().known
        self._stems = frozenset(map(stem, self._words))
        self._spelling = Spelling(self._words, self._stems)
        letters = "".join(self._own)
        self._is_local = 2 * sum(letter >= _FIRST_LOCAL for letter in letters) > len(letters)
        self._plausible = Plausible(self._words)
        self._sense_of = lru_cache(maxsize=_REMEMBERED)(self._one_sense)
        self._corrected = lru_cache(maxsize=_REMEMBERED)(self._spelling.nearest)
        self._cut = lru_cache(maxsize=_REMEMBERED)(self._spelling.split)

    def words(self, text: str, effort: Effort | None = None) -> list[Word]:
        """The message's words, the meant ones in place of the mistyped ones, as far as the effort goes."""
        effort = effort or Effort.on(text)
        tokens = fold(text).split()[:MOST_WORDS]
        likely = self._likely(tokens)
        found = self._all(tokens, likely, effort)
        if likely is _as_typed and all(map(str.isalnum, tokens)):
            return found
        return self._again(tokens, found, effort)

    def _again(self, tokens: list[str], found: list[Word], effort: Effort) -> list[Word]:
        """A sign that is a letter in another layout may mislead, so what was found is read once more."""
        for _ in range(_MOST_PASSES):
            said = [word.text for word in found]
            if said == tokens or all(map(self._knows, said)) or not effort.goes_over(said):
                break
            before = {word.text: word for word in found}
            tokens, found = (
                said,
                [before.get(word.text, word) for word in self._all(said, self._likely(said), effort)],
            )
        return found

    def _all(self, tokens: list[str], likely: Reading, effort: Effort) -> list[Word]:
        return [word for token in tokens for word in self._read(token, likely, effort)][:MOST_WORDS]

    def _likely(self, tokens: list[str]) -> Reading:
        """How most of the message is best read: as it is typed, unless another way means clearly more."""
        tokens = tokens[:PROBED]
        typed = self._sense(tokens, _as_typed)
        if typed.worth >= _CLEAR * typed.letters:
            return _as_typed
        others = {reading: self._sense(tokens, reading) for reading in (other_layout, from_latin)}
        best = max(others, key=lambda reading: others[reading].worth)
        if others[best].is_clearer(typed):
            return best
        return from_latin if self._is_local and others[from_latin].is_all_there_is(typed) else _as_typed

    def _sense(self, tokens: list[str], reading: Reading) -> "_Sense":
        parts = [self._sense_of(token, reading) for token in tokens]
        return _Sense(*map(sum, zip(*parts, strict=True))) if parts else _Sense(0, 0, 0.0, 0.0)

    def _one_sense(self, token: str, reading: Reading) -> tuple[int, int, float, float]:
        """What one token adds to the sense of a text."""
        found = [word for word in words(reading(token)) if not word.isdigit()]
        return (
            sum(map(len, found)),
            sum(len(word) for word in found if word in self._words or self._spelling.is_form(word)),
            sum(len(word) * self._plausible.share(word) for word in found),
            sum(len(word) * self._meaning(word) for word in found),
        )

    def _meaning(self, word: str) -> float:
        if len(word) == 1:
            return _LIKELY
        if word in self._words:
            return _KNOWN
        if self._spelling.is_form(word):
            return _FORM
        return _LIKELY * self._plausible.share(word) ** 2

    def _knows(self, word: str) -> bool:
        return word in self._words or stem(word) in self._stems

    def _read(self, token: str, likely: Reading, effort: Effort) -> list[Word]:
        """As most of the message, unless that means nothing and another way does.

        A letter or two mean something in any layout, so they go with the rest of the message.
        """
        usual = words(likely(token))
        if all(map(self._knows, usual)):
            return [Word(word) for word in usual]
        if len(token) >= _LEAST_LETTERS:
            odd = any(self._plausible.share(word) < _ODD for word in usual) and effort.rereads(token)
            for reading in (_as_typed, other_layout, from_latin) if odd else (_as_typed,):
                found = [] if reading is likely else words(reading(token))
                if found and all(map(self._knows, found)) and max(map(len, found)) >= _LEAST_LETTERS:
                    return [Word(word) for word in found]
        return [better for word in usual for better in self._correct(word, effort)]

    def _correct(self, word: str, effort: Effort) -> list[Word]:
        if self._knows(word) or word.isdigit():
            return [Word(word)]
        if effort.corrects() and (nearest := self._corrected(word)):
            return [Word(nearest, _UNSURE_WORD)]
        pieces = self._cut(word) if self._spelling.is_glued(word) and effort.cuts(word) else []
        return [Word(piece) for piece in pieces] or [Word(word)]


def _as_typed(token: str) -> str:
    return token
