"""Compares versions of an entry, and joins changes of different parts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from faq.entries.entry import Entry

PARTS: Mapping[str, tuple[str, ...]] = {
    "question": ("question",),
    "phrasings": ("phrasings",),
    "answer": ("answer",),
    "media": ("media",),
    "section": ("category",),
    "dates": ("valid_from", "valid_until", "season"),
    "person": ("call_person",),
    "threshold": ("sure",),
    "languages": ("languages",),
    "hidden": ("hidden",),
}
"""The parts of an entry as managers know them, and the fields that each is made of."""


@dataclass(frozen=True, slots=True)
class PartChange:
    """A part that differs; phrasings count what was added and what was taken away."""

    part: str
    added: int = 0
    removed: int = 0


def changed(before: Entry | None, after: Entry | None) -> tuple[PartChange, ...]:
    """The parts that differ; none if either version has no entry."""
    if before is None or after is None:
        return ()
    return tuple(
        _change(part, before, after)
        for part, names in PARTS.items()
        if any(getattr(before, name) != getattr(after, name) for name in names)
    )


def merged(base: Entry, mine: Entry, theirs: Entry) -> Entry | None:
    """Both changes together; None if both changed the same part differently."""
    values: dict[str, Any] = {}
    for names in PARTS.values():
        base_part, my_part, their_part = (_part(each, names) for each in (base, mine, theirs))
        if my_part != base_part and their_part not in (base_part, my_part):
            return None
        if my_part != base_part:
            values |= my_part
    return replace(theirs, **values)


def _part(entry: Entry, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in names}


def _change(part: str, before: Entry, after: Entry) -> PartChange:
    if part != "phrasings":
        return PartChange(part)
    old, new = (
        {(language, said) for language, texts in entry.phrasings.items() for said in texts}
        for entry in (before, after)
    )
    return PartChange(part, added=len(new - old), removed=len(old - new))
