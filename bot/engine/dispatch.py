"""Inbox -> handlers: each update in one transaction with everything it changes and everything it posts."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog
from aiogram import Bot, Dispatcher
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.types import Update
from pydantic import ValidationError

from bot.engine.units import Units
from bot.rooms import DeskRooms
from bot.telegram.client import Client
from handlers.work import Work
from storage.inbox import Waiting

log = structlog.get_logger("dispatch")

AT_ONCE = 64
TRIES = 3
REST = 0.3
PULSE = 0.1
TOAST_LIMIT = 200
KINDS = frozenset(Update.model_fields) - {"update_id"}
PENDING_TOASTS = 32


@dataclass(frozen=True, slots=True)
class Poison:
    """An update that cannot be handled as it is."""

    error: Exception


class Dispatch:
    """Works the inbox of one desk: one chat at a time, in the order in which updates came."""

    def __init__(self, units: Units, bot: Bot, dispatcher: Dispatcher, client: Client) -> None:
        self._units, self._bot, self._dispatcher, self._client = units, bot, dispatcher, client
        self._bell = asyncio.Event()
        self._resting: dict[str, float] = {}
        self._toasts: set[asyncio.Task[Any]] = set()
        self._stopping = False

    def ring(self) -> None:
        """There are updates."""
        self._bell.set()

    def stop(self) -> None:
        """Begin nothing more; what has begun is finished."""
        self._stopping = True
        self._bell.set()

    async def run(self) -> None:
        """Work until stopped."""
        while not self._stopping:
            self._bell.clear()
            ready = await self._ready()
            if ready:
                await self._handle(ready)
            else:
                await self._wait(PULSE if self._resting else None)
        if self._toasts:
            await asyncio.wait(self._toasts, timeout=2)

    async def _ready(self) -> Sequence[Waiting]:
        """The oldest that may be handled now: however many wait for a chat at rest, others go on."""
        after = -1
        while True:
            waiting = await self._units.look(partial(_waiting, after))
            now = time.monotonic()
            ready = [each for each in waiting if self._resting.get(each.stream, 0.0) <= now]
            if ready or len(waiting) < AT_ONCE:
                return ready
            after = waiting[-1].update_id

    async def _wait(self, seconds: float | None) -> None:
        try:
            await asyncio.wait_for(self._bell.wait(), seconds)
        except TimeoutError:
            return

    async def _handle(self, ready: Sequence[Waiting]) -> None:
        stalled: dict[str, int] = {}
        units = [
            asyncio.ensure_future(self._finish(each, await self._route(each), stalled)) for each in ready
        ]
        await asyncio.gather(*units)

    async def _route(self, waiting: Waiting) -> Work | Poison | None:
        """Which work an update asks for; nothing is read or written here."""
        try:
            update = Update.model_validate(waiting.read(), context={"bot": self._bot})
            if KINDS.isdisjoint(update.model_fields_set):
                return None  # a kind of update that did not exist when this was written
            work = await self._dispatcher.feed_update(self._bot, update)
        except Exception as error:
            return Poison(error)
        return None if work is UNHANDLED else work

    async def _finish(self, waiting: Waiting, work: Work | Poison | None, stalled: dict[str, int]) -> None:
        def unit(rooms: DeskRooms) -> tuple[bool, str | None]:
            if stalled.get(waiting.stream, waiting.update_id) < waiting.update_id:
                return False, None  # an earlier one of this chat has failed: order is kept
            if isinstance(work, Poison):
                raise work.error
            if not rooms.stores.inbox.finish(waiting.update_id, rooms.now):
                return False, None
            return True, None if work is None else work(rooms)

        def whole(rooms: DeskRooms) -> tuple[bool, str | None]:
            try:
                return unit(rooms)
            except Exception:
                stalled.setdefault(waiting.stream, waiting.update_id)
                raise

        try:
            handled, toast = await self._units.write(whole)
        except Exception as error:
            await self._failed(waiting, error)
            return
        if handled:
            self._resting.pop(waiting.stream, None)
            self._answer_press(waiting, toast)

    async def _failed(self, waiting: Waiting, error: Exception) -> None:
        """Try again a little later; what cannot be parsed, or has failed too often, is set aside."""
        for_good = isinstance(error, ValidationError) or waiting.attempts + 1 >= TRIES
        log.error("an update failed", update=waiting.update_id, error=describe(error), quarantine=for_good)
        self._resting[waiting.stream] = time.monotonic() + REST * (waiting.attempts + 1)
        if for_good:
            self._resting.pop(waiting.stream)

        def unit(rooms: DeskRooms) -> None:
            rooms.stores.inbox.fail(waiting.update_id, describe(error), for_good=for_good)
            if for_good:
                rooms.alarm.to_managers("alert.quarantine", update=waiting.update_id)

        await self._units.write(unit)

    def _answer_press(self, waiting: Waiting, toast: str | None) -> None:
        """Stop the button's spinner; under pressure this courtesy is the first to go."""
        press = waiting.read().get("callback_query")
        if press is None or len(self._toasts) >= PENDING_TOASTS:
            return
        call = {"method": "answerCallbackQuery", "callback_query_id": press["id"]}
        if toast:
            call["text"] = toast[:TOAST_LIMIT]
        task = asyncio.create_task(self._client.call(call))
        self._toasts.add(task)
        task.add_done_callback(self._toasts.discard)


def _waiting(after: int, rooms: DeskRooms) -> Sequence[Waiting]:
    return rooms.stores.inbox.waiting(AT_ONCE, after)


def describe(error: Exception) -> str:
    """What went wrong and where, without any of the message's text."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = "" if place is None else f" at {place.tb_frame.f_code.co_name}:{place.tb_lineno}"
    return type(error).__name__ + where
