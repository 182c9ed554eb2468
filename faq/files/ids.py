"""Ids made from questions: latin, short, and each its entry's own."""

import re
from collections.abc import Container

from faq.entries.entry import ID_LIMIT
from faq.language.text import fold
from faq.language.typing_habits import to_latin

_NOT_IN_ID = re.compile(r"[^a-z0-9]+")
_ROOM = ID_LIMIT - 8
"""Leaves place for a number where two questions would get the same id."""


def new_id(question: str, taken: Container[str]) -> str:
    """An id made from the question that nobody bears yet."""
    return free_id(_slug(question), taken)


def free_id(wanted: str, taken: Container[str]) -> str:
    """The id itself, or with a number behind it if somebody bears it."""
    wanted = wanted or "entry"
    number, free = 1, wanted
    while free in taken:
        number += 1
        free = f"{wanted[:_ROOM]}-{number}"
    return free


def _slug(question: str) -> str:
    whole = _NOT_IN_ID.sub("-", to_latin(fold(question))).strip("-")
    if len(whole) <= _ROOM:
        return whole
    return whole[:_ROOM].rpartition("-")[0] or whole[:_ROOM]
