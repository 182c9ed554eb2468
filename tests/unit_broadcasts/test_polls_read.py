"""What a manager has written as a poll, and what is wrong with it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from broadcasts.polls.reading import PollFlaw, PollReader, flaw_of
from locales.texts import Texts

NOW = datetime(2026, 11, 27, 15, 0, tzinfo=ZoneInfo("Europe/Moscow"))
READER = PollReader(Texts())


@pytest.mark.parametrize(
    ("lines", "options"),
    [
        ("- Да\n- Нет", ["Да", "Нет"]),
        ("-Да\n—Нет", ["Да", "Нет"]),
        ("• Да\n* Нет\n\n", ["Да", "Нет"]),
        ("1. Да\n2) Нет", ["Да", "Нет"]),
        ("1.5 часа\n-5 градусов", ["1.5 часа", "-5 градусов"]),
        ("5 минут\n10 минут", ["5 минут", "10 минут"]),
        ("до 12:00\nпосле 12:00", ["до 12:00", "после 12:00"]),
        ("после 12:00\nдо 12:00", ["после 12:00", "до 12:00"]),
        ("наличными\nпо карте", ["наличными", "по карте"]),
    ],
)
def test_an_option_a_line_without_the_signs_of_a_list(lines: str, options: list[str]) -> None:
    read = READER.read(f"Как   лучше?\n{lines}", NOW)
    assert (read.question, list(read.options), read.ends_at) == ("Как лучше?", options, None)


@pytest.mark.parametrize(
    ("last", "ends_at"),
    [
        ("до 18:00", NOW.replace(hour=18)),
        ("до завтра в 9", NOW.replace(hour=9) + timedelta(days=1)),
        ("until 6 pm", NOW.replace(hour=18)),
    ],
)
def test_a_last_line_may_say_until_when(last: str, ends_at: datetime) -> None:
    read = READER.read(f"Когда?\nУтром\nВечером\n{last}", NOW)
    assert (list(read.options), read.ends_at) == (["Утром", "Вечером"], ends_at)


@pytest.mark.parametrize(
    ("text", "question", "grades"),
    [
        ("1-5 Удобно?", "Удобно?", 5),
        ("0–10\nПосоветуете нас?", "Посоветуете нас?", 11),
        ("1 - 10 Вкусно?", "Вкусно?", 10),
        ("1-5", "", 5),
        ("1-50 человек?", "1-50 человек?", 0),
        ("0-10:30?", "0-10:30?", 0),
    ],
)
def test_a_scale_is_named_before_its_question(text: str, question: str, grades: int) -> None:
    read = READER.read(text, NOW)
    assert (read.question, len(read.options), read.scale) == (question, grades, grades > 0)


def test_times_that_are_none_or_over_are_said() -> None:
    assert READER.end("через 2 часа", NOW) == NOW + timedelta(hours=2)
    for words, key in (("9:00 сегодня утром", "poll.flaw.passed"), ("как-нибудь", "poll.flaw.no_time")):
        read = READER.end(words, NOW.replace(hour=13))
        assert isinstance(read, PollFlaw)
        assert read.key == key


def test_the_first_flaw_is_said_and_a_whole_poll_has_none() -> None:
    assert flaw_of("?", ("а", "б")) is None
    assert flaw_of("ы" * 300, ("а" * 100, "б", *map(str, range(10)))) is None
    flaws = [flaw_of("ы" * 301, ()), flaw_of("?", ("а",)), flaw_of("?", ("Да", "да"))]
    flaws += [flaw_of("?", ("а" * 101, "б")), flaw_of("?", tuple(map(str, range(13))))]
    keys = [each and each.key.rpartition(".")[2] for each in flaws]
    assert keys == ["question_long", "few", "twice", "option_long", "many"]
