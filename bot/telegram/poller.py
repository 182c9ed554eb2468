"""The poller: fetches updates with getUpdates and commits them before the next call confirms them."""

import asyncio
from collections.abc import Callable
from typing import Any

import structlog

from bot.engine.intake import Intake
from bot.engine.verdicts import CallAccepted, CallRefused, FrontUnreachable, RateLimited, Verdict
from bot.telegram.client import Client

log = structlog.get_logger("ingest")

WANTED = [
    *("message", "edited_message", "callback_query", "message_reaction"),
    *("my_chat_member", "poll_answer"),
]
"""The kinds of updates that we ask Telegram for; others would only fill the inbox."""
POLL_SECONDS = 25
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 10.0
FULL = 5_000
"""Above this many waiting updates nothing more is fetched; Telegram keeps them for a day."""


class Poller:
    """Fetches the updates of one bot as plain JSON, so that a malformed one does not stop the others."""

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
            match await self._ask():
                case CallAccepted(updates):
                    pause = FIRST_PAUSE
                    await self._take(updates)
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

    async def _take(self, found: Any) -> None:
        updates = [each for each in found if isinstance(each, dict) and "update_id" in each]
        if updates:
            await self._intake.take(updates)
            self._offset = max(each["update_id"] for each in updates) + 1

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
