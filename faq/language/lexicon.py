"""What is known of each language apart from the knowledge base: one file a language in words/."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from faq.language.stems import stem

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
    opposites: Mapping[str, frozenset[str]]
    """Stems and those of the words that mean the contrary."""

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
    return Lexicon(
        frozenset(weak), frozenset(weak | plain), _any_of(empty), negations, single, endings, _opposites()
    )


def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for language in LANGUAGES:
        for pair in language_data(language)["opposites"]:
            one, other = (set(map(stem, forms.split())) for forms in pair)
            for root in one:
                found[root] |= other
            for root in other:
                found[root] |= one
    return {root: frozenset(contrary) for root, contrary in found.items()}


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Longest first, so that an expression goes before the words it is made of."""
    ordered = sorted((phrase.replace("ё", "е") for phrase in phrases), key=len, reverse=True)
    alternatives = "|".join(
        re.escape(phrase).replace(r"\*", r"\w*").replace(r"\ ", " ") for phrase in ordered
    )
    return re.compile(f"(?<= )(?:{alternatives})(?= )")
