"""Questions with the entries that answer them, a line of JSON each."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from faq.entries.entry import Entry
from faq.entries.problem import BrokenFaq, Problem, ProblemKind
from faq.entries.same_answer import duplicates
from faq.files.page import Page

OUT_OF_SCOPE = "oos"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question and the id of the entry that answers it, or `oos`.

    One message may ask two things; then any of their entries is right.
    """

    text: str
    intent: str
    also: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    line: int = 0


def read_questions(path: Path) -> list[Labelled]:
    """Lines with `text` and `intent`; `also` and `tags` may be there, empty lines do not count.

    Raises BrokenFaq with every line that is no question.
    """
    return _read(path, _row)


def read_texts(path: Path) -> list[str]:
    """Questions without labels: lines of words, or of JSON with `text`; empty lines do not count.

    Raises BrokenFaq with every line that is no question.
    """
    return _read(path, _text)


def _read(path: Path, read: Callable[[str, int], T | None]) -> list[T]:
    page = Page(path)
    rows = []
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        page.unreadable(error)
        lines = []
    for number, line in enumerate(lines, start=1):
        row = read(line, number) if line.strip() else None
        if row is not None:
            rows.append(row)
        elif line.strip():
            page.wrong(number, "", ProblemKind.NOT_A_QUESTION)
    if page.problems:
        raise BrokenFaq(page.problems)
    return rows


def with_same_answers(rows: Iterable[Labelled], entries: Iterable[Entry]) -> list[Labelled]:
    """The same rows; entries that give the same answer are as right as the one that was meant."""
    alike = duplicates(entries)
    return [
        replace(row, also=tuple(dict.fromkeys((*row.also, *others))))
        if (others := [each for one in (row.intent, *row.also) for each in alike.get(one, ())])
        else row
        for row in rows
    ]


def strangers(path: Path, rows: Sequence[Labelled], known: Collection[str]) -> Iterator[Problem]:
    """Intents that are no entry, each where it first stands: no answer to their questions can be right."""
    told = {OUT_OF_SCOPE, *known}
    for row in rows:
        for intent in (row.intent, *row.also):
            if intent not in told:
                told.add(intent)
                times = sum(intent in (each.intent, *each.also) for each in rows)
                yield Problem(path, row.line, "", ProblemKind.NO_SUCH_ENTRY, {"intent": intent, "n": times})


def _row(line: str, number: int) -> Labelled | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    text, intent = (row.get("text"), row.get("intent")) if isinstance(row, dict) else (None, None)
    if not isinstance(text, str) or not isinstance(intent, str):
        return None
    return Labelled(text, intent, _texts(row.get("also")), _texts(row.get("tags")), number)


def _text(line: str, number: int) -> str | None:
    """Words as they stand, unless the line is JSON."""
    if not line.lstrip().startswith("{"):
        return line.strip()
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    text = row.get("text")
    return text if isinstance(text, str) else None


def _texts(value: object) -> tuple[str, ...]:
    return tuple(text for text in value if isinstance(text, str)) if isinstance(value, list) else ()
