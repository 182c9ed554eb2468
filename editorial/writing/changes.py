"""What a manager's words make of an entry: pure functions, each giving the new entry or why it cannot be."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from editorial.entries.languages import phrasings_of, put, without_phrasings
from editorial.writing.dates import with_dates
from editorial.writing.draft import EntryDraft, Wanted
from faq.entries import answer
from faq.entries.entry import ANY, Entry
from faq.entries.problem import Finding
from faq.files.cleaning import clean
from faq.language.text import fold

QUESTION_LIMIT = 200
"""A question stands on a button, where nobody reads more."""
PHRASING_LIMIT = 500
PHRASINGS_LIMIT = 300
MEDIA = ("photo", "video", "animation", "document", "audio", "voice")
"""What can go with an answer."""

_AWAY = re.compile(r"[-−–—]\s*(\d{1,3}(?:[\s,;]+\d{1,3})*)\.?", re.ASCII)
"""A line of nothing but a minus and numbers takes phrasings away."""
_BULLET = re.compile(r"^[•*·]\s+")


@dataclass(frozen=True, slots=True)
class Unusable:
    """Words that cannot be used; `key` is a text that says why, `findings` what is wrong with an answer."""

    key: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)
    findings: tuple[Finding, ...] = ()


def apply(draft: EntryDraft, words: str, html: str) -> Entry | Unusable:
    """The draft's entry after what was asked for was told, as plain words or with its formatting."""
    entry, language, words = draft.entry, draft.language, clean(words)
    if not words:
        return Unusable("editor.words_needed")
    match draft.wanted:
        case Wanted.QUESTION:
            return _with_question(entry, language, words)
        case Wanted.PHRASINGS:
            return _with_phrasings(entry, language, words)
        case Wanted.INSTEAD:
            return _with_phrasings(without_phrasings(entry, language), language, words)
        case Wanted.ANSWER:
            return with_answer(entry, language, html)
        case Wanted.DATES:
            return with_dates(entry, words) or Unusable("editor.dates_unclear")
        case _:
            return replace(entry, category={ANY: " ".join(words.split())})


def with_answer(entry: Entry, language: str, html: str) -> Entry | Unusable:
    """Another answer, if customers could get it as it is meant."""
    html = clean(html)
    findings = answer.check(html)
    if findings:
        return Unusable("editor.answer_wrong", findings=tuple(findings))
    return replace(entry, answer=put(entry.answer, language, html))


def _with_question(entry: Entry, language: str, words: str) -> Entry | Unusable:
    question = " ".join(words.split())
    if len(question) > QUESTION_LIMIT:
        return Unusable("editor.question_long", {"n": len(question), "limit": QUESTION_LIMIT})
    return replace(entry, question=put(entry.question, language, question))


def _with_phrasings(entry: Entry, language: str, words: str) -> Entry | Unusable:
    lines = [" ".join(line.split()) for line in words.split("\n")]
    known = list(phrasings_of(entry, language))
    away = {int(number) for line in lines for number in _numbers(line)}
    if any(number > len(known) or number < 1 for number in away):
        return Unusable("editor.no_such_number", {"n": len(known)})
    kept = [each for number, each in enumerate(known, start=1) if number not in away]
    added = [_BULLET.sub("", line) for line in lines if line and not _AWAY.fullmatch(line)]
    phrasings = _different([*kept, *added])
    if len(phrasings) > PHRASINGS_LIMIT:
        return Unusable("editor.phrasings_many", {"n": PHRASINGS_LIMIT})
    if any(len(each) > PHRASING_LIMIT for each in phrasings):
        return Unusable("editor.phrasing_long", {"n": PHRASING_LIMIT})
    if not phrasings:
        return without_phrasings(entry, language)
    return replace(entry, phrasings=put(entry.phrasings, language, tuple(phrasings)))


def _numbers(line: str) -> list[str]:
    found = _AWAY.fullmatch(line)
    return re.findall(r"\d+", found[1]) if found else []


def _different(phrasings: Iterable[str]) -> list[str]:
    """Each once, however it was capitalised."""
    kept: dict[str, str] = {}
    for each in phrasings:
        kept.setdefault(fold(each), each)
    return list(kept.values())
