"""A question and its answer from somebody else's file, on its way to becoming an entry."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

from faq.entries import answer
from faq.entries.entry import ANY, ID_LIMIT, Entry, is_id
from faq.entries.problem import ProblemKind
from faq.files.fields import UNSEEN
from faq.files.page import Page
from faq.language.text import fold
from faq.language.typing_habits import to_latin

_NOT_IN_ID = re.compile(r"[^a-z0-9]+")
_OPENS_TEMPLATE = re.compile(r"\{[{%#]")

_ID_ROOM = ID_LIMIT - 8
"""Leaves place for a number where two questions would get the same id."""


@dataclass(frozen=True, slots=True)
class RoughEntry:
    line: int
    question: str
    answer: str
    id: str = ""
    category: str = ""
    phrasings: tuple[str, ...] = ()


def add_entries(page: Page, rough_entries: Iterable[RoughEntry]) -> None:
    """Those that can be used become the page's entries; of the others it is said why not."""
    taken: set[str] = set()
    for rough in rough_entries:
        question, text = clean(rough.question), _as_answer(clean(rough.answer))
        before = len(page.problems)
        for key, value in (("question", question), ("answer", text)):
            if not value:
                page.wrong(rough.line, rough.id, ProblemKind.EMPTY_TEXT, key=key)
        for finding in answer.check(text) if text else ():
            page.wrong(rough.line, rough.id, finding.kind, **finding.params)
        if len(page.problems) > before:
            continue
        entry_id = _free_id(rough.id if is_id(rough.id) else _slug(question), taken)
        taken.add(entry_id)
        page.entries.append(_entry(entry_id, question, text, rough))


def new_id(question: str, taken: Iterable[str]) -> str:
    """An id made from the question that nobody bears yet."""
    return _free_id(_slug(question), set(taken))


def _entry(entry_id: str, question: str, text: str, rough: RoughEntry) -> Entry:
    category, phrasings = clean(rough.category), tuple(filter(None, map(clean, rough.phrasings)))
    return Entry(
        id=entry_id,
        category={ANY: category} if category else {},
        question={ANY: question},
        phrasings={ANY: phrasings} if phrasings else {},
        answer={ANY: text},
    )


def clean(text: str) -> str:
    """Without what no file could hold and nobody could see."""
    return UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _as_answer(text: str) -> str:
    """A text that is no proper template is taken at its letter, signs and all."""
    if not answer.check(text):
        return text
    plain = html.escape(html.unescape(text), quote=False)
    return _OPENS_TEMPLATE.sub(lambda sign: f'{{{{ "{sign[0]}" }}}}', plain)


def _slug(question: str) -> str:
    whole = _NOT_IN_ID.sub("-", to_latin(fold(question))).strip("-")
    if len(whole) <= _ID_ROOM:
        return whole
    return whole[:_ID_ROOM].rpartition("-")[0] or whole[:_ID_ROOM]


def _free_id(wanted: str, taken: set[str]) -> str:
    wanted = wanted or "entry"
    number = 1
    free = wanted
    while free in taken:
        number += 1
        free = f"{wanted[:_ID_ROOM]}-{number}"
    return free
