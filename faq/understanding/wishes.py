"""Wishes said in words rather than with a button: so far, the wish to talk to a person."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from faq.language.effort import REMEMBERED, Effort
from faq.language.lexicon import LANGUAGES, language_data, lexicon
from faq.language.repair import Repair
from faq.language.stems import stem
from faq.language.text import fold

_PERSON = "@"
_MOST_WORDS = 9
_NEAR = 3
_CLAUSE = re.compile(r"[.!?;,\n]+(?:\s|$)")
"""A comma inside a word is a letter typed in the wrong layout, so a clause ends only before a space."""
_MOST_CLAUSES = 100
"""Nobody has more to say in so few letters; the rest is taken as one."""


@lru_cache(maxsize=REMEMBERED)  # several rooms ask it of the same message
def wants_person(text: str) -> bool:
    """Whether the customer asks for a living being. Somebody else's operator is not meant."""
    effort, said = Effort.on(text), fold(text)
    _speech().repair.judge(said, effort)
    return any(_asks_for_person(clause, effort) for clause in _CLAUSE.split(said, _MOST_CLAUSES))


def _asks_for_person(clause: str, effort: Effort) -> bool:
    speech = _speech()
    said = [word.text for word in speech.repair.words(clause, effort)]
    if speech.named.isdisjoint(map(stem, said)):
        return False
    stems = f" {' '.join(map(stem, lexicon().meaningful(said)))} "
    if speech.other.search(stems):
        return False
    marked = speech.people.sub(_PERSON, stems).split()
    return _PERSON in marked and (speech.is_nothing_else(marked) or speech.is_called(marked))


@dataclass(frozen=True, slots=True)
class _Speech:
    """How people ask for a person, in all our languages at once, by stems."""

    repair: Repair
    people: re.Pattern[str]
    named: frozenset[str]
    """What people are called by, word by word."""
    other: re.Pattern[str]
    calls: frozenset[str]
    around: frozenset[str]
    negations: frozenset[str]

    def is_nothing_else(self, marked: list[str]) -> bool:
        """«Оператора, срочно»: a short clause about nothing but a person."""
        return len(marked) <= _MOST_WORDS and all(
            word == _PERSON or word in self.calls or word in self.around for word in marked
        )

    def is_called(self, marked: list[str]) -> bool:
        """«… соедините меня с оператором …»: a person soon after a word that calls one."""
        return any(
            word in self.calls
            and _PERSON in marked[place + 1 : place + 1 + _NEAR]
            and not self.negations.intersection(marked[max(0, place - 1) : place])
            for place, word in enumerate(marked)
        )


@cache
def _speech() -> _Speech:
    people, calls, around, negations, other = (
        [phrase for language in LANGUAGES for phrase in language_data(language)["person"][group]]
        for group in ("people", "calls", "around", "negations", "other")
    )
    spoken = " ".join([*people, *calls, *around, *negations, *other])
    return _Speech(
        Repair(spoken.split()),
        _any_of(people),
        frozenset(stem(word) for phrase in people for word in phrase.split()),
        _any_of(other),
        frozenset(map(stem, calls)),
        frozenset(map(stem, around)),
        frozenset(map(stem, negations)),
    )


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    stems = {" ".join(map(stem, phrase.split())) for phrase in phrases}
    longest_first = sorted(stems, key=len, reverse=True)
    return re.compile(rf"(?<= )(?:{'|'.join(map(re.escape, longest_first))})(?= )")
