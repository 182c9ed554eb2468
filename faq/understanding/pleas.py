"""Pleas: words that want somebody to act, wherever they stand: a call for help, a complaint, a question."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from faq.language.effort import REMEMBERED
from faq.language.lexicon import LANGUAGES, language_data
from faq.language.repair import Repair
from faq.language.text import LONGEST, fold, words
from faq.understanding.small_talk import SmallTalk, small_talk
from faq.understanding.wishes import wants_person

_NEEDY = frozenset(
    {SmallTalk.COMPLAINT, SmallTalk.ANGER, SmallTalk.NOT_HELPED}
    | {SmallTalk.OPENER, SmallTalk.CALL, SmallTalk.WHO}
)


@lru_cache(maxsize=REMEMBERED)
def pleads(text: str) -> bool:
    """Whether people should see it: it asks, complains or calls for help. In doubt they should."""
    spoken = words(fold(text[:LONGEST]))
    if not spoken:
        return False  # signs alone comment on what was said
    if "?" in text or small_talk(text) in _NEEDY or wants_person(text):
        return True
    speech = _speech()
    heard = " ".join(word.text for word in speech.repair.words(text[:LONGEST]))
    said = " ".join(spoken)
    return any(speech.trouble.search(f" {each} ") for each in (heard, said)) or bool(
        speech.asks.match(f"{said} ")
    )


@dataclass(frozen=True, slots=True)
class _Speech:
    """How people tell of trouble, in all our languages at once."""

    repair: Repair
    trouble: re.Pattern[str]
    asks: re.Pattern[str]


@cache
def _speech() -> _Speech:
    signs, asks = list(_listed("signs")), list(_listed("asks"))
    known = " ".join(sign.replace("*", "") for sign in signs if not sign.endswith("*"))
    trouble = "|".join(re.escape(sign).replace(r"\ ", " ").replace(r"\*", r"\w*") for sign in signs)
    return _Speech(
        Repair(known.split()),
        re.compile(rf"(?<= )(?:{trouble})(?= )"),
        re.compile("|".join(f"{re.escape(word)} " for word in asks)),
    )


def _listed(name: str) -> Iterator[str]:
    return (fold(each) for language in LANGUAGES for each in language_data(language)["trouble"][name])
