"""Two habits of people at a keyboard: forgetting to switch the layout, and Russian in latin letters."""

import re
from collections.abc import Callable
from functools import cache, lru_cache

from faq.language.lexicon import language_data

Reading = Callable[[str], str]
"""A way to take what was typed."""
_REMEMBERED = 2048
"""So many tokens are: the same message is read for several purposes, whole and in pieces."""

_CYRILLIC = re.compile("[а-я]")
_ENDS_IN_Y = re.compile("[aeoui][yji]")
"""«ay» is «ай» unless a vowel follows: then the y belongs to that."""
_LATIN = re.compile("[a-z]")


def as_typed(token: str) -> str:
    """The way most people type."""
    return token


@lru_cache(maxsize=_REMEMBERED)
def other_layout(token: str) -> str:
    """The same keys with the keyboard switched to the other language."""
    to_local, to_latin = _layouts()
    return token.translate(to_latin if _CYRILLIC.search(token) else to_local).replace("ё", "е")


@lru_cache(maxsize=_REMEMBERED)
def from_latin(token: str) -> str:
    """Russian written by ear in latin letters, put back into its own."""
    if not _LATIN.search(token):
        return token
    letters, pattern, whole = _transliteration()
    return whole.get(token) or pattern.sub(lambda found: letters[found[0]], token)


def to_latin(text: str) -> str:
    """Russian in latin letters, for names that machines read."""
    return text.translate(_latin_letters())


@cache
def _latin_letters() -> dict[int, str]:
    data = language_data("ru")["transliteration"]
    return dict(zip(map(ord, data["alphabet"]), data["latin"], strict=True))


@cache
def _layouts() -> tuple[dict[int, str], dict[int, str]]:
    keyboard = language_data("ru")["keyboard"]
    latin, local = keyboard["latin"], keyboard["local"]
    to_latin = dict(reversed([*zip(map(ord, local), latin, strict=True)]))
    return dict(zip(map(ord, latin), local, strict=True)), to_latin


@cache
def _transliteration() -> tuple[dict[str, str], re.Pattern[str], dict[str, str]]:
    data = language_data("ru")["transliteration"]
    letters: dict[str, str] = dict(data["letters"])
    whole: dict[str, str] = data["words"]
    longest_first = (
        f"{signs}(?![aeiou])" if _ENDS_IN_Y.fullmatch(signs) else re.escape(signs) for signs in letters
    )
    return letters, re.compile("|".join(longest_first)), whole
