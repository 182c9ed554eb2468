"""Once a week by the desk's own clock, whatever the clock does."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editorial.weekly import Weekly

MOSCOW, BERLIN = ZoneInfo("Europe/Moscow"), ZoneInfo("Europe/Berlin")


def test_monday_at_ten_is_seven_in_the_morning_elsewhere() -> None:
    weekly = Weekly.parse("mon 10:00")
    assert weekly is not None
    friday = datetime(2026, 11, 20, 12, tzinfo=UTC)
    monday = datetime(2026, 11, 23, 7, tzinfo=UTC)
    assert weekly.after(friday, MOSCOW) == monday
    assert weekly.after(monday - timedelta(seconds=1), MOSCOW) == monday
    assert weekly.after(monday, MOSCOW) == monday + timedelta(days=7)


def test_it_is_the_day_of_the_desk_and_not_ours() -> None:
    weekly = Weekly.parse("mon 22:00")
    assert weekly is not None
    tuesday_with_us = datetime(2026, 11, 24, 2, tzinfo=UTC)
    assert weekly.after(tuesday_with_us, ZoneInfo("America/New_York")) == tuesday_with_us + timedelta(hours=1)


def test_the_clock_put_back_moves_nothing_for_people() -> None:
    weekly = Weekly.parse("Sun 10:00 ")
    assert weekly is not None
    before = datetime(2026, 10, 20, tzinfo=UTC)
    first = weekly.after(before, BERLIN)
    assert (first, weekly.after(first, BERLIN)) == (
        datetime(2026, 10, 25, 9, tzinfo=UTC),
        datetime(2026, 11, 1, 9, tzinfo=UTC),
    )
    assert weekly.after(before - timedelta(days=7), BERLIN) == datetime(2026, 10, 18, 8, tzinfo=UTC)


@given(st.integers(0, 20 * 366 * 24 * 60))
def test_it_is_always_ahead_and_within_a_week(minutes: int) -> None:
    moment = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    weekly = Weekly.parse("sun 02:30")
    assert weekly is not None
    ahead = weekly.after(moment, BERLIN).astimezone(UTC) - moment
    assert timedelta(0) < ahead <= timedelta(days=7, hours=1)


def test_empty_switches_it_off() -> None:
    assert Weekly.parse("") is None
    assert Weekly.parse("  ") is None


@pytest.mark.parametrize(
    "text", ["monday 10:00", "mon", "mon 25:00", "mon 10:60", "10:00", "mon 10", "xyz 10:00"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Weekly.parse(text)
