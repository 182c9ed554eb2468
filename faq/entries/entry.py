"""One item of the knowledge base, with its texts by language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import TypeVar

from faq.entries.attachments import path_of
from faq.entries.season import Season

ANY = ""
"""The language of a text that was written once for everybody."""

ID_LIMIT = 48
"""An id travels in a button's data, where Telegram leaves 64 bytes for everything."""

_ID = re.compile(rf"[A-Za-z0-9][!-9;-~]{{0,{ID_LIMIT - 1}}}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_IN_TELEGRAM = re.compile(r"telegram:(photo|video|animation|document|audio|voice):([A-Za-z0-9_-]+)")

ByLanguage = Mapping[str, str]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry:
    """A question customers ask, the ways they put it, and what we answer.

    With `call_person` a match calls a person, and the answer, which may then be missing, is said first.
    `sure` is the entry's own threshold instead of the desk's. `languages` are those of the customers it is
    offered to; none means everybody.
    """

    id: str
    category: ByLanguage = field(hash=False)
    question: ByLanguage = field(hash=False)
    phrasings: Mapping[str, tuple[str, ...]] = field(hash=False)
    answer: ByLanguage = field(hash=False)
    media: str | None = None
    valid_from: date | datetime | None = None
    valid_until: date | datetime | None = None
    season: Season | None = None
    languages: tuple[str, ...] = ()
    sure: float | None = None
    call_person: bool = False
    hidden: bool = False
    folder: Path = field(default=Path(), compare=False)

    def category_in(self, language: str) -> str:
        return in_language(self.category, language) if self.category else ""

    def question_in(self, language: str) -> str:
        return in_language(self.question, language)

    def answer_in(self, language: str) -> str:
        """The answer's template, in the nearest language there is; empty if only a person can answer."""
        return in_language(self.answer, language) if self.answer else ""

    def attachment(self) -> Path | str | None:
        """What goes with the answer: an address or a file in Telegram as written, or the file it names."""
        if self.media is None or is_address(self.media) or in_telegram(self.media):
            return self.media
        return path_of(self.folder, self.media)

    def open_at(self, now: datetime) -> bool:
        """Whether customers may see it: not hidden, and this is its time. Days are those of `now`'s zone."""
        if self.hidden or (self.season is not None and now.date() not in self.season):
            return False
        began = self.valid_from is None or now >= _moment(self.valid_from, time.min, now)
        return began and not self.past(now)

    def past(self, now: datetime) -> bool:
        """Whether its last day is over for good."""
        return self.valid_until is not None and now > _moment(self.valid_until, time.max, now)

    def is_for(self, language: str) -> bool:
        """Whether it is offered to customers of a language."""
        wanted = _code(language)
        return not self.languages or any(
            wanted == each or wanted.startswith(f"{each}-") for each in self.languages
        )


def _moment(when: date | datetime, time_of_day: time, now: datetime) -> datetime:
    """A day at a time of day, or the moment itself; without a zone it is in that of `now`."""
    moment = when if isinstance(when, datetime) else datetime.combine(when, time_of_day)
    return moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)


def _code(language: str) -> str:
    return language.lower().replace("_", "-")


def in_language(texts: Mapping[str, T], language: str) -> T:
    """The text for a language: its own, its family's, everybody's, or else the first one written."""
    wanted = _code(language)
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


def in_telegram(media: str) -> tuple[str, str] | None:
    """The kind and the file_id of what a manager sent in Telegram: `telegram:photo:AgAC…`."""
    found = _IN_TELEGRAM.fullmatch(media)
    return (found[1], found[2]) if found else None


def ways_to_ask(entry: Entry) -> tuple[str, ...]:
    """Questions and phrasings in every language, each once."""
    spoken = [*entry.question.values(), *(text for texts in entry.phrasings.values() for text in texts)]
    return tuple(dict.fromkeys(spoken))
