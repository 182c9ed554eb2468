"""Telegram as the engine's front: what a run needs, its next call, and what a refusal means."""

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import Any

from bot.engine.front import Remedy, Step
from bot.engine.verdicts import CallRefused, Verdict
from bot.rooms.desk_rooms import DeskRooms
from bot.telegram import context, fallback, recovery, steps
from bot.telegram.addressing import sent_ids
from bot.telegram.client import Client
from bot.telegram.context import TelegramContext
from bot.telegram.file_ids import FileIds
from bot.telegram.lighter import SendOptions
from bot.telegram.polls import noting_polls
from bot.telegram.refusals import STANDS_SO, reason_of
from bot.telegram.uploads import Call
from desk.profile import DeskPlaces
from storage.outbox import WaitingParcel


class TelegramFront:
    """Sends through one bot."""

    def __init__(self, client: Client, file_ids: FileIds, places: DeskPlaces) -> None:
        self._client, self._file_ids, self._places = client, file_ids, places

    def at_hand(
        self, run: Sequence[WaitingParcel], learnt: Hashable, instant: float
    ) -> TelegramContext | None:
        """The context of a parcel that holds everything its call needs."""
        if learnt is None and self._places.forum is not False:
            return context.at_hand(run) or context.with_message(run, instant)
        return context.at_hand(run)

    def read(self, rooms: DeskRooms, run: Sequence[WaitingParcel], learnt: Hashable) -> TelegramContext:
        """Read what the run needs."""
        return context.read(rooms, run, whole=learnt is not None)

    def step(self, context: TelegramContext, learnt: Hashable) -> Step:
        """The next Bot API call."""
        return noting_polls(context, steps.next_step(context, self._places, _options(learnt)))

    async def call(self, step: Step) -> Verdict:
        """Make the call; a file that Telegram has already goes by its file_id."""
        packed = await self._file_ids.pack(step.call or {})
        verdict = await self._client.call(packed.call)
        if _has_lost_its_topic(packed.call, verdict):
            packed = replace(packed, call={**packed.call, "message_thread_id": None})
            verdict = await self._client.call(packed.call)
        await self._file_ids.sent(packed, verdict)
        return verdict

    def sent_ids(self, result: Any) -> tuple[int, ...]:
        """The ids of the messages that a call made."""
        return sent_ids(result)

    def oddity(self, context: TelegramContext, step: Step, result: Any) -> Remedy | None:
        """The remedy for a message that landed outside its topic."""
        return recovery.unthreaded(context, step, result)

    def remedy(self, context: TelegramContext, step: Step, refused: CallRefused) -> Remedy | None:
        """The remedy for a topic that is gone, closed, or cannot be made."""
        return recovery.remedy(context, step, refused)

    def fall_back(
        self, rooms: DeskRooms, context: TelegramContext, step: Step, refused: CallRefused, learnt: Hashable
    ) -> Hashable | None:
        """The next rung of the ladder."""
        return fallback.fall_back(rooms, context, self._places, refused, _options(learnt))

    def is_done(self, refused: CallRefused) -> bool:
        """Whether the message or the topic is already as the call would have it."""
        return refused.says(*STANDS_SO)

    def reason(self, refused: CallRefused) -> str:
        """The reason of a refusal under the names that `Failed.what` knows."""
        return reason_of(refused.description)


def _has_lost_its_topic(call: Call, verdict: Verdict) -> bool:
    """Whether a customer's own topic is gone: the message goes to the private chat itself."""
    refused = isinstance(verdict, CallRefused) and verdict.says("thread not found", "TOPIC_DELETED")
    return refused and call.get("message_thread_id") is not None and call["chat_id"] > 0


def _options(learnt: Hashable) -> SendOptions:
    return learnt if isinstance(learnt, SendOptions) else SendOptions()
