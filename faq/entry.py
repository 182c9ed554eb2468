"""One item of the knowledge base, with its texts by language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import TypeVar

ANY = ""
"""The language of a text that was written once for everybody."""

ID_LIMIT = 48
"""An id travels in a button's data, where Telegram leaves 64 bytes for everything."""

_ID = re.compile(rf"[A-Za-z0-9][!-9;-~]{{0,{ID_LIMIT - 1}}}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")

Texts = Mapping[str, str]
Said = TypeVar("Said")


@dataclass(frozen=True, slots=True)
class Entry:
    """A question customers ask, the ways they put it, and what we answer."""

    id: str
    category: Texts = field(hash=False)
    question: Texts = field(hash=False)
    phrasings: Mapping[str, tuple[str, ...]] = field(hash=False)
    answer: Texts = field(hash=False)
    media: str | None = None
    valid_until: date | datetime | None = None
    hidden: bool = False
    folder: Path = field(default=Path(), compare=False)

    def category_in(self, language: str) -> str:
        return in_language(self.category, language) if self.category else ""

    def question_in(self, language: str) -> str:
        return in_language(self.question, language)

    def answer_in(self, language: str) -> str:
        """The answer's template, in the nearest language there is."""
        return in_language(self.answer, language)

    def attachment(self) -> Path | str | None:
        """What goes with the answer: an address as written, or the file it names."""
        if self.media is None or is_address(self.media):
            return self.media
        return self.folder / self.media

    def open_at(self, now: datetime) -> bool:
        """Whether customers may see it: not hidden and not past its last day."""
        return not self.hidden and not self._past(now)

    def _past(self, now: datetime) -> bool:
        if self.valid_until is None:
            return False
        if isinstance(self.valid_until, datetime):
            end = self.valid_until
        else:
            end = datetime.combine(self.valid_until, time.max)
        return now > (end if end.tzinfo else end.replace(tzinfo=now.tzinfo))


def in_language(texts: Mapping[str, Said], language: str) -> Said:
    """The text for a language: its own, its family's, everybody's, or else the first one written."""
    wanted = language.lower().replace("_", "-")
    for tried in (wanted, wanted.partition("-")[0], ANY):
        if tried in texts:
            return texts[tried]
    return next(iter(texts.values()))


def is_id(text: str) -> bool:
    return _ID.fullmatch(text) is not None


def is_language(text: str) -> bool:
    return _LANGUAGE.fullmatch(text) is not None


def is_address(media: str) -> bool:
    return media.startswith(("https://", "http://"))
