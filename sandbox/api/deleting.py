"""deleteMessage, deleteMessages: within 48 hours, with the right to."""

from aiogram.methods import DeleteMessage, DeleteMessages

from sandbox.api.access import chat_of, member_of, message_of
from sandbox.api.registry import Request, method
from sandbox.changing import erase
from sandbox.chats import Chat, Message
from sandbox.errors import ApiError, Refusal

DAY = 24 * 3600
WINDOW = 2 * DAY
MOST = 100
NEVER = {"forum_topic_created", "supergroup_chat_created", "channel_chat_created"}


@method(DeleteMessage)
def delete_message(request: Request, asked: DeleteMessage) -> bool:
    chat = chat_of(request, asked.chat_id)
    message = message_of(chat, asked.message_id, Refusal.DELETE_NOT_FOUND)
    _permitted(request, chat, message)
    erase(request.world, chat, message)
    return True


@method(DeleteMessages)
def delete_messages(request: Request, asked: DeleteMessages) -> bool:
    """Those that are not there are passed over; one that may not go stops all."""
    if not asked.message_ids:
        raise ApiError(Refusal.IDS_EMPTY)
    if len(asked.message_ids) > MOST:
        raise ApiError(Refusal.IDS_TOO_MANY)
    chat = chat_of(request, asked.chat_id)
    found = [message for message in map(chat.find, asked.message_ids) if message is not None]
    for message in found:
        _permitted(request, chat, message)
    for message in found:
        erase(request.world, chat, message)
    return True


def _permitted(request: Request, chat: Chat, message: Message) -> None:
    private = chat.kind == "private"
    if request.world.clock.now() - message["date"] > WINDOW:
        raise ApiError(Refusal.CANNOT_DELETE_FOR_EVERYONE if private else Refusal.CANNOT_DELETE)
    if private and "dice" in message and request.world.clock.now() - message["date"] < DAY:
        raise ApiError(Refusal.CANNOT_DELETE_FOR_EVERYONE)
    own = message["_by"] == request.bot.id
    allowed = private or own or member_of(request, chat).may("can_delete_messages")
    if not allowed or not NEVER.isdisjoint(message):
        raise ApiError(Refusal.CANNOT_DELETE)
