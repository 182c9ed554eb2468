"""Whose answer somebody has written in nearly the same words."""

from collections.abc import Mapping
from functools import lru_cache

from faq.entries.answer import render
from faq.entries.entry import Entry
from faq.entries.knowledge import Knowledge
from faq.entries.telegram_html import plain

LEAST = 20
"""In fewer characters two answers are alike by chance."""
_NEARLY, _WORTH_A_LOOK = 85, 60
_LOOKED_AT = 3


def echoed(knowledge: Knowledge, text: str, language: str, customer: Mapping[str, str]) -> Entry | None:
    """The entry whose answer the text nearly is, with the customer's details filled in."""
    from rapidfuzz import fuzz, process
    from rapidfuzz.utils import default_process

    if len(text) < LEAST:
        return None
    said = default_process(text)
    near = process.extract(
        said,
        _templates(_Same(knowledge), language),
        scorer=fuzz.ratio,
        limit=_LOOKED_AT,
        score_cutoff=_WORTH_A_LOOK,
    )
    rated = [
        (fuzz.ratio(said, default_process(plain(render(entry, language, customer)))), entry)
        for entry in (knowledge.entries[place] for _, _, place in near)
    ]
    score, entry = max(rated, key=lambda each: each[0], default=(0.0, None))
    return entry if score >= _NEARLY else None


class _Same:
    """A knowledge base as itself: to compare two by their entries takes too long."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def __hash__(self) -> int:
        return id(self.knowledge)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.knowledge is self.knowledge


@lru_cache(maxsize=16)
def _templates(same: _Same, language: str) -> list[str]:
    """What the answers say before the details are filled in."""
    from rapidfuzz.utils import default_process

    return [default_process(plain(entry.answer_in(language))) for entry in same.knowledge.entries]
