"""A message as words: letters and digits only, in one case, cut to a sensible length."""

import re
import unicodedata

LONGEST = 2000
"""Nobody asks one question in more characters; the rest of a longer message is not looked at."""

MOST_WORDS = 120

_CYRILLIC = re.compile("[\u0400-\u04ff]")
_WORD = re.compile(r"[^\W_]+")
_INVISIBLE = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f]")


def fold(text: str) -> str:
    """The same text whichever way its characters were typed: ё is е, full-width letters are plain."""
    folded = unicodedata.normalize("NFKC", text[:LONGEST]).casefold()[:LONGEST]
    return _INVISIBLE.sub("", folded).replace("ё", "е").replace("’", "'")


def words(folded: str) -> list[str]:
    return _WORD.findall(folded)[:MOST_WORDS]


def is_cyrillic(text: str) -> bool:
    """Whether any of it is."""
    return _CYRILLIC.search(text) is not None
