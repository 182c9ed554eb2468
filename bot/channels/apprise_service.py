"""One of the services that apprise knows: SMS, VK, Matrix, a webhook … It blocks: threads of its own."""

import asyncio
import logging
import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from desk.letters.letter import (
    ChannelBroken,
    Letter,
    LetterLate,
    LetterOutcome,
    LetterTaken,
    LetterUncertain,
)

HOLE = "{address}"
"""Stands in the address of a service where a person's own belongs."""
PATIENCE = 30.0
THREADS = 4
"""Threads at work at once; one that hangs cannot be stopped, and is left behind at most so many times."""
AGAIN, ALL_HANG = 60.0, 120.0
"""Seconds to wait after the service has not taken a letter, and after all threads hang."""

TALKERS = ("apprise", "urllib3")
"""Their lines name addresses of people and of services."""
UNKNOWN = ChannelBroken("apprise does not know the address")


class AppriseService:
    """Sends by one address of apprise, with a person's own put in.

    It says only whether the service has taken a letter, not why not.
    """

    def __init__(self, url: str, patience: float = PATIENCE) -> None:
        self._url, self._patience, self._busy = url, patience, 0
        for talker in TALKERS:
            logging.getLogger(talker).setLevel(logging.CRITICAL + 1)

    async def send(self, letter: Letter, address: str) -> LetterOutcome:
        """Send a letter in a thread; after the patience is over nobody knows what became of it."""
        body = "\n\n".join(part for part in (letter.plain, letter.link) if part)
        url = self._url.replace(HOLE, quote(address, safe=""))
        return await self._in_thread(lambda: _notify(url, letter.title, body))

    async def check(self) -> LetterOutcome:
        """Read the address: apprise has no way to log in without sending."""
        url = self._url.replace(HOLE, "12345678901")
        return await self._in_thread(lambda: UNKNOWN if _service(url) is None else LetterTaken())

    async def close(self) -> None:
        """Nothing is kept open."""

    async def _in_thread(self, work: Callable[[], LetterOutcome]) -> LetterOutcome:
        if self._busy >= THREADS:
            return LetterLate("all threads hang", ALL_HANG)
        loop = asyncio.get_running_loop()
        done: asyncio.Future[LetterOutcome] = loop.create_future()
        self._busy += 1

        def settle(outcome: LetterOutcome) -> None:
            self._busy -= 1
            if not done.done():
                done.set_result(outcome)

        def run() -> None:
            outcome = work()
            if not loop.is_closed():
                loop.call_soon_threadsafe(settle, outcome)

        # A daemon: what hangs in it must not keep the process from ending.
        threading.Thread(target=run, name="apprise", daemon=True).start()
        try:
            async with asyncio.timeout(self._patience):
                return await done
        except TimeoutError:
            return LetterUncertain("no answer in time")


def _service(url: str) -> Any:
    """The service at an address; None if apprise does not know it. Loading apprise takes half a second."""
    try:
        from apprise import Apprise

        return Apprise.instantiate(url, suppress_exceptions=True)
    except Exception:  # a plugin may raise whatever it likes, and what it says may name the address
        return None


def _notify(url: str, title: str, body: str) -> LetterOutcome:
    service = _service(url)
    if service is None:
        return UNKNOWN
    try:
        taken = bool(service.notify(title=title, body=body))
    except Exception:
        taken = False
    return LetterTaken() if taken else LetterLate("not taken", AGAIN)
