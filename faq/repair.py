"""What the customer meant to type: another layout, latin letters, glued words, slips of the finger.

Only words that mean nothing as they stand are touched, and only when the knowledge base or the
language knows the result.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from faq.lexicon import lexicon
from faq.spelling import Spelling
from faq.stems import stem
from faq.text import MOST_WORDS, fold, words
from faq.typing_habits import from_latin, other_layout

Reading = Callable[[str], str]

_UNSURE_WORD = 0.85
_LEAST_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was understood, and how likely it was the one meant, from 0 to 1."""

    text: str
    trust: float = 1.0


class Repair:
    """Knows the words of one knowledge base."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._words = frozenset(vocabulary) | lexicon().known
        self._stems = frozenset(map(stem, self._words))
        self._spelling = Spelling(self._words, self._stems)

    def words(self, text: str) -> list[Word]:
        """The message's words, the meant ones in place of the mistyped ones."""
        tokens = fold(text).split()[:MOST_WORDS]
        likely = max((_as_typed, other_layout, from_latin), key=lambda reading: self._known(tokens, reading))
        return [word for token in tokens for word in self._read(token, likely)][:MOST_WORDS]

    def _known(self, tokens: list[str], reading: Reading) -> int:
        """How many letters of the message mean something when read like this."""
        found = (word for token in tokens for word in words(reading(token)))
        return sum(len(word) for word in found if self._knows(word))

    def _knows(self, word: str) -> bool:
        return word in self._words or stem(word) in self._stems

    def _read(self, token: str, likely: Reading) -> list[Word]:
        """As typed if that means something, else as most of the message, else in any way that does.

        A letter or two mean something in any layout, so they go with the rest of the message.
        """
        in_any_way = (_as_typed, likely, other_layout, from_latin)
        for reading in in_any_way if len(token) >= _LEAST_LETTERS else (likely,):
            found = words(reading(token))
            if found and all(map(self._knows, found)):
                return [Word(word) for word in found]
        return [better for word in words(likely(token)) for better in self._correct(word)]

    def _correct(self, word: str) -> list[Word]:
        if self._knows(word) or word.isdigit():
            return [Word(word)]
        if nearest := self._spelling.nearest(word):
            return [Word(nearest, _UNSURE_WORD)]
        return [Word(piece) for piece in self._spelling.split(word)] or [Word(word)]


def _as_typed(token: str) -> str:
    return token
