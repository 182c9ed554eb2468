"""The reader of Telegram's updates: which work they ask for, and the answer to a press."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.dispatcher.middlewares.user_context import UserContextMiddleware
from aiogram.types import Update
from pydantic import ValidationError

from bot.telegram.client import Client
from bot.telegram.joining import joined
from handlers.work import Work

TOAST_LIMIT = 200
KINDS = frozenset(Update.model_fields) - {"update_id"}
PENDING_TOASTS = 32

Met = Callable[[Update], None]
"""Is told of every update whom we have met again."""


class UpdateReader:
    """Reads the updates of one bot through aiogram's routers.

    Those that have handlers for a kind of update are asked directly, in their order: the dispatcher's own way
    in does more for each update than the handlers need.
    """

    def __init__(self, bot: Bot, dispatcher: Dispatcher, client: Client, met: Met) -> None:
        self._bot, self._client, self._met = bot, client, met
        self._given = dispatcher.workflow_data
        self._routers = {
            kind: [each for each in dispatcher.sub_routers if each.observers[kind].handlers]
            for kind in dispatcher.observers
            if kind in KINDS
        }
        self._toasts: set[asyncio.Task[Any]] = set()

    async def route(self, raw: dict[str, Any]) -> Work | None:
        """The work an update asks for; None for a kind of update that this aiogram does not know."""
        update = Update.model_validate(raw, context={"bot": self._bot})
        if KINDS.isdisjoint(update.model_fields_set):
            return None
        self._met(update)
        kind, event = update.event_type, update.event
        user = UserContextMiddleware.resolve_event_context(update).user
        for router in self._routers[kind]:
            work: Work | None = await router.propagate_event(
                kind, event, bot=self._bot, event_from_user=user, **self._given
            )
            if work is not UNHANDLED:
                return work
        return None

    def joined(self, raws: Sequence[dict[str, Any]]) -> tuple[dict[str, Any], int]:
        """Plain messages that follow each other as one."""
        return joined(raws)

    def moves(self, raw: dict[str, Any]) -> bool:
        """Whether it is the last message of a group that has become a supergroup."""
        message = raw.get("message")
        return isinstance(message, dict) and "migrate_to_chat_id" in message

    def is_hopeless(self, error: Exception) -> bool:
        """Whether aiogram could not parse the update, which it never will."""
        return isinstance(error, ValidationError)

    def answer_press(self, raw: dict[str, Any], toast: str | None) -> None:
        """Answer a press, with a toast if there is one; left out when too many are on their way."""
        press = raw.get("callback_query")
        if press is None or len(self._toasts) >= PENDING_TOASTS:
            return
        call = {"method": "answerCallbackQuery", "callback_query_id": press["id"]}
        if toast:
            call["text"] = toast[:TOAST_LIMIT]
        task = asyncio.create_task(self._client.call(call))
        self._toasts.add(task)
        task.add_done_callback(self._toasts.discard)

    async def stop(self) -> None:
        """Wait a little for answers that are on their way."""
        if self._toasts:
            await asyncio.wait(self._toasts, timeout=2)
