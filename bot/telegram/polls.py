"""Keeps what Telegram says of polls: where one that was carried stands, how ours is called and voted on."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.engine.front import Step
from bot.rooms.desk_rooms import DeskRooms
from bot.telegram.context import TelegramContext
from desk.placement import Placement
from desk.poll_bodies import AskPoll, ClosePoll
from desk.post import Carry
from tickets.votes import poll_of

Keep = Callable[[DeskRooms, Any], None]


def noting_polls(context: TelegramContext, step: Step) -> Step:
    """The step; what its result says of a poll is kept with it."""
    method = None if step.call is None else step.call["method"]
    match context.parcel.body:
        case Carry() if method == "sendPoll" and context.topic is None:
            return _also(step, _carried(context.chat_id))
        case AskPoll() if method == "sendPoll":
            return _also(step, _named(context.parcel.ref["poll"]))
        case ClosePoll() if method == "stopPoll":
            return _also(step, _counted)
    return step


def _carried(chat_id: int) -> Keep:
    def keep(rooms: DeskRooms, result: Any) -> None:
        """Telegram tells votes by the poll's own id."""
        poll_id = result.get("poll", {}).get("id")
        if poll_id is not None:
            rooms.stores.placements.put(poll_of(poll_id), Placement(chat_id, result["message_id"]))

    return keep


def _named(poll_id: int) -> Keep:
    def keep(rooms: DeskRooms, result: Any) -> None:
        front_id = result.get("poll", {}).get("id")
        if front_id is not None:
            rooms.polls.channel.named(poll_id, front_id)

    return keep


def _counted(rooms: DeskRooms, result: Any) -> None:
    """The end says how many votes there were; one that had ended before says nothing."""
    if "options" in result:
        by_option = [option["voter_count"] for option in result["options"]]
        rooms.polls.channel.counted(result["id"], by_option, result["total_voter_count"], closed=True)


def _also(step: Step, keeps: Keep) -> Step:
    kept = step.keep

    def keep(rooms: DeskRooms, result: Any) -> None:
        kept(rooms, result)
        keeps(rooms, result)

    return replace(step, keep=keep)
