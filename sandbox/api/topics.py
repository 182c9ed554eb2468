"""Forum topics: create, edit, close, reopen, delete."""

from aiogram.methods import (
    CloseForumTopic,
    CreateForumTopic,
    DeleteForumTopic,
    EditForumTopic,
    GetForumTopicIconStickers,
    ReopenForumTopic,
)

from sandbox import forum
from sandbox.accounts import Json
from sandbox.api.access import chat_of, member_of, topic_of
from sandbox.api.registry import Request, method
from sandbox.chats import Chat
from sandbox.errors import ApiError, Refusal, strict
from sandbox.icons import ICONS

MAX_NAME = 128


@method(CreateForumTopic)
def create_forum_topic(request: Request, asked: CreateForumTopic) -> Json:
    chat = _forum(request, asked.chat_id)
    if not member_of(request, chat).may("can_manage_topics"):
        raise ApiError(Refusal.NO_RIGHT_TO_CREATE_TOPIC)
    if asked.icon_color is not None and asked.icon_color not in forum.COLORS:
        raise strict("icon_color is none of the six topic colours")
    name = _name(asked.name)
    icon = _icon(asked.icon_custom_emoji_id)
    topic = forum.create(request.world, chat, request.bot, name, asked.icon_color, icon)
    return topic.card()


@method(EditForumTopic)
def edit_forum_topic(request: Request, asked: EditForumTopic) -> bool:
    chat = _forum(request, asked.chat_id)
    topic = topic_of(chat, asked.message_thread_id)
    if not member_of(request, chat).may("can_manage_topics") and topic.creator_id != request.bot.id:
        raise ApiError(Refusal.NO_RIGHT_TO_EDIT_TOPIC)
    name = _name(asked.name) if asked.name else None
    icon = _icon(asked.icon_custom_emoji_id)
    if name is None and icon is None:
        return True
    if not forum.edit(request.world, chat, topic, request.bot, name, icon):
        raise ApiError(Refusal.TOPIC_NOT_MODIFIED)
    return True


@method(CloseForumTopic)
def close_forum_topic(request: Request, asked: CloseForumTopic) -> bool:
    return _set_closed(request, asked.chat_id, asked.message_thread_id, closed=True)


@method(ReopenForumTopic)
def reopen_forum_topic(request: Request, asked: ReopenForumTopic) -> bool:
    return _set_closed(request, asked.chat_id, asked.message_thread_id, closed=False)


@method(DeleteForumTopic)
def delete_forum_topic(request: Request, asked: DeleteForumTopic) -> bool:
    chat = _forum(request, asked.chat_id)
    topic = topic_of(chat, asked.message_thread_id)
    if not member_of(request, chat).may("can_delete_messages"):
        raise ApiError(Refusal.NO_RIGHT_TO_DELETE_TOPIC)
    forum.delete(request.world, chat, topic)
    return True


@method(GetForumTopicIconStickers)
def get_forum_topic_icon_stickers(_: Request, __: GetForumTopicIconStickers) -> list[Json]:
    return forum.icon_stickers()


def _set_closed(request: Request, chat_id: int | str, thread_id: int, *, closed: bool) -> bool:
    chat = chat_of(request, chat_id)
    if not chat.is_forum:
        private = chat.kind == "private"
        raise ApiError(Refusal.NOT_A_SUPERGROUP_FORUM if private else Refusal.NOT_A_FORUM)
    topic = topic_of(chat, thread_id)
    if not member_of(request, chat).may("can_manage_topics") and topic.creator_id != request.bot.id:
        raise ApiError(Refusal.NO_RIGHT_TO_CLOSE_TOPIC)
    if not forum.set_closed(request.world, chat, topic, request.bot, closed=closed):
        raise ApiError(Refusal.TOPIC_NOT_MODIFIED)
    return True


def _forum(request: Request, chat_id: int | str) -> Chat:
    chat = chat_of(request, chat_id)
    if not chat.is_forum:
        raise ApiError(Refusal.NOT_A_FORUM)
    return chat


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise ApiError(Refusal.TOPIC_NAME_EMPTY)
    # Telegram cuts silently here; the referee says that a documented limit was passed
    if len(name) > MAX_NAME:
        raise strict(f"a topic's name has at most {MAX_NAME} characters")
    return name


def _icon(emoji_id: str | None) -> str | None:
    if emoji_id and emoji_id not in ICONS:
        raise strict("icon_custom_emoji_id is not one of getForumTopicIconStickers")
    return emoji_id
