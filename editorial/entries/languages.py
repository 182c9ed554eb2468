"""The texts of an entry by language, or for everybody where it is written once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from faq.entries.entry import ANY, Entry

Value = TypeVar("Value")


def spoken(texts: Mapping[str, object], language: str) -> str:
    """The language under which a text stands or is to stand; everybody's if it is written once."""
    return ANY if texts.keys() == {ANY} else language


def put(texts: Mapping[str, Value], language: str, value: Value) -> dict[str, Value]:
    """The texts with this one in its language."""
    return {**texts, spoken(texts, language): value}


def languages_of(entry: Entry) -> tuple[str, ...]:
    """The languages it is written in; none if all texts are for everybody."""
    written = [*entry.question, *entry.answer, *entry.phrasings]
    return tuple(dict.fromkeys(language for language in written if language != ANY))


def phrasings_of(entry: Entry, language: str) -> Sequence[str]:
    """The phrasings of a language, or those for everybody."""
    return entry.phrasings.get(spoken(entry.phrasings, language), ())


def without_phrasings(entry: Entry, language: str) -> Entry:
    """The entry without the phrasings of this language; its question stays."""
    place = spoken(entry.phrasings, language)
    return replace(entry, phrasings={key: said for key, said in entry.phrasings.items() if key != place})


def split_by_language(entry: Entry, language: str) -> Entry:
    """The entry with texts for everybody moved to one language, so that others can be added."""
    return replace(
        entry,
        question=_moved(entry.question, language),
        answer=_moved(entry.answer, language),
        phrasings=_moved(entry.phrasings, language),
    )


def _moved(texts: Mapping[str, Value], language: str) -> dict[str, Value]:
    return {key or language: value for key, value in texts.items()}
