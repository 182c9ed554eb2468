"""What a manager's words make of an entry: pure functions, each giving the new entry or why it cannot be."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from editorial.dates import with_dates
from editorial.draft import Draft, Step
from faq.entries import answer
from faq.entries.entry import ANY, Entry
from faq.entries.problem import Finding
from faq.files.fields import UNSEEN
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

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Refused:
    """Words that cannot be used; `key` is a text that says why, `findings` what is wrong with an answer."""

    key: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)
    findings: tuple[Finding, ...] = ()


def apply(draft: Draft, words: str, html: str) -> Entry | Refused:
    """The draft's entry after what was asked for was told, as plain words or with its formatting."""
    entry, language, words = draft.entry, draft.language, clean(words)
    if not words:
        return Refused("editor.words_needed")
    match draft.step:
        case Step.QUESTION:
            return _with_question(entry, language, words)
        case Step.PHRASINGS:
            return _with_phrasings(entry, language, words)
        case Step.INSTEAD:
            return _with_phrasings(without_phrasings(entry, language), language, words)
        case Step.ANSWER:
            return with_answer(entry, language, html)
        case Step.DATES:
            return with_dates(entry, words) or Refused("editor.dates_unclear")
        case _:
            return replace(entry, category={ANY: " ".join(words.split())})


def clean(text: str) -> str:
    """Without what no file could hold and nobody could see."""
    return UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def with_answer(entry: Entry, language: str, html: str) -> Entry | Refused:
    """Another answer, if customers could get it as it is meant."""
    html = clean(html)
    findings = answer.check(html)
    if findings:
        return Refused("editor.answer_wrong", findings=tuple(findings))
    return replace(entry, answer=put(entry.answer, language, html))


def phrasings_of(entry: Entry, language: str) -> Sequence[str]:
    """The phrasings that are being written: those of the language, or those for everybody."""
    return entry.phrasings.get(spoken(entry.phrasings, language), ())


def without_phrasings(entry: Entry, language: str) -> Entry:
    """The question alone is left, in this language."""
    place = spoken(entry.phrasings, language)
    return replace(entry, phrasings={key: said for key, said in entry.phrasings.items() if key != place})


def split_by_language(entry: Entry, language: str) -> Entry:
    """What was written for everybody becomes that of one language, so that others can stand beside it."""
    return replace(
        entry,
        question=_moved(entry.question, language),
        answer=_moved(entry.answer, language),
        phrasings=_moved(entry.phrasings, language),
    )


def spoken(texts: Mapping[str, object], language: str) -> str:
    """Under which language a text stands or is to stand: its own, or everybody's where there is only that."""
    return ANY if texts.keys() == {ANY} else language


def languages_of(entry: Entry) -> tuple[str, ...]:
    """The languages in which anything of it was written; none if all of it is for everybody."""
    written = [*entry.question, *entry.answer, *entry.phrasings]
    return tuple(dict.fromkeys(language for language in written if language != ANY))


def put(texts: Mapping[str, Value], language: str, value: Value) -> dict[str, Value]:
    """The texts with another one in its place."""
    return {**texts, spoken(texts, language): value}


def _with_question(entry: Entry, language: str, words: str) -> Entry | Refused:
    question = " ".join(words.split())
    if len(question) > QUESTION_LIMIT:
        return Refused("editor.question_long", {"n": len(question), "limit": QUESTION_LIMIT})
    return replace(entry, question=put(entry.question, language, question))


def _with_phrasings(entry: Entry, language: str, words: str) -> Entry | Refused:
    lines = [" ".join(line.split()) for line in words.split("\n")]
    known = list(phrasings_of(entry, language))
    away = {int(number) for line in lines for number in _numbers(line)}
    if any(number > len(known) or number < 1 for number in away):
        return Refused("editor.no_such_number", {"n": len(known)})
    kept = [each for number, each in enumerate(known, start=1) if number not in away]
    added = [_BULLET.sub("", line) for line in lines if line and not _AWAY.fullmatch(line)]
    phrasings = _different([*kept, *added])
    if len(phrasings) > PHRASINGS_LIMIT:
        return Refused("editor.phrasings_many", {"n": PHRASINGS_LIMIT})
    if any(len(each) > PHRASING_LIMIT for each in phrasings):
        return Refused("editor.phrasing_long", {"n": PHRASING_LIMIT})
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


def _moved(texts: Mapping[str, Value], language: str) -> dict[str, Value]:
    return {key or language: value for key, value in texts.items()}
