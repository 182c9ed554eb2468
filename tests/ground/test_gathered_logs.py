"""What repeats is said once with a count, and nothing that people wrote gets into the log by a library."""

import asyncio
import logging
import warnings
from typing import Any

import pytest
import structlog
from aiogram import Bot, Dispatcher
from aiogram.types import Update
from sqlalchemy import text

from bot.log_gathering import SPAN, LogGathering
from storage.engine.ledger import Ledger
from tests.ground.test_logs import TOKEN, Written, fail, written
from tests.persistence.conftest import ledger

__all__ = ["ledger", "written"]
WORDS = "мой паспорт в кармане 'и не только'"


class Clock:
    """Time goes on when it is told to."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock(written: Written) -> Clock:
    """The clock that the log goes by."""
    written.begin()
    clock = Clock()
    (handler,) = logging.getLogger().handlers
    handler.filters[:] = [LogGathering(handler, clock)]
    return clock


def refused(reason: str = "chat not found", times: int = 1) -> None:
    for number in range(times):
        structlog.get_logger("bot.outcomes").warning("Telegram refused", reason=reason, parcel=number)


def test_what_repeats_is_said_once_and_then_how_often(written: Written, clock: Clock) -> None:
    refused(times=241)
    assert [event["event"] for event in written.events] == ["Telegram refused"]
    clock.at += SPAN
    structlog.get_logger("app").info("at work")
    assert [event["event"] for event in written.events[1:]] == [
        "Telegram refused (240 more within 5 min)",
        "at work",
    ]
    refused()
    assert written.events[-1]["event"] == "Telegram refused"


def test_another_reason_is_another_line_and_news_are_said_each_time(written: Written, clock: Clock) -> None:
    refused("chat not found", times=2)
    refused("message is too long", times=2)
    for _ in range(2):
        structlog.get_logger("app").info("at work")
    assert [event.get("reason") for event in written.events] == [
        "chat not found",
        "message is too long",
        None,
        None,
    ]


def test_how_the_database_is_now_is_said_each_time(written: Written, clock: Clock) -> None:
    for _ in range(2):
        structlog.get_logger("storage").error("the database cannot be reached")
        structlog.get_logger("storage").warning("the database works again")
    assert len(written.events) == 4


def test_who_serves_now_is_said_each_time(written: Written, clock: Clock) -> None:
    for term in (3, 5):
        structlog.get_logger("lease").warning("this process takes over", term=term)
    assert len(written.events) == 2


def test_errors_that_differ_are_told_apart_and_their_count_has_no_traceback(
    written: Written, clock: Clock
) -> None:
    for error in (ValueError("left"), ValueError("left"), KeyError("right")):
        fail(error)
    assert len(written.events) == 2
    clock.at += SPAN
    structlog.get_logger("app").info("at work")
    count = written.events[2]
    assert (count["event"], "exception" in count) == ("failed (1 more within 5 min)", False)


def test_libraries_that_repeat_themselves_are_counted_too(written: Written, clock: Clock) -> None:
    for number in range(3):
        logging.getLogger("aiogram.dispatcher").error("Failed to fetch updates - %d", number)
    clock.at += SPAN
    structlog.get_logger("app").info("at work")
    assert [event["event"] for event in written.events] == [
        "Failed to fetch updates - 0",
        "Failed to fetch updates - 0 (2 more within 5 min)",
        "at work",
    ]


def test_what_was_counted_is_told_at_the_end(written: Written, clock: Clock) -> None:
    refused(times=3)
    (gathering,) = logging.getLogger().handlers[0].filters
    assert isinstance(gathering, LogGathering)
    gathering.tell_all()
    assert written.events[-1]["event"] == "Telegram refused (2 more within 5 min)"


async def test_an_update_that_aiogram_warns_of_is_not_quoted(written: Written) -> None:
    written.begin()
    raw: dict[str, Any] = {"update_id": 7, "message_of_tomorrow": {"text": WORDS}}
    bot = Bot(TOKEN)
    warnings.simplefilter("always")
    await Dispatcher().feed_update(bot, Update.model_validate(raw))
    await bot.session.close()
    (event,) = written.events
    assert event["event"] == "a library warns"
    assert event["kind"] == "RuntimeWarning"
    assert event["at"].partition(":")[0].endswith(".py")
    assert "паспорт" not in written.text


async def test_an_argument_that_the_database_refuses_is_not_quoted(ledger: Ledger, written: Written) -> None:
    written.begin()
    asked = text("SELECT CAST(CAST(:words AS TEXT) AS BIGINT), no_such_function(:words)")

    def ask(conn: Any) -> None:
        conn.execute(asked, {"words": WORDS})

    try:
        await ledger.run(ask)
    except Exception:
        structlog.get_logger("bot").exception("failed")
    assert "паспорт" not in written.text


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("'NoneType' object has no attribute 'text'", "'NoneType' object has no attribute 'text'"),
        ("UNIQUE constraint failed: messages.body", "UNIQUE constraint failed: messages.body"),
        (f'invalid input syntax for type bigint: "{WORDS}"', "invalid input syntax for type bigint: …"),
        (
            f"invalid input for query argument $3: {WORDS} (out of range)",
            "invalid input for query argument $3: …",
        ),
        (f"invalid literal for int() with base 10: {WORDS!r}", "invalid literal for int() with base 10: …"),
    ],
)
def test_an_error_says_what_is_wrong_without_what_it_was_given(
    said: str, kept: str, written: Written
) -> None:
    written.begin()
    fail(ValueError(said))
    told = written.events[0]["exception"]
    assert told.endswith(f"ValueError: {kept}")


def test_a_library_s_line_keeps_its_numbers_and_drops_its_words(written: Written) -> None:
    written.begin()
    log = logging.getLogger("somebody")
    log.warning("%s came %d times: %r", WORDS, 3, ValueError(WORDS))
    log.warning("Task exception was never retrieved\nfuture: <Task exception=%s>" % WORDS)  # noqa: UP031
    log.warning(f"cannot read '{WORDS}' at all")
    assert [event["event"] for event in written.events] == [
        "… came 3 times: 'ValueError'",
        "Task exception was never retrieved",
        "cannot read …",
    ]


def test_asyncio_s_own_complaint_is_not_a_way_in(written: Written) -> None:
    written.begin()

    async def loses() -> None:
        async def fails() -> None:
            raise ValueError(f"cannot read '{WORDS}'")

        task = asyncio.ensure_future(fails())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        del task

    asyncio.run(loses())
    assert "Task exception was never retrieved" in written.text
    assert "паспорт" not in written.text
