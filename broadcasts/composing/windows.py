"""Understands when maintenance is: "завтра 02:00–04:00", "21.11 с 23:00 до 01:00"."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from broadcasts.composing.spoken import spoken
from broadcasts.incident import Window
from desk.people import Texts

LONGEST = timedelta(days=14)
FURTHEST = timedelta(days=366)
_TIME = r"(?:[01]?\d|2[0-3])(?::[0-5]\d)?"
_DAY = r"\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}(?:\.\d{4})?"


@dataclass(frozen=True, slots=True)
class WindowFound:
    """A window at the beginning of a text, and where the text goes on."""

    window: Window
    end: int


class WindowReader:
    """Reads windows by the desk's clock, in the words of all our languages."""

    def __init__(self, texts: Texts) -> None:
        self._days = dict.fromkeys(spoken(texts, "today"), 0)
        self._days |= dict.fromkeys(spoken(texts, "tomorrow"), 1)
        self._days |= dict.fromkeys(spoken(texts, "after_tomorrow"), 2)
        day = "|".join([_DAY, *map(re.escape, sorted(self._days, key=len, reverse=True))])
        since, until = ("|".join(map(re.escape, spoken(texts, key))) for key in ("since", "until"))
        self._window = re.compile(
            rf"\s*(?:(?P<day>{day})\s*,?\s+)?(?:(?:{since})\s+)?(?P<begins>{_TIME})"
            rf"\s*(?:[-–—]|{until})\s*(?:(?P<other>{day})\s*,?\s+)?(?:(?:{since}|{until})\s+)?"
            rf"(?P<ends>{_TIME})(?![\d:]|\.\d)[.,:;]?\s*",
            re.IGNORECASE,
        )

    def head(self, text: str, now: datetime) -> WindowFound | None:
        """The window that a plain text begins with, if it is ahead; `now` in the desk's zone."""
        match = self._window.match(text)
        if match is None:
            return None
        try:
            window = self._read(match, now)
        except (ValueError, OverflowError):
            return None
        length = window.ends - window.begins
        fits = timedelta(0) < length <= LONGEST and now < window.ends <= now + FURTHEST
        return WindowFound(window, match.end()) if fits else None

    def whole(self, text: str, now: datetime) -> Window | None:
        """The window of a text that is nothing else."""
        found = self.head(text, now)
        return found.window if found is not None and found.end == len(text) else None

    def _read(self, match: re.Match[str], now: datetime) -> Window:
        first, last = _time(match["begins"]), _time(match["ends"])
        day = self._day(match["day"], now)
        begins = datetime.combine(day or now.date(), first, now.tzinfo)
        if day is None and begins <= now:
            begins = datetime.combine(now.date() + timedelta(days=1), first, now.tzinfo)
        other = self._day(match["other"], now)
        ends = datetime.combine(other or begins.date(), last, now.tzinfo)
        if other is None and ends <= begins:
            ends = datetime.combine(begins.date() + timedelta(days=1), last, now.tzinfo)
        return Window(begins, ends)

    def _day(self, word: str | None, now: datetime) -> date | None:
        if word is None:
            return None
        if word.casefold() in self._days:
            return now.date() + timedelta(days=self._days[word.casefold()])
        if "-" in word:
            return date.fromisoformat(word)
        day, month, *year = map(int, word.split("."))
        if year:
            return date(year[0], month, day)
        said = date(now.year, month, day)
        return said if said >= now.date() else date(now.year + 1, month, day)


def _time(word: str) -> time:
    hour, _, minute = word.partition(":")
    return time(int(hour), int(minute or 0))
