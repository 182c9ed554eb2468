"""Lines of the log that repeat are said once, and then how often they came again."""

import copy
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

SPAN = 300.0
"""Seconds in which a line that was said is only counted."""
MOST = 500
"""So many lines are known at most; beyond that the oldest is told and forgotten."""
EACH_TIME = frozenset({"storage", "lease"})
"""Loggers whose lines are said each time: they tell a change, and the last one says how it is now."""
TELLS_APART = ("reason", "error", "trouble", "exception")
"""What makes two lines with the same words different ones."""


@dataclass(slots=True)
class RepeatedLine:
    """A line that was said, and how often it came since."""

    record: logging.LogRecord
    begun: float
    again: int = 0


class LogGathering(logging.Filter):
    """Lets warnings and errors through once; the rest of five minutes is one line with their count.

    The count is told with the next line of any kind after that time, or at the end.
    """

    def __init__(self, handler: logging.Handler, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._handler, self._clock = handler, clock
        self._lines: dict[tuple[str, ...], RepeatedLine] = {}
        self._lock = threading.Lock()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is said now."""
        if getattr(record, "is_count", False):
            return True
        now = self._clock()
        with self._lock:
            ended = [key for key, line in self._lines.items() if now - line.begun >= SPAN]
            told = [self._lines.pop(key) for key in ended]
            said = self._is_said(record, now)
            if len(self._lines) > MOST:
                told.append(self._lines.pop(next(iter(self._lines))))
        self._tell(told)
        return said

    def tell_all(self) -> None:
        """Tell every count that is not told yet."""
        with self._lock:
            told, self._lines = list(self._lines.values()), {}
        self._tell(told)

    def _is_said(self, record: logging.LogRecord, now: float) -> bool:
        if record.levelno < logging.WARNING or record.name in EACH_TIME:
            return True
        line = self._lines.setdefault(_key(record), RepeatedLine(record, now))
        if line.record is record:
            return True
        line.again += 1
        return False

    def _tell(self, lines: list[RepeatedLine]) -> None:
        for line in lines:
            if line.again:
                self._handler.handle(_count(line))


def _key(record: logging.LogRecord) -> tuple[str, ...]:
    if not isinstance(record.msg, dict):
        kind = record.exc_info[0] if record.exc_info else None
        return record.name, str(record.msg), "" if kind is None else kind.__name__
    apart = (str(record.msg.get(name, "")).rpartition("\n")[2] for name in TELLS_APART)
    return record.name, str(record.msg.get("event")), *apart


def _count(line: RepeatedLine) -> logging.LogRecord:
    """The line once more, with how often it came."""
    record = copy.copy(line.record)
    more = f"({line.again} more within {SPAN / 60:.0f} min)"
    record.is_count, record.exc_info, record.exc_text = True, None, None
    if isinstance(record.msg, dict):
        kept = {name: value for name, value in record.msg.items() if name != "exception"}
        stamp = datetime.now(UTC).isoformat().replace("+00:00", "Z")
        record.msg = {**kept, "event": f"{kept.get('event')} {more}", "timestamp": stamp}
    else:
        record.msg = f"{record.msg} {more}"
    return record
