"""The texts of an entry by language: those of one, or those for everybody where there is only that."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from faq.entries.entry import ANY, Entry

Value = TypeVar("Value")


def spoken(texts: Mapping[str, object], language: str) -> str:
    """Under which language a text stands or is to stand: its own, or everybody's where there is only that."""
    return ANY if texts.keys() == {ANY} else language


def put(texts: Mapping[str, Value], language: str, value: Value) -> dict[str, Value]:
    """The texts with another one in its place."""
    return {**texts, spoken(texts, language): value}


def languages_of(entry: Entry) -> tuple[str, ...]:
    """The languages in which anything of it was written; none if all of it is for everybody."""
    written = [*entry.question, *entry.answer, *entry.phrasings]
    return tuple(dict.fromkeys(language for language in written if language != ANY))


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


def _moved(texts: Mapping[str, Value], language: str) -> dict[str, Value]:
    return {key or language: value for key, value in texts.items()}
