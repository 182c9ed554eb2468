"""A text as what is counted of it: groups of three letters, stems, and stems side by side.

Letters forgive a wrong ending or a slip; stems and their neighbours tell apart what letters confuse.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from faq.language.lexicon import lexicon
from faq.language.stems import stem

WORD = "="
"""What a feature of the words begins with; groups of letters never do, so the two are kept apart."""

_WEAK = 0.7
"""Words that only build a sentence count less."""

_REMEMBERED = 65536

_NEIGHBOURS = 0.6
"""Two stems side by side count less than either: another order is seldom another question."""

Features = Mapping[str, float]


@lru_cache(maxsize=_REMEMBERED)
def letters(word: str) -> tuple[str, ...]:
    """Every three letters in a row, the word's edges being letters too."""
    edged = f" {word} "
    return tuple(_one(edged[start : start + 3]) for start in range(len(edged) - 2))


@lru_cache(maxsize=_REMEMBERED)
def _one(group: str) -> str:
    """One object for all words that have these letters: less memory, and found sooner."""
    return group


@lru_cache(maxsize=_REMEMBERED)
def marked(root: str) -> str:
    """The feature of a stem."""
    return WORD + root


def features(words: Sequence[str], trust: Mapping[str, float] | None = None) -> dict[str, float]:
    """What there is in the words; `trust` from 0 to 1 is of those that were not typed like that."""
    trust, weak = trust or {}, lexicon().weak
    found: dict[str, float] = {}
    stems = []
    for word in words:
        worth = trust.get(word, 1.0) * (_WEAK if word in weak else 1.0)
        for group in letters(word):
            if found.get(group, 0.0) < worth:
                found[group] = worth
        root = stem(word)
        stems.append(root)
        found[marked(root)] = worth
    for first, second in pairwise(stems):
        found[f"{WORD}{first} {second}"] = _NEIGHBOURS
    return found
