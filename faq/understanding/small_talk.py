"""What is said for its own sake: a greeting, thanks, anger. It is no question, and the FAQ is not asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from faq.language.effort import REMEMBERED, Effort, Word
from faq.language.lexicon import LANGUAGES, language_data, lexicon
from faq.language.repair import Repair
from faq.language.text import fold, words

_MOST_WORDS = 14
_LONGEST = 400
"""Longer messages have something to say, except that they may be complaints."""
_SHORTEST_GUESS, _LONG_GUESS = 5, 8
"""A mistyped word shorter than this may have been another one; a long one hardly."""
_BEFORE = 3


class SmallTalk(StrEnum):
    """What a message is, if it is no question; each is a key for a text. The weightiest first."""

    COMPLAINT = "complaint"
    """Somebody says that they complain; what about may stand beside it."""
    ANGER = "anger"
    NOT_HELPED = "not_helped"
    WHO = "who"
    """Who or what speaks here, they ask."""
    THANKS = "thanks"
    PRAISE = "praise"
    OPENER = "opener"
    """A question is about to come."""
    SWEARING = "swearing"
    FAREWELL = "farewell"
    GREETING = "greeting"
    CALL = "call"
    """Is anybody here, they ask, perhaps only by signs."""
    AGREEMENT = "agreement"
    NOTHING = "nothing"
    """Signs that say nothing."""


_POLITE = frozenset({SmallTalk.GREETING, SmallTalk.THANKS, SmallTalk.FAREWELL})
_SIGNS = (
    (SmallTalk.SWEARING, frozenset("😡🤬😠👎💩🖕🤮")),
    (SmallTalk.THANKS, frozenset("❤🙏😍🥰💐🤗💖😘")),
    (SmallTalk.AGREEMENT, frozenset("👍👌🤝✅😊🙂😀😃😄🔥👏💪😉✌")),
    (SmallTalk.CALL, frozenset("?!❓❗🆘.")),
)


@lru_cache(maxsize=REMEMBERED)  # several rooms ask it of the same message
def small_talk(text: str) -> SmallTalk | None:
    """What the message is if it is nothing but that; None for whatever the FAQ should be asked."""
    return _kind(text, Effort.on(text))


def is_empty(piece: str, effort: Effort) -> bool:
    """Whether there is nothing in it to answer: signs, a greeting, politeness, an expletive."""
    return _kind(piece, effort) not in {None, SmallTalk.COMPLAINT, SmallTalk.WHO}


def _kind(text: str, effort: Effort) -> SmallTalk | None:
    if not words(fold(text)):
        return _signs(text)
    heard = [] if len(text) > _LONGEST else _speech().repair.words(text, effort)
    spoken = [word.text for word in heard] or words(fold(text))
    if _complains(spoken):
        return SmallTalk.COMPLAINT
    return _said_only(heard) if 0 < len(heard) <= _MOST_WORDS else None


def _signs(text: str) -> SmallTalk:
    found = set(text)
    return next((kind for kind, signs in _SIGNS if signs & found), SmallTalk.NOTHING)


def _said_only(heard: list[Word]) -> SmallTalk | None:
    speech = _speech()
    if any(word.trust < 1 and speech.may_be_another(word.text) for word in heard):
        return None
    kinds, left = speech.read([word.text for word in heard])
    rest = lexicon().meaningful(left)
    if not kinds:
        return None if rest else SmallTalk.OPENER
    return None if set(rest) - speech.around else min(kinds, key=list(SmallTalk).index)


def _complains(spoken: list[str]) -> bool:
    """In so many words; asking how or where one complains is a question like others."""
    speech = _speech()
    return any(
        speech.kind_at(spoken, place)[0] is SmallTalk.COMPLAINT
        and speech.how_to.isdisjoint(spoken[max(0, place - _BEFORE) : place])
        for place in range(len(spoken))
    )


@dataclass(frozen=True, slots=True)
class _Speech:
    """The words of all our languages: phrases by their words, and beginnings that may end in any way."""

    repair: Repair
    phrases: dict[tuple[str, ...], SmallTalk]
    beginnings: tuple[tuple[str, SmallTalk], ...]
    starts: tuple[str, ...]
    longest: int
    polite: frozenset[str]
    around: frozenset[str]
    how_to: frozenset[str]

    def may_be_another(self, guess: str) -> bool:
        """A short word that was mistyped is taken for politeness only: «обмен» is no «обман»."""
        return len(guess) < _LONG_GUESS and (len(guess) < _SHORTEST_GUESS or guess not in self.polite)

    def read(self, spoken: list[str]) -> tuple[set[SmallTalk], list[str]]:
        """What the phrases are, the longest first, and the words that belong to none."""
        kinds, left, place = set[SmallTalk](), list[str](), 0
        while place < len(spoken):
            kind, length = self.kind_at(spoken, place)
            if kind is None:
                left.append(spoken[place])
            else:
                kinds.add(kind)
            place += length
        return kinds, left

    def kind_at(self, spoken: list[str], place: int) -> tuple[SmallTalk | None, int]:
        """What begins at this word, and how many words it takes."""
        for length in range(min(self.longest, len(spoken) - place), 0, -1):
            kind = self.phrases.get(tuple(spoken[place : place + length]))
            if kind is not None:
                return kind, length
        word = spoken[place]
        if not word.startswith(self.starts):
            return None, 1
        return next((kind for start, kind in self.beginnings if word.startswith(start)), None), 1


@cache
def _speech() -> _Speech:
    said = [(phrase, kind) for kind in reversed(SmallTalk) for phrase in _phrases(kind)]
    around, how_to, alike = (frozenset(_listed(name)) for name in ("around", "how_to", "sounds_like"))
    known = " ".join([*(phrase for phrase, _ in said), *around, *how_to, *alike]).replace("*", "")
    phrases = {tuple(phrase.split()): kind for phrase, kind in said if not phrase.endswith("*")}
    polite = " ".join(phrase for phrase, kind in said if kind in _POLITE)
    return _Speech(
        Repair(known.split()),
        phrases,
        tuple((phrase[:-1], kind) for phrase, kind in said if phrase.endswith("*")),
        tuple(phrase[:-1] for phrase, _ in said if phrase.endswith("*")),
        max(map(len, phrases)),
        frozenset(polite.split()),
        around,
        how_to,
    )


def _phrases(kind: SmallTalk) -> Iterator[str]:
    """The matcher knows the strongest words by itself: there they are kept out of its way."""
    yield from _listed(kind)
    if kind is SmallTalk.SWEARING:
        yield from (fold(each) for language in LANGUAGES for each in language_data(language)["swearing"])


def _listed(name: str) -> Iterator[str]:
    return (
        fold(each) for language in LANGUAGES for each in language_data(language)["small_talk"].get(name, ())
    )
