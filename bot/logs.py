"""What is written about our own work: no tokens ever, and nothing that people wrote to each other."""

import atexit
import logging
import re
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import structlog
from pydantic import ValidationError
from structlog.typing import EventDict, ExcInfo, WrappedLogger

from bot.config import Log
from bot.log_gathering import LogGathering
from bot.redaction import template, unquoted, without_tokens

WARNED = re.compile(r"(?P<where>.*?:\d+): (?P<kind>\w+): ")
"""How Python writes a warning: what stands behind the kind may be anything."""
# These tell every statement and every request, at levels where people expect our own events.
TALKATIVE = ("aiogram", "aiohttp.access", "aiosqlite", "alembic", "apscheduler", "asyncio", "sqlalchemy")


def set_up(log: Log, stream: TextIO | None = None) -> None:
    """Route structlog and the standard library's logging into one stream, stderr unless told otherwise."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(_exception),
        _reason,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    out = stream or sys.stderr
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_from_a_library, *shared],
            pass_foreign_args=True,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _renderer(log, out),
                _without_tokens,
            ],
        )
    )
    _take_over(handler, log.level.upper())


def _take_over(handler: logging.Handler, level: str) -> None:
    root = logging.getLogger()
    gathering = LogGathering(handler)
    handler.addFilter(gathering)
    atexit.register(gathering.tell_all)
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    # A tick that was skipped because the one before still ran is made up for by the next: no news to anybody.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    logging.captureWarnings(True)


def _from_a_library(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """A library's line without what it was given: that may be what somebody wrote."""
    record: logging.LogRecord = event["_record"]
    arguments = event.pop("positional_args", ())
    if record.name != "py.warnings":
        return {**event, "event": template(str(record.msg), arguments)}
    warned = WARNED.match(event["event"])
    where, kind = ("", "Warning") if warned is None else (warned["where"], warned["kind"])
    return {**event, "event": "a library warns", "kind": kind, "at": Path(where).name}


def _reason(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Why something was refused, without what it quotes: Telegram quotes the words that it could not read."""
    reason = event.get("reason")
    return {**event, "reason": unquoted(reason)} if isinstance(reason, str) else event


def _renderer(log: Log, out: TextIO) -> structlog.typing.Processor:
    if log.format == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
    return structlog.dev.ConsoleRenderer(colors=out.isatty(), pad_event_to=0)


def _without_tokens(_logger: WrappedLogger, _method: str, line: Any) -> str:
    """Strike out tokens in the finished line, wherever they came from."""
    return without_tokens(str(line))


def _exception(exc_info: ExcInfo) -> str:
    return "\n".join(_lines(exc_info[1]))


def _lines(error: BaseException) -> Iterator[str]:
    """Where it happened and what it was, causes first."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _lines(before)
    yield "".join(traceback.format_tb(error.__traceback__)).rstrip("\n")
    yield f"{type(error).__module__}.{type(error).__qualname__}: {_message(error)}"
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from _lines(inner)


def _message(error: BaseException) -> str:
    """Tell what went wrong, without the words that it went wrong with."""
    if isinstance(error, ValidationError):
        return ", ".join(f"{'.'.join(map(str, each['loc']))} {each['type']}" for each in error.errors())
    return unquoted(str(error))
