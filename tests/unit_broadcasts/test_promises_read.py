"""Times that people promise in their own words, and those that are none."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcasts.composing.promised import Passed, PromiseReader
from locales import Texts

NOW = datetime(2026, 11, 20, 14, 5, tzinfo=ZoneInfo("Europe/Moscow"))
READER = PromiseReader(Texts())


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("Не проходят оплаты. Следующее обновление в 15:30", 20, "15:30"),
        ("Не работает с 13:00, новости до 14.30.", 20, "14:30"),
        ("Вернёмся с новостями через 30 минут", 20, "14:35"),
        ("Обновим через час", 20, "15:05"),
        ("Расскажем в течение получаса", 20, "14:35"),
        ("Следующие новости завтра в 9", 21, "09:00"),
        ("Обновление будет в 0:30", 21, "00:30"),
        ("Next update by 3:30 pm", 20, "15:30"),
        ("Payments fail. We will tell more within an hour", 20, "15:05"),
        ("Новости до 15:00, а потом обновим в 18:00. Следующее обновление в 19:00", 20, "19:00"),
    ],
)
def test_a_promise_is_understood(text: str, day: int, clock: str) -> None:
    read = READER.read(text, NOW)
    assert isinstance(read, datetime)
    assert (read.day, f"{read:%H:%M}", read.tzinfo) == (day, clock, NOW.tzinfo)


@pytest.mark.parametrize(
    "text",
    [
        "Не работает с 13:00",
        "Обновление версии 3.14 не ставится",
        "Обновление 21.11.2026 не встаёт",
        "Работает 24/7, новости в канале",
        "Следующее обновление скоро",
        "Обновим через 5000 часов",
        "",
    ],
)
def test_what_promises_nothing_is_no_promise(text: str) -> None:
    assert READER.read(text, NOW) is None


def test_a_time_that_has_passed_is_said_to_have_passed() -> None:
    assert READER.read("Следующее обновление в 13:30", NOW) == Passed("13:30")


@pytest.mark.parametrize(
    ("answer", "clock"),
    [("15:30", "15:30"), ("час", "15:05"), ("30 минут", "14:35"), ("завтра в 9", "09:00")],
)
def test_a_bare_time_answers_the_question_for_one(answer: str, clock: str) -> None:
    read = READER.time_of(answer, NOW)
    assert isinstance(read, datetime)
    assert f"{read:%H:%M}" == clock


@given(st.text(max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    for read in (READER.read("новости до " + text, NOW), READER.time_of(text, NOW)):
        assert read is None or isinstance(read, Passed) or read > NOW
