"""Tells systemd how we are, over the socket it names: ready, stopping, still turning, and one plain line.

The protocol is a datagram of KEY=value lines (sd_notify(3)), which is less than a library for it would be.
"""

import asyncio
import os
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress

STATUS_EVERY = 5.0
"""Seconds between status lines where there is no watchdog."""


class Supervisor:
    """Whoever has started us and wants to hear; nobody, if the environment names no socket."""

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        named = environ.get("NOTIFY_SOCKET", "")
        self._address = "\0" + named[1:] if named.startswith("@") else named
        self._pulse = _pulse(environ)

    @contextmanager
    def told(self, line: Callable[[], str], stop: asyncio.Event) -> Iterator[None]:
        """We are ready now; while this lasts the loop says that it turns, and `line` how we are."""
        if not self._address:
            yield
            return
        self.tell(READY="1", STATUS=line())
        tasks = [asyncio.create_task(self._go_on(line)), asyncio.create_task(self._say_goodbye(line, stop))]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()

    def tell(self, **what: str) -> None:
        """Say it; that nobody listens any more is no trouble of ours."""
        if not self._address:
            return
        said = "\n".join(f"{key}={' '.join(value.split())}" for key, value in what.items())
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as door:
            door.setblocking(False)
            door.sendto(said.encode(), self._address)

    async def _say_goodbye(self, line: Callable[[], str], stop: asyncio.Event) -> None:
        await stop.wait()
        self.tell(STOPPING="1", STATUS=line())

    async def _go_on(self, line: Callable[[], str]) -> None:
        alive = {"WATCHDOG": "1"} if self._pulse else {}
        while True:
            self.tell(STATUS=line(), **alive)
            await asyncio.sleep(self._pulse or STATUS_EVERY)


def _pulse(environ: Mapping[str, str]) -> float:
    """Half of the time after which we would be taken for dead; 0 if nobody watches us."""
    for_us = environ.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
    try:
        return int(environ.get("WATCHDOG_USEC", "0")) / 2_000_000 if for_us else 0.0
    except ValueError:
        return 0.0
