"""The log: readable by people or machines, without tokens and without what people wrote."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any, Literal

import pytest
import structlog
from pydantic import BaseModel
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from bot.config import Log
from bot.logs import set_up

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


class Written:
    """Everything the log has said so far."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    def begin(self, format: Literal["text", "json"] = "json", level: Any = "info") -> "Written":  # noqa: A002
        set_up(Log(level=level, format=format), self.stream)
        return self

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def written() -> Iterator[Written]:
    """Log into memory, and put logging back as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield Written()
    logging.captureWarnings(False)
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


def fail(error: Exception) -> None:
    try:
        raise error
    except type(error):
        structlog.get_logger("bot").exception("failed")


def test_an_event_is_one_line_of_json(written: Written) -> None:
    written.begin()
    structlog.get_logger("bot.sender").warning("delayed", chat=-1001, seconds=3, why="пауза")
    (event,) = written.events
    assert event.pop("timestamp").endswith("Z")
    assert event == {
        "event": "delayed",
        "level": "warning",
        "logger": "bot.sender",
        "chat": -1001,
        "seconds": 3,
        "why": "пауза",
    }
    assert "пауза" in written.text


def test_or_one_line_of_text(written: Written) -> None:
    written.begin("text")
    structlog.get_logger("bot.sender").warning("delayed", chat=-1001)
    assert written.text.count("\n") == 1
    assert "delayed" in written.text
    assert "chat=-1001" in written.text
    assert "\x1b" not in written.text


def test_the_level_is_kept(written: Written) -> None:
    written.begin(level="warning")
    structlog.get_logger("bot").info("small talk")
    logging.getLogger("somebody").info("small talk")
    structlog.get_logger("bot").error("trouble")
    assert [event["event"] for event in written.events] == ["trouble"]


def test_the_libraries_talk_through_the_same_log_and_less(written: Written) -> None:
    written.begin(level="debug")
    logging.getLogger("aiogram.event").info("Update id=1 is handled")
    logging.getLogger("sqlalchemy.engine.Engine").info("INSERT INTO messages …")
    logging.getLogger("aiogram.dispatcher").error("Failed to fetch updates - %s", "timeout")
    assert [event["event"] for event in written.events] == ["Failed to fetch updates - …"]


def test_setting_up_again_does_not_double_the_lines(written: Written) -> None:
    written.begin().begin()
    structlog.get_logger("bot").info("once")
    assert len(written.events) == 1


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_token_never_gets_into_the_log(written: Written, form: Literal["text", "json"]) -> None:
    written.begin(form)
    log = structlog.get_logger("bot")
    log.info(f"calling /bot{TOKEN}/getMe")
    log.info("calling", url=f"https://api.telegram.org/bot{TOKEN}/getMe", nested={"tokens": [TOKEN]})
    logging.getLogger("aiohttp.access").warning(f"POST /telegram/{TOKEN}")
    fail(ConnectionError(f"cannot connect to /bot{TOKEN}/getMe"))
    assert written.text.count("[token]") == 5
    assert TOKEN.partition(":")[2] not in written.text


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_password_in_an_address_never_gets_into_the_log(
    written: Written, form: Literal["text", "json"]
) -> None:
    written.begin(form)
    log = structlog.get_logger("bot")
    log.info("a way fails", route="socks5://anna:pa55@proxy.example:1080", others=["http://pa55@h:1", "a@b"])
    fail(ConnectionError("cannot connect to postgresql://anna:pa55@host/database?x=1"))
    assert "pa55" not in written.text
    assert "socks5://proxy.example:1080" in written.text
    assert "a@b" in written.text


def test_an_exception_tells_where_and_what_with_its_cause(written: Written) -> None:
    written.begin()
    try:
        try:
            raise TimeoutError("slow")
        except TimeoutError as error:
            raise RuntimeError("gave up") from error
    except RuntimeError:
        structlog.get_logger("bot").exception("failed")
    (event,) = written.events
    told = event["exception"]
    assert "test_logs.py" in told
    assert told.index("TimeoutError: slow") < told.index("RuntimeError: gave up")


def test_several_exceptions_at_once_are_all_told(written: Written) -> None:
    written.begin()
    fail(ExceptionGroup("both", [ValueError("left"), ValueError("right")]))
    assert "left" in written.text
    assert "right" in written.text


def test_a_reason_does_not_quote_it_either(written: Written) -> None:
    written.begin()
    log = structlog.get_logger("sender")
    log.warning(
        "Telegram refused", reason='Bad Request: can\'t parse entities: Unsupported start tag "моё имя"'
    )
    log.warning("Telegram refused", reason="Bad Request: chat not found")
    assert [event["reason"] for event in written.events] == [
        "Bad Request: can't parse entities: Unsupported start tag …",
        "Bad Request: chat not found",
    ]


def test_an_error_does_not_quote_what_somebody_wrote(written: Written) -> None:
    written.begin()
    words = "моя карта 4111" + "222233334444"

    class Message(BaseModel):
        text: int

    try:
        Message.model_validate({"text": words})
    except ValueError:
        structlog.get_logger("bot").exception("failed")
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE messages (body TEXT UNIQUE)"))
        connection.execute(text("INSERT INTO messages VALUES (:body)"), {"body": words})
        try:
            connection.execute(text("INSERT INTO messages VALUES (:body)"), {"body": words})
        except IntegrityError:
            structlog.get_logger("bot").exception("failed")
    engine.dispose()
    assert "4111" + "222233334444" not in written.text
    assert "text int_parsing" in written.text
    assert "UNIQUE constraint failed" in written.text
