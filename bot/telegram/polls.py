"""Notes where a poll that was carried stands, because Telegram tells votes by the poll's own id."""

from dataclasses import replace
from typing import Any

from bot.engine.front import Step
from bot.rooms.desk_rooms import DeskRooms
from bot.telegram.context import TelegramContext
from desk.placement import Placement
from desk.post import Carry
from tickets.votes import poll_of


def noting_polls(context: TelegramContext, step: Step) -> Step:
    """The step; if it asks a customer a poll, where the poll stands is kept with its result."""
    carries = isinstance(context.parcel.body, Carry) and context.topic is None
    if step.call is None or step.call["method"] != "sendPoll" or not carries:
        return step
    chat_id, kept = context.chat_id, step.keep

    def keep(rooms: DeskRooms, result: Any) -> None:
        kept(rooms, result)
        poll_id = result.get("poll", {}).get("id")
        if poll_id is not None:
            rooms.stores.placements.put(poll_of(poll_id), Placement(chat_id, result["message_id"]))

    return replace(step, keep=keep)
