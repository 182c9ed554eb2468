"""What the customer meant to type: another layout, latin letters, glued words, slips of the finger.

Only words that mean nothing as they stand are touched, and only when the knowledge base or the
language knows the result. A form of a known word is known.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from faq.language.effort import Effort, Word
from faq.language.lexicon import lexicon
from faq.language.plausible import Plausible
from faq.language.spelling import Spelling
from faq.language.stems import stem
from faq.language.text import MOST_WORDS, fold, words
from faq.language.typing_habits import Reading, as_typed, from_latin, other_layout

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


class _Seen(NamedTuple):
    """What a token says as it is read, and whether all of that is known."""

    words: tuple[str, ...]
    known: bool
    longest: int


class _Sense(NamedTuple):
    """How many letters a message has, how many stand in known words, and how much it means."""

    letters: int
    known: int
    worth: float

    def is_clearer(self, typed: "_Sense", more_usual: float) -> bool:
        """Whether this is how it was meant, and not as it was typed, which looks so much less like words."""
        if self.worth <= _CLEARLY * typed.worth:
            return False
        more_known = self.known > 1.5 * typed.known + 2 and self.known >= _ENOUGH * self.letters
        looks_better = more_usual >= _MORE_USUAL * self.letters
        return more_known or (looks_better and self.letters >= _SOME_LETTERS)

    def is_all_there_is(self, typed: "_Sense", usual: float) -> bool:
        """Whether it looks like words, where as it is typed there is none."""
        enough = self.letters >= _SOME_LETTERS and usual >= _LOOKS_GOOD * self.letters
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
        self._seen = lru_cache(maxsize=_REMEMBERED)(self._see)
        self._sense_of = lru_cache(maxsize=_REMEMBERED)(self._one_sense)
        self._corrected = lru_cache(maxsize=_REMEMBERED)(self._spelling.nearest)
        self._cut = lru_cache(maxsize=_REMEMBERED)(self._spelling.split)

    def words(self, text: str, effort: Effort | None = None) -> list[Word]:
        """The message's words, the meant ones in place of the mistyped ones, as far as the effort goes."""
        effort = effort or Effort.on(text)
        tokens = fold(text).split()[:MOST_WORDS]
        likely = self._likely(tokens, effort)
        found = self._all(tokens, likely, effort)
        if likely is as_typed and all(map(str.isalnum, tokens)):
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
                [before.get(word.text, word) for word in self._all(said, self._likely(said, effort), effort)],
            )
        return found

    def _all(self, tokens: list[str], likely: Reading, effort: Effort) -> list[Word]:
        return [word for token in tokens for word in self._read(token, likely, effort)][:MOST_WORDS]

    def judge(self, text: str, effort: Effort) -> None:
        """How the whole text was typed, before its pieces are read: for those there is no effort left for."""
        self._likely(fold(text).split(), effort)

    def _likely(self, tokens: list[str], effort: Effort) -> Reading:
        """How most of the message is best read."""
        probed = effort.probes(tokens)
        likely = self._best_reading(probed) if probed else effort.likely or as_typed
        effort.likely = effort.likely or likely
        return likely

    def _best_reading(self, tokens: Sequence[str]) -> Reading:
        """As it is typed, unless another way means clearly more."""
        typed = self._sense(tokens, as_typed)
        if typed.worth >= _CLEAR * typed.letters:
            return as_typed
        others = {reading: self._sense(tokens, reading) for reading in (other_layout, from_latin)}
        best = max(others, key=lambda reading: others[reading].worth)
        if others[best].is_clearer(typed, self._usual(tokens, best) - self._usual(tokens, as_typed)):
            return best
        if self._is_local and others[from_latin].is_all_there_is(typed, self._usual(tokens, from_latin)):
            return from_latin
        return as_typed

    def _sense(self, tokens: Sequence[str], reading: Reading) -> "_Sense":
        parts = [self._sense_of(reading(token)) for token in tokens]
        return _Sense(*map(sum, zip(*parts, strict=True))) if parts else _Sense(0, 0, 0.0)

    def _usual(self, tokens: Sequence[str], reading: Reading) -> float:
        """How many letters stand in what looks like words; most texts are clear without it."""
        every = (word for token in tokens for word in self._seen(reading(token)).words)
        return sum(len(word) * self._plausible.share(word) for word in every if not word.isdigit())

    def _see(self, token: str) -> _Seen:
        if token in self._own and token.isalnum():
            return _Seen((token,), True, len(token))
        found = tuple(words(token))
        return _Seen(found, all(map(self._knows, found)), max(map(len, found), default=0))

    def _one_sense(self, token: str) -> tuple[int, int, float]:
        """What one token adds to the sense of a text."""
        letters, known, worth = 0, 0, 0.0
        for word in self._seen(token).words:
            if word.isdigit():
                continue
            length = len(word)
            is_form = word in self._words or self._spelling.is_form(word)
            letters += length
            known += length if is_form else 0
            worth += length * self._meaning(word, is_form=is_form)
        return letters, known, worth

    def _meaning(self, word: str, *, is_form: bool) -> float:
        if len(word) == 1:
            return _LIKELY
        if is_form:
            return _KNOWN if word in self._words else _FORM
        return _LIKELY * self._plausible.share(word) ** 2

    def _knows(self, word: str) -> bool:
        """A word that has a contrary is never taken for a slip of the contrary."""
        return word in self._words or (root := stem(word)) in self._stems or root in lexicon().opposites

    def _read(self, token: str, likely: Reading, effort: Effort) -> list[Word]:
        """Each token of a text once, however often it is gone over, whole and in pieces."""
        if (token, likely) not in effort.read:
            if effort.is_over:
                return [Word(word) for word in words(likely(token))]
            effort.read[token, likely] = self._read_once(token, likely, effort)
        return effort.read[token, likely]

    def _read_once(self, token: str, likely: Reading, effort: Effort) -> list[Word]:
        """As most of the message, unless that means nothing and another way does.

        A letter or two mean something in any layout, so they go with the rest of the message.
        """
        usual = self._seen(likely(token))
        if usual.known:
            return [Word(word) for word in usual.words]
        if len(token) >= _LEAST_LETTERS:
            is_odd = self._is_odd(usual, token, effort)
            for reading in (as_typed, other_layout, from_latin) if is_odd else (as_typed,):
                found = self._seen(reading(token))
                if found.known and found.longest >= _LEAST_LETTERS:
                    return [Word(word) for word in found.words]
        return [better for word in usual.words for better in self._correct(word, effort)]

    def _is_odd(self, usual: _Seen, token: str, effort: Effort) -> bool:
        """Whether some of it looks like no word, and there is enough effort left to read it in other ways."""
        if not effort.may_reread(token):
            return False
        return any(self._plausible.share(word) < _ODD for word in usual.words) and effort.rereads(token)

    def _correct(self, word: str, effort: Effort) -> list[Word]:
        if self._knows(word) or word.isdigit():
            return [Word(word)]
        if effort.corrects() and (nearest := self._corrected(word)):
            return [Word(nearest, _UNSURE_WORD)]
        pieces = self._cut(word) if self._spelling.is_glued(word) and effort.cuts(word) else []
        return [Word(piece) for piece in pieces] or [Word(word)]
