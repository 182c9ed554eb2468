"""The poller: fetches updates with getUpdates and commits them before the next call confirms them."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

import structlog

from bot.engine.intake import Intake
from bot.engine.verdicts import CallAccepted, CallRefused, FrontUnreachable, RateLimited, Verdict
from bot.telegram.client import Client

log = structlog.get_logger("ingest")

WANTED = [
    *("message", "edited_message", "callback_query", "message_reaction"),
    *("my_chat_member", "poll", "poll_answer"),
]
"""The kinds of updates that we ask Telegram for; others would only fill the inbox."""
POLL_SECONDS = 25
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 10.0
QUICK = 1.0
"""An answer without any update that comes sooner than this was not waited for."""
IDLE_PAUSE = 2.0
"""The longest pause after answers that bring us no further: what comes meanwhile should not wait long."""
FULL = 5_000
"""Above this many waiting updates nothing more is fetched; Telegram keeps them for a day."""


class Poller:
    """Fetches the updates of one bot as plain JSON, so that a malformed one does not stop the others.

    Only numbers that an update can have move the offset; nothing is guessed, or a message could be skipped.
    """

    def __init__(self, client: Client, intake: Intake, waiting: Callable[[], int]) -> None:
        self._client, self._intake, self._waiting = client, intake, waiting
        self._offset: int | None = None
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Poll until stopped; after a failed call it pauses, longer each time."""
        pause = FIRST_PAUSE
        while not self._stopping.is_set():
            if self._waiting() >= FULL:
                await self._sleep(FIRST_PAUSE)
                continue
            asked = time.monotonic()
            match await self._ask():
                case CallAccepted(found):
                    if await self._take(found, time.monotonic() - asked):
                        pause = FIRST_PAUSE
                    else:
                        await self._sleep(pause)
                        pause = min(IDLE_PAUSE, pause * 2)
                case None:
                    return
                case RateLimited(seconds):
                    await self._sleep(max(seconds, pause))
                case trouble:
                    await self._mend(trouble)
                    await self._sleep(pause)
                    pause = min(LONGEST_PAUSE, pause * 2)

    def stop(self) -> None:
        """Fetch no more."""
        self._stopping.set()

    async def _ask(self) -> Verdict | None:
        """Make one getUpdates call; it is cut short when the poller is stopped."""
        call = {
            "method": "getUpdates",
            "offset": self._offset,
            "timeout": POLL_SECONDS,
            "allowed_updates": WANTED,
        }
        asked = asyncio.ensure_future(self._client.call(call, patience=POLL_SECONDS + 15))
        stopped = asyncio.ensure_future(self._stopping.wait())
        done, pending = await asyncio.wait({asked, stopped}, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
        return asked.result() if asked in done else None

    async def _take(self, found: Any, waited: float) -> bool:
        """Take updates in and go on behind them; False if this answer has brought us no further."""
        if not isinstance(found, list):
            log.error("updates were asked for, and the answer is no list")
            return False
        if not found:
            return waited >= QUICK
        numbers = (await self._intake.take(found)).numbers
        offset = max(numbers) + 1 if numbers else self._offset
        moved, self._offset = offset != self._offset, offset
        return moved

    async def _mend(self, trouble: Verdict) -> None:
        match trouble:
            case CallRefused() if trouble.says("webhook is active"):
                log.warning("a webhook was set; it is removed, because updates = polling")
                await self._client.call({"method": "deleteWebhook", "drop_pending_updates": False})
            case CallRefused(reason) | FrontUnreachable(reason):
                log.error("Telegram refuses to give updates", reason=reason)
            case _:
                log.warning("updates could not be fetched", reason=type(trouble).__name__)

    async def _sleep(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return
