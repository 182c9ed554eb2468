"""What somebody else's columns and keys are called, and which of our keys they mean."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from faq.entries.entry import ANY
from faq.language.lexicon import LANGUAGES, language_data
from faq.language.text import fold, words

LONGEST = 40
MOST_WORDS = 5

_HUMP = re.compile(r"(?<=[a-z\u0430-\u0451])(?=[A-Z\u0401-\u042f])|(?<=[^\W\d_])(?=\d)")
_CODES = frozenset(
    [
        "ar",
        "az",
        "be",
        "bg",
        "bn",
        "cs",
        "da",
        "de",
        "el",
        "en",
        "es",
        "et",
        "fa",
        "fi",
        "fr",
        "he",
        "hi",
        "hr",
        "hu",
        "hy",
        "it",
        "ja",
        "ka",
        "kk",
        "ko",
        "ky",
        "lt",
        "lv",
        "mk",
        "ms",
        "nb",
        "nl",
        "pl",
        "pt",
        "ro",
        "ru",
        "sk",
        "sl",
        "sq",
        "sr",
        "sv",
        "tg",
        "th",
        "tk",
        "tr",
        "uk",
        "ur",
        "uz",
        "vi",
        "zh",
    ]
)


@dataclass(frozen=True, slots=True)
class ColumnName:
    """A name taken apart: the keys it may mean, likeliest first, and the language at its end or beginning.

    `rank` is 0 for a name that we know for its first key, 1 for one that looks like it, 2 for one that is
    taken for it only if nothing else is.
    """

    written: str
    keys: tuple[str, ...] = ()
    language: str = ANY
    rank: int = 1
    asks: bool = False
    """Whether a word of it says that questions stand there."""


def understood(written: str) -> ColumnName:
    """What a name may mean; a long one is a text and means nothing."""
    if len(written) > LONGEST or written.strip().endswith("?"):
        return ColumnName(written)
    tokens = [token for token in words(fold(_HUMP.sub(" ", written))) if not token.isdigit()]
    if not tokens or len(tokens) > MOST_WORDS:
        return ColumnName(written)
    alone = " ".join(tokens)
    rest, language = (tokens, ANY) if alone in _known() else _without_language(tokens)
    name = " ".join(rest)
    by_words = tuple(_by_words(rest))
    likely, last = (*_listed("column_guesses", name), *by_words), tuple(_listed("column_last", name))
    known = [_known()[name]] if name in _known() else []
    keys = tuple(dict.fromkeys([*known, *likely, *last]))
    rank = 0 if known else 1 if likely else 2
    return ColumnName(written, keys, language if keys else ANY, rank, "question" in (*known, *by_words))


def language_named(written: str) -> str:
    """The language that a whole name stands for, as `ru`, `EN` and «русский»; empty if it is none."""
    tokens = words(fold(written))
    return _tongue(tokens) if tokens else ANY


def in_use(text: str) -> bool | None:
    """Whether an entry is in use by what stands in a column about that; None if nobody can tell."""
    return _uses().get(fold(text).strip().strip(".!"))


def is_holder(written: str) -> bool:
    """Whether the name only says that entries or sections are in it."""
    name = " ".join(words(fold(_HUMP.sub(" ", written))))
    return any(name in language_data(language)["holders"]["names"] for language in LANGUAGES)


def _without_language(tokens: Sequence[str]) -> tuple[Sequence[str], str]:
    for size in (2, 1):
        if len(tokens) > size and (found := _tongue(tokens[-size:])):
            return tokens[:-size], found
    if len(tokens) > 1 and (found := _tongue(tokens[:1])):
        return tokens[1:], found
    return tokens, ANY


def _tongue(tokens: Sequence[str]) -> str:
    named = _languages().get(" ".join(tokens), ANY)
    if named or not tokens or tokens[0] not in _CODES:
        return named
    match tokens:
        case [code]:
            return code
        case [code, region] if re.fullmatch("[a-z]{2}", region) and region not in _CODES - {"br", "pt"}:
            return f"{code}-{region}"
    return ANY


def _listed(group: str, name: str) -> Iterator[str]:
    for language in LANGUAGES:
        yield from (key for key, names in language_data(language)[group].items() if name in names)


def _by_words(tokens: Sequence[str]) -> Iterator[str]:
    for language in LANGUAGES:
        for key, beginnings in language_data(language)["column_words"].items():
            if any(token.startswith(tuple(beginnings)) for token in tokens):
                yield key
                return


@cache
def _known() -> dict[str, str]:
    return _inside_out("columns")


@cache
def _languages() -> dict[str, str]:
    return _inside_out("language_names")


@cache
def _uses() -> dict[str, bool]:
    plain = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
    for language in LANGUAGES:
        said: dict[str, Any] = language_data(language)["in_use"]
        plain |= dict.fromkeys(map(fold, said["on"]), True) | dict.fromkeys(map(fold, said["off"]), False)
    return plain


def _inside_out(group: str) -> dict[str, str]:
    """The key for every name in the group."""
    return {
        fold(name): key
        for language in LANGUAGES
        for key, names in language_data(language)[group].items()
        for name in names
    }
