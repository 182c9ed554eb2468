"""Nearly the same question answered with other numbers, or once with yes and once with no.

A guess from the words alone: it is said as something that may be so.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from rapidfuzz import fuzz

from faq.entries.answer import CUSTOMER_FIELDS, fill_in
from faq.entries.entry import Entry, ways_to_ask
from faq.entries.telegram_html import plain
from faq.judging.flaws import Flaw, FlawKind, shortened
from faq.language.lexicon import LANGUAGES, language_data, lexicon
from faq.language.stems import stem
from faq.language.text import fold, words
from faq.matching.match import Matcher

_NEAR = 85
_NUMBER = re.compile(r"\d[\d\u00a0 ]*(?:[.,:]\d+)?")
_SENTENCE = re.compile(r"(?<=[.!?…])\s|\n")


def contradictions(entries: Sequence[Entry], matcher: Matcher) -> Iterator[Flaw]:
    """Pairs that customers can hardly tell apart but that are answered differently, each pair once."""
    here = {entry.id: entry for entry in entries}
    told: set[frozenset[str]] = set()
    for entry in entries:
        for language, question in entry.question.items():
            for found in matcher.match(question, language or "ru").ranked:
                other = here.get(found.entry.id)
                pair = frozenset((entry.id, found.entry.id))
                if other is None or other is entry or pair in told or not _alike(question, other):
                    continue
                if difference := _difference(entry, other):
                    told.add(pair)
                    yield Flaw(FlawKind.CONTRADICTION, entry.id, other.id, {"example": difference})


def _alike(question: str, other: Entry) -> bool:
    """Nearly the same words, and neither the numbers nor the negations in them tell the two apart."""
    return any(
        fuzz.token_sort_ratio(_stems(question), _stems(way)) >= _NEAR
        and _numbers(question) == _numbers(way)
        and _negated(question) == _negated(way)
        for way in ways_to_ask(other)
    )


def _difference(one: Entry, other: Entry) -> str:
    """What the two answers say differently, or nothing."""
    for language in sorted(one.answer.keys() & other.answer.keys()):
        left, right = (_shown(entry, language) for entry in (one, other))
        ours, theirs = _numbers(left), _numbers(right)
        if ours and theirs and not ours & theirs:
            return shortened(f"{min(ours)} / {min(theirs)}")
        first = [_SENTENCE.split(text, 1)[0] for text in (left, right)]
        if _denies(*first) or _denies(*first[::-1]):
            return shortened(f"{first[0]} / {first[1]}")
    return ""


def _shown(entry: Entry, language: str) -> str:
    return plain(fill_in(entry.answer.get(language, ""), dict.fromkeys(CUSTOMER_FIELDS, "")))


def _denies(one: str, other: str) -> bool:
    """One says no to what the other says yes to."""
    said = {stem(word) for word in words(fold(other)) if word not in lexicon().weak}
    return bool((_negated(one) & said) - _negated(other)) or (_refuses(one) and not _refuses(other))


def _negated(text: str) -> frozenset[str]:
    spoken = words(fold(text))
    return frozenset(stem(word) for no, word in pairwise(spoken) if no in _signs("negations"))


def _refuses(text: str) -> bool:
    return any(word in _signs("refusals") for word in words(fold(text))[:4])


def _numbers(text: str) -> frozenset[str]:
    return frozenset(re.sub(r"\s", "", number) for number in _NUMBER.findall(text))


def _stems(text: str) -> str:
    return " ".join(map(stem, lexicon().meaningful(words(fold(text)))))


@cache
def _signs(kind: str) -> frozenset[str]:
    return frozenset(word for language in LANGUAGES for word in language_data(language)["denial"][kind])
