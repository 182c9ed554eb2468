"""Pinning and unpinning."""

from aiogram.methods import (
    PinChatMessage,
    UnpinAllChatMessages,
    UnpinAllForumTopicMessages,
    UnpinChatMessage,
)

from sandbox import pinning
from sandbox.api.access import chat_of, member_of, message_of, topic_of
from sandbox.api.registry import Request, method
from sandbox.chats import Chat
from sandbox.errors import ApiError, Refusal


@method(PinChatMessage)
def pin_chat_message(request: Request, asked: PinChatMessage) -> bool:
    chat = _allowed(request, asked.chat_id)
    message = message_of(chat, asked.message_id, Refusal.PIN_NOT_FOUND)
    pinning.pin(request.world, chat, message, request.bot)
    return True


@method(UnpinChatMessage)
def unpin_chat_message(request: Request, asked: UnpinChatMessage) -> bool:
    chat = _allowed(request, asked.chat_id)
    if asked.message_id is None:
        if not chat.pinned:
            raise ApiError(Refusal.UNPIN_NOT_FOUND)
        pinning.unpin(request.world, chat, chat.pinned[-1:])
        return True
    message_of(chat, asked.message_id, Refusal.UNPIN_NOT_FOUND)
    pinning.unpin(request.world, chat, [asked.message_id])
    return True


@method(UnpinAllChatMessages)
def unpin_all_chat_messages(request: Request, asked: UnpinAllChatMessages) -> bool:
    chat = _allowed(request, asked.chat_id)
    pinning.unpin(request.world, chat, list(chat.pinned))
    return True


@method(UnpinAllForumTopicMessages)
def unpin_all_forum_topic_messages(request: Request, asked: UnpinAllForumTopicMessages) -> bool:
    chat = _allowed(request, asked.chat_id)
    if not chat.is_forum:
        raise ApiError(Refusal.NOT_A_FORUM)
    topic = topic_of(chat, asked.message_thread_id)
    inside = set(chat.threads.get(topic.id, []))
    pinning.unpin(request.world, chat, [pinned for pinned in chat.pinned if pinned in inside])
    return True


def _allowed(request: Request, chat_id: int | str) -> Chat:
    chat = chat_of(request, chat_id)
    right = "can_edit_messages" if chat.kind == "channel" else "can_pin_messages"
    if chat.kind != "private" and not member_of(request, chat).may(right):
        raise ApiError(Refusal.NO_RIGHT_TO_PIN)
    return chat
