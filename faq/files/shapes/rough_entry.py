"""A question and its answer from somebody else's file, on its way to becoming an entry."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from faq.entries.entry import ANY, is_id
from faq.entries.html_tree import KNOWN, take_apart
from faq.entries.problem import ProblemKind
from faq.entries.remark import RemarkKind
from faq.entries.simpler_html import tags
from faq.files.answers import for_telegram
from faq.files.cleaning import clean
from faq.files.fields import Fields
from faq.files.ids import free_id, new_id
from faq.files.nodes import node_of
from faq.files.page import Page
from faq.language.text import fold

_NAMED = 10
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#[0-9]{1,6});")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")


@dataclass(frozen=True, slots=True)
class RoughEntry:
    """Texts are by language; `more` are other keys of ours as they were written."""

    line: int
    question: Mapping[str, str]
    answer: Mapping[str, str]
    id: str = ""
    category: Mapping[str, str] = field(default_factory=dict)
    phrasings: Mapping[str, Sequence[str]] = field(default_factory=dict)
    more: Mapping[str, object] = field(default_factory=dict)
    switched_off_by: str = ""
    """The column or key that says so."""


def add_entries(page: Page, rough_entries: Iterable[RoughEntry]) -> None:
    """Those that can be used become the page's entries; of the others it is said why not."""
    kept: dict[object, RoughEntry] = {}
    again: dict[object, list[int]] = {}
    for rough in map(_cleaned, rough_entries):
        key = _same_as(rough, kept)
        if key in kept:
            again.setdefault(key, []).append(rough.line)
            kept[key] = _joined(kept[key], rough)
        else:
            kept[key] = rough
    for key, lines in again.items():
        named = ", ".join(map(str, lines[:_NAMED])) + "…" * (len(lines) > _NAMED)
        page.remark(kept[key].line, kept[key].id, RemarkKind.SAME_AS, lines=named, n=len(lines))
    page.ids |= {rough.id for rough in kept.values() if is_id(rough.id)}
    borne: set[str] = set()
    for rough in kept.values():
        _add(page, rough, borne)


def _add(page: Page, rough: RoughEntry, borne: set[str]) -> None:
    """Make it an entry of the page, or say why not."""
    before = len(page.problems)
    entry_id = _id(page, rough, borne)
    for key, texts in (("question", rough.question), ("answer", rough.answer)):
        if not texts and not (key == "answer" and rough.more.get("call_person")):
            page.wrong(rough.line, rough.id, ProblemKind.EMPTY_TEXT, key=key)
    if len(page.problems) > before:
        return
    for language in [each for each in rough.question if each not in rough.answer and rough.answer]:
        page.remark(rough.line, entry_id, RemarkKind.NO_TEXT_IN, language=language)
    answers = {
        language: for_telegram(page, rough.line, entry_id, text) for language, text in rough.answer.items()
    }
    body = {
        "id": entry_id,
        "category": _by_language(rough.category),
        "question": _by_language(rough.question),
        "phrasings": _by_language(rough.phrasings),
        "answer": _by_language(answers),
        **rough.more,
    }
    said = {key: value for key, value in body.items() if value not in ({}, "")}
    entry = Fields(page, node_of(said, rough.line)).entry()
    if len(page.problems) > before:
        return
    borne.add(entry_id)
    page.ids.add(entry_id)
    page.named.append((entry_id, rough.line))
    page.entries.append(entry)
    if rough.switched_off_by:
        page.remark(rough.line, entry_id, RemarkKind.SWITCHED_OFF, name=rough.switched_off_by)
    page.made += not rough.id


def _id(page: Page, rough: RoughEntry, borne: set[str]) -> str:
    question = next(iter(rough.question.values()), "")
    if not rough.id:
        return new_id(question, page.ids)
    if is_id(rough.id) and rough.id not in borne:
        return rough.id
    made = free_id(rough.id, page.ids) if is_id(rough.id) else new_id(rough.id, page.ids)
    page.remark(rough.line, made, RemarkKind.ID_CHANGED, was=rough.id)
    return made


def _cleaned(rough: RoughEntry) -> RoughEntry:
    """Without what no file could hold, what says nothing, and texts for everybody beside those for some."""
    phrasings = {
        language: list(dict.fromkeys(filter(None, map(_words, texts))))
        for language, texts in rough.phrasings.items()
    }
    return RoughEntry(
        rough.line,
        _spoken({language: _words(text) for language, text in rough.question.items()}),
        _spoken({language: clean(text) for language, text in rough.answer.items()}),
        clean(rough.id),
        _spoken({language: _words(text) for language, text in rough.category.items()}),
        {language: texts for language, texts in _spoken_lists(phrasings).items() if texts},
        {key: clean(text) if isinstance(text, str) else text for key, text in rough.more.items() if text},
        rough.switched_off_by,
    )


def _words(text: str) -> str:
    """A text without the markup that a question cannot have."""
    if tags(text) & KNOWN or _ENTITY.search(text):
        return clean(take_apart(text).text())
    return clean(text)


def _spoken(texts: Mapping[str, str]) -> dict[str, str]:
    """With a language for every text if any has one."""
    filled = {language: text for language, text in texts.items() if text}
    if filled.keys() <= {ANY} or ANY not in filled:
        return filled
    everybody = filled.pop(ANY)
    language = "ru" if _CYRILLIC.search(everybody) else "en"
    return filled if language in filled else {language: everybody, **filled}


def _spoken_lists(texts: Mapping[str, list[str]]) -> dict[str, list[str]]:
    filled = {language: list(each) for language, each in texts.items() if each}
    if filled.keys() <= {ANY} or ANY not in filled:
        return filled
    for text in filled.pop(ANY):
        filled.setdefault("ru" if _CYRILLIC.search(text) else "en", []).append(text)
    return filled


def _same_as(rough: RoughEntry, kept: Mapping[object, RoughEntry]) -> object:
    """The key of the entry that this one is too: of its id or question, with the same answer or none."""
    if not rough.question or not (rough.id or rough.answer):
        return rough.line, len(kept)
    named = rough.id or fold(next(iter(rough.question.values()))).strip()
    silent = (named, bool(rough.id))
    if not rough.answer:
        return next((key for key in kept if isinstance(key, tuple) and key[:2] == silent), silent)
    return *silent, tuple(sorted(rough.answer.items()))


def _joined(first: RoughEntry, other: RoughEntry) -> RoughEntry:
    """The first with the other's words as phrasings."""
    phrasings = {language: list(texts) for language, texts in first.phrasings.items()}
    for language, text in other.question.items():
        if fold(text) != fold(first.question.get(language, "")):
            phrasings.setdefault(language, []).append(text)
    for language, texts in other.phrasings.items():
        phrasings.setdefault(language, []).extend(texts)
    return RoughEntry(
        first.line,
        first.question,
        first.answer,
        first.id,
        first.category,
        {language: list(dict.fromkeys(texts)) for language, texts in _spoken_lists(phrasings).items()},
        first.more,
        first.switched_off_by,
    )


def _by_language(texts: Mapping[str, object]) -> object:
    return texts[ANY] if texts.keys() == {ANY} else dict(texts)
