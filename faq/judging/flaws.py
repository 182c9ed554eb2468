"""What a flaw of a knowledge base in order is, and what those who look for flaws share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from faq.entries.knowledge import Knowledge
from faq.language.text import fold, words
from faq.matching.match import Matcher

_EXAMPLE = 80


class FlawKind(StrEnum):
    """Each kind is a key for a text in every locale; its placeholders are the flaw's params."""

    SAME_PHRASING = "same_phrasing"
    TWIN = "twin"
    CONTRADICTION = "contradiction"
    SINGLE_PHRASING = "single_phrasing"
    LONG_ANSWER = "long_answer"
    EXPIRED = "expired"
    MISSING_LANGUAGE = "missing_language"
    NEVER_USED = "never_used"
    UNHELPFUL = "unhelpful"


class Cure(StrEnum):
    """What parts twins. Each is a key for a text that stands behind the flaw's own."""

    JOIN = "join"
    """Both give the same answer."""
    PHRASING = "phrasing"
    """A suggestion that was tried and helps."""
    SAME_WORDS = "same_words"
    """The other has every word of this one, so only further words can tell them apart."""
    SHARED_WORDS = "shared_words"
    """They share words, and no phrasing is known that helps."""
    DIFFER = "differ"
    """Nothing more is known than that their phrasings should differ."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing worth a look in a knowledge base that is in order, of one entry or of two."""

    kind: FlawKind
    entry: str
    other: str | None = None
    params: Mapping[str, str | int] = field(default_factory=dict, hash=False)
    cure: Cure | None = None

    @property
    def words(self) -> dict[str, str | int]:
        """What its text asks for."""
        return {"entry": self.entry, "other": self.other or "", **self.params}


@dataclass(frozen=True, slots=True)
class Use:
    """How often an entry was shown as the answer, by the matcher or by a press, and what came of it."""

    asked: int = 0
    helped: int = 0
    escalated: int = 0


class Usage(Protocol):
    """What customers did with the entries of one desk."""

    def began(self) -> datetime | None:
        """When the desk kept its first question."""
        ...

    def since(self, moment: datetime) -> Mapping[str, Use]:
        """By entry; an entry that was never shown may be left out."""
        ...


Rebuild = Callable[[Knowledge], Matcher]


def plain_words(text: str) -> str:
    """A text without what tells apart only to the eye: case, signs, spaces."""
    return " ".join(words(fold(text)))


def shortened(text: str) -> str:
    """A text as an example in a line."""
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= _EXAMPLE else one_line[: _EXAMPLE - 1].rstrip() + "…"
