"""The straight alarm: a way to a desk's managers that needs no database."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from bot.engine.backoff import Backoff
from bot.engine.pace import Budget
from bot.engine.verdicts import (
    CallAccepted,
    CallRefused,
    ChatClosed,
    ChatMoved,
    ChatUnreachable,
    RateLimited,
)
from bot.telegram.client import Client
from bot.telegram.refusals import STANDS_SO
from bot.telegram.render import spoken
from desk.post import Rewrite, Say
from desk.profile import Profile

log = structlog.get_logger("alarms")

AGAIN = 600.0
"""Seconds after its end in which the same trouble is told by the message that stands, without a sound."""


@dataclass(slots=True)
class _Told:
    """One matter as managers are to see it, and as each chat sees it now: the message's id and its text."""

    html: str = ""
    over_at: float | None = None
    shown: dict[int, tuple[int, str]] = field(default_factory=dict)
    deaf: set[int] = field(default_factory=set)
    task: asyncio.Task[None] | None = None


class StraightAlarm:
    """Tells managers what cannot wait for the database: one message for each matter, edited when it is over.

    It calls the client itself, past the outbox and past whatever decides which process may send: who has lost
    the database can prove no right to send any more. What it has said is kept in memory alone.
    """

    def __init__(
        self, client: Client, profile: Profile, budget: Budget, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._client, self._profile, self._budget, self._clock = client, profile, budget, clock
        self._backoff = Backoff()
        self._told: dict[str, _Told] = {}
        self._moved: dict[int, int] = {}

    def tell(self, key: str, /, **params: object) -> None:
        """Say that something is wrong, by the text of this key; it is tried until it is said, or over."""
        told = self._told.get(key)
        if told is None or (told.over_at is not None and told.over_at + AGAIN < self._clock()):
            told = self._told[key] = _Told()
        told.html = self._profile.texts.say(key, self._profile.language, **params)
        told.over_at = None
        self._begin(told)

    def over(self, key: str, said: str, seconds: float) -> None:
        """Say by the text `said` that what was told is over after so long, to those who have heard of it."""
        told = self._told.get(key)
        if told is None or told.over_at is not None:
            return
        texts, language = self._profile.texts, self._profile.language
        told.html = texts.say(said, language, gap=texts.spell(language, timedelta(seconds=seconds)))
        told.over_at = self._clock()
        self._begin(told)

    async def close(self, within: float = 0.0) -> None:
        """Say no more, after so many seconds for what is being said."""
        tasks = [told.task for told in self._told.values() if told.task is not None]
        if tasks and within:
            await asyncio.wait(tasks, timeout=within)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    def _begin(self, told: _Told) -> None:
        if told.task is None or told.task.done():
            told.task = asyncio.create_task(self._bring(told), name="straight alarm")

    async def _bring(self, told: _Told) -> None:
        """Show everyone what they are to see, for as long as it takes."""
        while chats := self._wanting(told):
            rests = await asyncio.gather(*(self._show(told, chat_id) for chat_id in chats))
            await asyncio.sleep(max(rests))

    def _wanting(self, told: _Told) -> list[int]:
        """The chats that do not show what they are to show; its end is for those who heard the beginning."""
        managers = set(self._profile.managers)
        chats = set(told.shown)
        if told.over_at is None:
            chats |= managers
            if not managers or managers & told.deaf:
                chats.add(self._group)
        return sorted(
            each for each in chats - told.deaf if each not in told.shown or told.shown[each][1] != told.html
        )

    @property
    def _group(self) -> int:
        group = self._profile.places.group
        return self._moved.get(group, group)

    async def _show(self, told: _Told, chat_id: int) -> float:
        """Make one call for a chat; the seconds to rest before the next one, 0 for none."""
        await self._room_in(chat_id)
        html, (message_id, _) = told.html, told.shown.get(chat_id, (None, ""))
        body = Say(html=html) if message_id is None else Rewrite(message_id=message_id, html=html)
        self._budget.spend(chat_id, time.monotonic(), new=True)
        try:
            verdict = await self._client.call({**spoken(body), "chat_id": chat_id})
        finally:
            self._budget.landed(chat_id, time.monotonic(), new=True)
        match verdict:
            case CallAccepted(result):
                told.shown[chat_id] = message_id or result["message_id"], html
            case CallRefused() if message_id is not None and verdict.says(*STANDS_SO):
                told.shown[chat_id] = message_id, html
            case CallRefused() if message_id is not None:  # somebody has deleted it
                del told.shown[chat_id]
            case ChatMoved(new):
                self._moved[chat_id] = new
                told.shown.pop(chat_id, None)
            case ChatClosed() | ChatUnreachable() | CallRefused():
                log.warning("an alarm cannot be told here", chat=chat_id, reason=type(verdict).__name__)
                told.shown.pop(chat_id, None)
                told.deaf.add(chat_id)
            case RateLimited(seconds):
                self._budget.penalise(chat_id, seconds, time.monotonic())
                return seconds
            case _:
                return self._backoff.longer(str(chat_id))
        self._backoff.over(str(chat_id))
        return 0.0

    async def _room_in(self, chat_id: int) -> None:
        """Wait until the chat may be called; nobody's answer is in the way, for answers wait as well."""
        while True:
            now = time.monotonic()
            wait = max(
                self._budget.chat_wait(chat_id, now, new=True), self._budget.whole_wait(now, bulk=False)
            )
            if wait <= 0:
                return
            await asyncio.sleep(wait)
