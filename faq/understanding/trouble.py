"""Whether somebody says that something does not work, or asks whether it does: not how a thing is done."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from faq.language.lexicon import LANGUAGES, language_data, lexicon
from faq.language.stems import stem
from faq.language.text import fold, words

REACH = 4
"""So many words after a negation it still denies."""


@dataclass(frozen=True, slots=True)
class HeardTrouble:
    """The roots of what was said, and of the things in it that are named; `told`: it is of trouble."""

    roots: tuple[str, ...]
    things: frozenset[str]
    told: bool

    @property
    def alone(self) -> bool:
        """Whether it is of trouble with nothing that is named: «у вас не работает?»."""
        return self.told and not self.things


@dataclass(frozen=True, slots=True)
class _Signs:
    """What tells of trouble: roots that do alone, roots that do when denied, and whole expressions."""

    failing: frozenset[str]
    working: frozenset[str]
    verbs: frozenset[str]
    """The same in the forms that are listed: «вход» has the root of «входит», and is a thing."""
    negations: frozenset[str]
    asking: re.Pattern[str]
    ordinary: re.Pattern[str]
    general: frozenset[str]


@lru_cache(maxsize=4096)
def heard_trouble(text: str) -> HeardTrouble:
    """What a message says of trouble."""
    spoken = words(fold(text))
    roots, signs, line = tuple(map(stem, spoken)), _signs(), f" {' '.join(spoken)} "
    asks = signs.asking.search(line) is not None
    told = asks or _fails(spoken, roots) or _denied(spoken, roots)
    told = told and signs.ordinary.search(line) is None
    rest = lexicon().meaningful(spoken)
    named = {stem(word) for word in rest if word not in lexicon().weak | signs.verbs}
    return HeardTrouble(roots, frozenset(named - signs.failing - signs.general), told)


def _fails(spoken: list[str], roots: tuple[str, ...]) -> bool:
    signs = _signs()
    for place, root in enumerate(roots):
        if root in signs.failing and not signs.negations & set(spoken[max(0, place - 2) : place]):
            return True
    return False


def _denied(spoken: list[str], roots: tuple[str, ...]) -> bool:
    """Whether a word of working stands soon after a negation."""
    signs = _signs()
    return any(
        word in signs.negations and not signs.working.isdisjoint(roots[place + 1 : place + 1 + REACH])
        for place, word in enumerate(spoken)
    )


@cache
def _signs() -> _Signs:
    tables = [language_data(language)["breakdown"] for language in LANGUAGES]

    def forms(key: str) -> frozenset[str]:
        return frozenset(word.replace("ё", "е") for table in tables for word in table[key])

    def roots(key: str) -> frozenset[str]:
        return frozenset(map(stem, forms(key)))

    def phrases(key: str) -> re.Pattern[str]:
        found = [phrase.replace("ё", "е") for table in tables for phrase in table[key]]
        return re.compile("|".join(f"(?<= )(?:{each})(?= )" for each in found))

    negations = frozenset(word for table in tables for word in table["negations"])
    return _Signs(
        roots("failing"),
        roots("working"),
        forms("working"),
        negations,
        phrases("asking"),
        phrases("ordinary"),
        roots("general"),
    )
