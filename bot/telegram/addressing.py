"""Where a call goes, and where its messages then stand."""

from typing import Any

from bot.telegram.context import TelegramContext
from bot.telegram.uploads import Call
from desk import post
from desk.profile import DeskPlaces


def addressed(call: Call, context: TelegramContext, places: DeskPlaces) -> Call:
    """The call with its chat, and its topic where there are topics."""
    to, topic = context.parcel.to, context.topic
    thread_id = to.thread_id if isinstance(to, post.Chat) else None
    if topic is not None and places.forum is not False:
        thread_id = topic.thread_id
    there = {} if thread_id is None else {"message_thread_id": thread_id}
    paid = {"allow_paid_broadcast": True} if context.parcel.lane is post.Lane.PAID else {}
    return {**call, "chat_id": context.chat_id, **there, **paid}


def sent_ids(result: Any) -> tuple[int, ...]:
    """The ids of the messages that a call became."""
    if isinstance(result, dict) and "message_id" in result:
        return (int(result["message_id"]),)
    if isinstance(result, list):
        return tuple(int(each["message_id"]) for each in result if "message_id" in each)
    return ()
