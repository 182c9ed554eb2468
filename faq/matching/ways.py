"""All the ways to ask that a knowledge base knows, entry by entry."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Self

from faq.entries.entry import Entry, ways_to_ask
from faq.entries.same_answer import same_answers
from faq.files.glossary import Renaming
from faq.language.text import is_cyrillic
from faq.matching.wording import Wording, of_phrasing


@dataclass(frozen=True, slots=True)
class Ways:
    """Phrasings in the order of their entries.

    An entry has a side for each script it is asked in, so that Russian and English phrasings, which have
    nothing in common, do not blur each other. `owners` are the sides of phrasings, `sides` the entries of
    sides, `answers` for each entry the first that answers the same, all as numbers.
    """

    entries: tuple[Entry, ...]
    texts: tuple[str, ...]
    wordings: tuple[Wording, ...]
    owners: tuple[int, ...]
    sides: tuple[int, ...]
    answers: tuple[int, ...]

    @classmethod
    def of(cls, entries: Iterable[Entry], renamed: Renaming) -> Self:
        """Hidden entries are left out."""
        shown = tuple(entry for entry in entries if not entry.hidden)
        texts: list[str] = []
        owners: list[int] = []
        sides: list[int] = []
        for number, entry in enumerate(shown):
            for _, side in groupby(sorted(ways_to_ask(entry), key=is_cyrillic), key=is_cyrillic):
                spoken = list(side)
                texts += spoken
                owners += [len(sides)] * len(spoken)
                sides.append(number)
        wordings = tuple(of_phrasing(text, renamed) for text in texts)
        return cls(shown, tuple(texts), wordings, tuple(owners), tuple(sides), same_answers(shown))
