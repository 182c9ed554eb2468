"""What is known of each language apart from the knowledge base: one file a language in words/."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("ru", "en")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of all our languages together: customers mix them, and so may we."""

    weak: frozenset[str]
    known: frozenset[str]
    empty: re.Pattern[str]
    negations: frozenset[str]
    single: frozenset[str]
    """The letters that are words by themselves."""
    endings: frozenset[str]

    def meaningful(self, words: Sequence[str]) -> list[str]:
        """The words without greetings, politeness and strong language."""
        return self.empty.sub(" ", f" {' '.join(words)} ").split()


@cache
def language_data(language: str) -> dict[str, Any]:
    return tomllib.loads((files("faq") / "language" / "words" / f"{language}.toml").read_text("utf-8"))


@cache
def lexicon() -> Lexicon:
    weak: set[str] = set()
    empty: set[str] = set()
    for language in LANGUAGES:
        data = language_data(language)
        weak.update(word.replace("ё", "е") for word in data["weak"])
        empty.update(data["fillers"], data["swearing"])
    plain = {word for phrase in empty for word in phrase.split() if not word.endswith("*")}
    negations, single, endings = (
        frozenset(word for language in LANGUAGES for word in language_data(language)[group])
        for group in ("negations", "single", "endings")
    )
    return Lexicon(frozenset(weak), frozenset(weak | plain), _any_of(empty), negations, single, endings)


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Longest first, so that an expression goes before the words it is made of."""
    ordered = sorted((phrase.replace("ё", "е") for phrase in phrases), key=len, reverse=True)
    alternatives = "|".join(
        re.escape(phrase).replace(r"\*", r"\w*").replace(r"\ ", " ") for phrase in ordered
    )
    return re.compile(f"(?<= )(?:{alternatives})(?= )")
