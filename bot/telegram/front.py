"""Telegram as the engine's front: what a run needs, the next call for it, and what its answer means."""

from collections.abc import Hashable, Sequence
from typing import Any

from bot.engine.front import Remedy, Step
from bot.engine.verdicts import CallRefused, Verdict
from bot.rooms.desk_rooms import DeskRooms
from bot.telegram import context, recovery, steps
from bot.telegram.client import Client
from bot.telegram.context import TelegramContext
from bot.telegram.file_ids import FileIds
from bot.telegram.refusals import STANDS_SO, reason_of
from bot.telegram.steps import SendOptions
from desk.profile import DeskPlaces
from storage.outbox import WaitingParcel


class TelegramFront:
    """One bot's way out."""

    def __init__(self, client: Client, file_ids: FileIds, places: DeskPlaces) -> None:
        self._client, self._file_ids, self._places = client, file_ids, places

    def at_hand(self, run: Sequence[WaitingParcel]) -> TelegramContext | None:
        """The context of a parcel that says everything itself."""
        return context.at_hand(run)

    def read(self, rooms: DeskRooms, run: Sequence[WaitingParcel]) -> TelegramContext:
        """Read what the run needs."""
        return context.read(rooms, run)

    def step(self, context: TelegramContext, learnt: Hashable) -> Step:
        """The next Bot API call."""
        return steps.next_step(context, self._places, _options(learnt))

    async def call(self, step: Step) -> Verdict:
        """Make it; a file that Telegram has already goes by its name."""
        packed = await self._file_ids.pack(step.call or {})
        verdict = await self._client.call(packed.call)
        await self._file_ids.sent(packed, verdict)
        return verdict

    def sent_ids(self, result: Any) -> tuple[int, ...]:
        """The messages that a call became."""
        return steps.sent_ids(result)

    def oddity(self, context: TelegramContext, step: Step, result: Any) -> Remedy | None:
        """A message that landed outside its topic."""
        return recovery.unthreaded(context, step, result)

    def remedy(self, context: TelegramContext, step: Step, refused: CallRefused) -> Remedy | None:
        """A topic that is gone, closed, or cannot be made."""
        return recovery.remedy(context, step, refused)

    def learn(self, learnt: Hashable, refused: CallRefused) -> Hashable:
        """Without the quote, or copied instead of sent anew."""
        options = recovery.learn(_options(learnt), refused)
        return learnt if options == _options(learnt) else options

    def is_done(self, refused: CallRefused) -> bool:
        """Whether the message or the topic stands so already."""
        return refused.says(*STANDS_SO)

    def reason(self, refused: CallRefused) -> str:
        """Our name for what Telegram says."""
        return reason_of(refused.description)


def _options(learnt: Hashable) -> SendOptions:
    return learnt if isinstance(learnt, SendOptions) else SendOptions()
