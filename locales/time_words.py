"""Spells of time and moments said in words: "5 минут", "1 ч 20 мин", "завтра в 9:00"."""

from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil

WEEK = timedelta(days=7)
MINUTE, FIVE = 60, 5
"""Seconds of a minute; below it they are told by fives."""

Plain = Callable[..., str]
"""Says a key in a language as plain text: `Texts.plain`."""


def spell(plain: Plain, language: str, length: timedelta) -> str:
    """Say how long something is, in at most two units; anything under a minute is a minute."""
    minutes = max(1, round(length.total_seconds() / 60))
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return _pair(plain, language, ("days", days), ("hours", hours))
    if hours:
        return _pair(plain, language, ("hours", hours), ("minutes", minutes))
    return plain("time.minutes", language, n=minutes)


def brief(plain: Plain, language: str, length: timedelta) -> str:
    """Say how long something is about, as short as can be: "40 с", "6 мин", "1 ч 20 мин"."""
    seconds = max(1, ceil(length.total_seconds() / FIVE)) * FIVE
    if seconds < MINUTE:
        return _short(plain, language, "seconds", seconds)
    hours, minutes = divmod(round(length.total_seconds() / MINUTE), 60)
    parts = [("hours", hours), ("minutes", minutes)]
    return " ".join(_short(plain, language, unit, n) for unit, n in parts if n)


def _pair(plain: Plain, language: str, greater: tuple[str, int], lesser: tuple[str, int]) -> str:
    (big, count), (small, rest) = greater, lesser
    if not rest:
        return plain(f"time.{big}", language, n=count)
    return f"{_short(plain, language, big, count)} {_short(plain, language, small, rest)}"


def _short(plain: Plain, language: str, unit: str, n: int) -> str:
    return plain(f"time.short.{unit}", language, n=n)


def clock(plain: Plain, language: str, when: datetime) -> str:
    """Say the time of day: "9:00"."""
    from babel.dates import format_time

    return format_time(when, plain("time.clock", language), locale=language)


def date(plain: Plain, language: str, when: datetime, now: datetime) -> str:
    """Say the day of the year; the year itself only when it is another one."""
    from babel.dates import format_date

    pattern = "time.date" if when.year == now.year else "time.date_and_year"
    return format_date(when.date(), plain(pattern, language), locale=language)


def moment(plain: Plain, language: str, when: datetime, now: datetime) -> str:
    """Say a moment as seen from now, both in the desk's time zone: "завтра в 9:00", "в среду в 9:00"."""
    said = clock(plain, language, when)
    days = (when.date() - now.date()).days
    near = {-1: "time.yesterday", 0: "time.today", 1: "time.tomorrow"}.get(days)
    if near:
        return plain(near, language, clock=said)
    if 1 < days < WEEK.days:
        return plain(f"time.weekday.{when.isoweekday()}", language, clock=said)
    return plain("time.on_date", language, date=date(plain, language, when, now), clock=said)
