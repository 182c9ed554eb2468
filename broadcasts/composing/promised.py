"""Understands the time of the next notice where a text promises one: "следующее обновление в 15:30"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from broadcasts.composing.spoken import spoken
from desk.people import Texts

SOON = timedelta(hours=16)
"""A time of the clock that is further off than this, with no word of tomorrow, is one that has passed."""
FURTHEST = timedelta(days=14)
NOON = 12

_SENTENCE = re.compile(r"(?<=[.!?…;])\s+|\n")
_CLOCK = re.compile(
    r"(?<![\d:.,])(?P<hour>[01]?\d|2[0-3])(?:(?P<between>[:.])(?P<minute>[0-5]\d))?(?![\d:%]|[.,]\d)"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?"
)
_SPAN = re.compile(r"(?:(?P<number>\d{1,4})|an?\b|one\b)?\s*(?P<unit>[^\W\d_]+)")


@dataclass(frozen=True, slots=True)
class Passed:
    """A promise of a time that is over already, as it was written."""

    clock: str


class PromiseReader:
    """Reads promises in the words of all our languages."""

    def __init__(self, texts: Texts) -> None:
        self._promising = spoken(texts, "next")
        self._at, self._within = spoken(texts, "at"), spoken(texts, "within")
        self._minutes, self._hours = spoken(texts, "minutes"), spoken(texts, "hours")
        self._half_hour, self._tomorrow = spoken(texts, "half_hour"), spoken(texts, "tomorrow")

    def read(self, text: str, now: datetime) -> datetime | Passed | None:
        """The last promise of a plain text; `now` in the desk's zone, by whose clock people write."""
        found = [each for sentence in self._sentences(text) if (each := self._within_or_at(sentence, now))]
        return found[-1] if found else None

    def time_of(self, text: str, now: datetime) -> datetime | Passed | None:
        """The time of a text that is nothing but one: "15:30", "через час", "30 минут", "завтра в 9"."""
        return self._within_or_at(text.casefold(), now) or self._bare(text.casefold(), now)

    def _sentences(self, text: str) -> Iterator[str]:
        for sentence in _SENTENCE.split(text.casefold()):
            if (begun := _first(self._promising, sentence)) is not None:
                yield sentence[begun:]

    def _within_or_at(self, said: str, now: datetime) -> datetime | Passed | None:
        span = self._span(said)
        if span is not None:
            return now + span if timedelta(0) < span <= FURTHEST else None
        for match in _CLOCK.finditer(said):
            if match["between"] == ":" or match["half"] or _ends_with(self._at, said[: match.start()]):
                return self._clock(match, said, now)
        return None

    def _bare(self, said: str, now: datetime) -> datetime | Passed | None:
        span = self._length(said)
        return now + span if span is not None and timedelta(0) < span <= FURTHEST else None

    def _span(self, said: str) -> timedelta | None:
        """The length of time behind a word such as "через"."""
        for word in self._within:
            at = _first([word], said)
            if at is not None and (span := self._length(said[at + len(word) :])) is not None:
                return span
        return None

    def _length(self, said: str) -> timedelta | None:
        if any(said.strip().startswith(word) for word in self._half_hour):
            return timedelta(minutes=30)
        match = _SPAN.match(said.strip())
        if match is None:
            return None
        number = int(match["number"] or 1)
        if any(match["unit"].startswith(word) for word in self._minutes):
            return timedelta(minutes=number)
        return timedelta(hours=number) if match["unit"] in self._hours else None

    def _clock(self, match: re.Match[str], said: str, now: datetime) -> datetime | Passed:
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        if match["half"]:
            hour = hour % NOON + (NOON if match["half"] == "p" else 0)
        day = now.date()
        if _first(self._tomorrow, said) is not None:
            return datetime.combine(day + timedelta(days=1), time(hour, minute), now.tzinfo)
        at = datetime.combine(day, time(hour, minute), now.tzinfo)
        if at <= now:
            at = datetime.combine(day + timedelta(days=1), time(hour, minute), now.tzinfo)
        return at if at - now <= SOON else Passed(f"{hour}:{minute:02}")


def _first(words: list[str], said: str) -> int | None:
    """Where the first of the words begins, at the beginning of a word; None if none does."""
    found = [match.start() for word in words if (match := re.search(rf"\b{re.escape(word)}", said))]
    return min(found, default=None)


def _ends_with(words: list[str], said: str) -> bool:
    """Whether a text ends with one of the words, whole."""
    return any(re.search(rf"\b{re.escape(word)}\s*$", said) for word in words)
