"""When an entry is in use, as a manager types it: 31.12.2030, 01.12.2030 - 15.01.2031, 01.12 - 15.01."""

import re
from dataclasses import dataclass, replace
from datetime import date

from faq.entries.entry import Entry
from faq.entries.season import Season

_DAY = re.compile(
    r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})(?:\.(?P<y>\d{4}))?(?!\d)|(?P<iso>\d{4}-\d\d-\d\d)", re.ASCII
)
_DASH = re.compile(r"\s*(?:\.\.|[-–—…])\s*")
_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class _Day:
    day: date
    every_year: bool


def with_dates(entry: Entry, text: str) -> Entry | None:
    """The entry with the dates that a text says; None for a text that says none, or an end before its start.

    One day is the last; a dash behind it makes it the first. Two days are the first and the last, and without
    years they come back every year.
    """
    days, rest = _read(text.strip())
    match days:
        case [_Day(last, False)] if not rest:
            return replace(entry, valid_from=None, valid_until=last, season=None)
        case [_Day(first, False)] if rest == "-":
            return replace(entry, valid_from=first, valid_until=None, season=None)
        case [_Day(first, False), _Day(last, False)] if rest == "-" and first <= last:
            return replace(entry, valid_from=first, valid_until=last, season=None)
        case [_Day(first, True), _Day(last, True)] if rest == "-":
            season = Season((first.month, first.day), (last.month, last.day))
            return replace(entry, valid_from=None, valid_until=None, season=season)
    return None


def without_dates(entry: Entry) -> Entry:
    """In use always."""
    return replace(entry, valid_from=None, valid_until=None, season=None)


def _read(text: str) -> tuple[list[_Day], str]:
    """The days in a text, and what is left of it with every dash as "-"."""
    found = [_day(each) for each in _DAY.finditer(text)]
    rest = _DASH.sub("-", _DAY.sub("", text)).strip()
    return ([], "") if None in found else ([each for each in found if each], rest)


def _day(found: re.Match[str]) -> _Day | None:
    try:
        if found["iso"]:
            return _Day(date.fromisoformat(found["iso"]), every_year=False)
        year = int(found["y"] or _LEAP_YEAR)
        return _Day(date(year, int(found["m"]), int(found["d"])), every_year=found["y"] is None)
    except ValueError:
        return None
