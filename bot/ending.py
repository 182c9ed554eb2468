"""Signals that end the process, and the last resort for one that does not end."""

import asyncio
import faulthandler
import os
import signal
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LIMIT = 9.0
"""Seconds from the signal after which the process ends whatever hangs; our own waits are shorter."""
LAST_WORD = 0.5
"""Seconds that the line about it may take: nobody may be reading what we write."""


def ending() -> tuple[signal.Signals, ...]:
    """Those to be heard; a SIGHUP that nohup has switched off stays off."""
    ignored = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    return tuple(each for each in ENDING if each is not signal.SIGHUP or not ignored)


@contextmanager
def told_to(stop: asyncio.Event) -> Iterator[None]:
    """A signal sets `stop`, and from then on the process has so many seconds left, also behind this."""
    loop = asyncio.get_running_loop()
    for number in ending():
        loop.add_signal_handler(number, stop.set)
    with LastResort().listening():
        yield


class LastResort:
    """Ends the process that was told to end and hangs: in a thread, in a call, or with a loop that stands.

    The loop hears of a signal when it turns. This hears of it from the system, in a thread of its own.
    """

    def __init__(self) -> None:
        import structlog  # whoever only wants to know which signals end us needs no log

        self._log = structlog.get_logger("app")
        self._begun = False

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Each signal is heard here first and handed on to the loop."""
        reading, writing = os.pipe()
        os.set_blocking(writing, False)
        loops = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        threading.Thread(target=self._listen, args=(reading, loops), name="ending", daemon=True).start()
        try:
            yield
        finally:
            signal.set_wakeup_fd(loops)
            os.close(writing)

    def _listen(self, reading: int, loops: int) -> None:
        with os.fdopen(reading, "rb", buffering=0) as pipe:
            while heard := pipe.read(64):
                with suppress(OSError):  # it is full, so the loop will turn, or closed, so it does no more
                    os.write(loops, heard)
                if not self._begun and any(number in ENDING for number in heard):
                    self._begun = True
                    self._count_down()

    def _count_down(self) -> None:
        # This needs neither Python nor anybody who reads our log, and stays until the process has ended.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        faulthandler.dump_traceback_later(LIMIT + LAST_WORD, exit=True, file=nowhere)
        timer = threading.Timer(LIMIT, self._end)
        timer.daemon = True
        timer.start()

    def _end(self) -> None:
        """Say where the process hangs, and end it."""
        self._log.critical("told to end, but something hangs: ended all the same", seconds=LIMIT, at=_place())
        os._exit(1)


def _place() -> str:
    """What the main thread is doing: files and lines, innermost last."""
    frame = sys._current_frames().get(threading.main_thread().ident or 0)
    stack = traceback.extract_stack(frame)[-3:]
    return " > ".join(f"{Path(each.filename).name}:{each.lineno} {each.name}" for each in stack)
