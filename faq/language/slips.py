"""Slips of the finger and of the ear: how a word may have come to be typed as it was.

Only usual slips count. A word that differs from a known one by any odd letter is another word.
"""

from collections.abc import Iterator
from functools import cache

from faq.language.lexicon import LANGUAGES, language_data

_LAYOUT = 3
"""So many rows of keys belong together."""

_SHORT = 4
"""Among words this short nearly any slip makes another word; only two letters that changed places count."""


def is_slip(typed: str, meant: str) -> bool:
    """Whether one usual slip turns the one into the other; a missing or added ending is none."""
    start = _common_start(typed, meant)
    rest_typed, rest_meant = typed[start:], meant[start:]
    end = _common_start(rest_typed[::-1], rest_meant[::-1])
    odd_typed = rest_typed[: len(rest_typed) - end]
    odd_meant = rest_meant[: len(rest_meant) - end]
    if len(typed) <= _SHORT and len(odd_typed) < 2:
        return False
    match len(odd_typed), len(odd_meant):
        case 0, 1:
            return end > 0
        case 1, 0:
            before, after = typed[start - 1 : start], typed[start + 1 : start + 2]
            return odd_typed in (before, after) or (
                end > 0 and bool(_neighbours(odd_typed) & {before, after})
            )
        case 1, 1:
            return odd_meant in _neighbours(odd_typed) or odd_meant in _alike().get(odd_typed, "")
        case 2, 2:
            return odd_typed == odd_meant[::-1]
        case _:
            return False


def shortened(word: str) -> Iterator[str]:
    """The word without one of its letters, for each of them."""
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _common_start(first: str, second: str) -> int:
    for place, (one, other) in enumerate(zip(first, second, strict=False)):
        if one != other:
            return place
    return min(len(first), len(second))


@cache
def _neighbours(letter: str) -> frozenset[str]:
    """The keys around a key."""
    for row_number, row in enumerate(_rows()):
        place = row.find(letter)
        if place >= 0:
            first = row_number // _LAYOUT * _LAYOUT
            above, below = max(first, row_number - 1), min(first + _LAYOUT, row_number + 2)
            near = (line[max(0, place - 1) : place + 2] for line in _rows()[above:below])
            return frozenset("".join(near)) - {letter}
    return frozenset()


@cache
def _rows() -> tuple[str, ...]:
    """The rows of the keyboards of all our languages, three each."""
    return tuple(row for language in LANGUAGES for row in language_data(language)["slips"]["rows"])


@cache
def _alike() -> dict[str, str]:
    """For each letter those that sound like it."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for one, other in map(tuple, language_data(language)["slips"]["alike"]):
            found[one] = found.get(one, "") + other
            found[other] = found.get(other, "") + one
    return found
