"""May this bot do that here: chats, threads, rights, messages, each with its proper refusal."""

from sandbox.accounts import BotAccount
from sandbox.api.registry import Request
from sandbox.chats import GENERAL, Chat, Member, Message, Topic
from sandbox.errors import ApiError, Refusal


def chat_of(request: Request, chat_id: int | str) -> Chat:
    """The chat a bot names, if it may still be there at all."""
    if isinstance(chat_id, str) and chat_id.startswith("@"):
        return _public(request, chat_id[1:])
    try:
        number = int(chat_id)
    except ValueError:
        raise ApiError(Refusal.CHAT_NOT_FOUND) from None
    if number >= 0:
        return _private(request, number)
    chat = request.world.groups.get(number)
    if chat is None or chat.member(request.bot) is None:
        raise ApiError(Refusal.CHAT_NOT_FOUND)
    if chat.migrated_to is not None:
        raise ApiError(Refusal.MIGRATED, {"migrate_to_chat_id": chat.migrated_to.id})
    return _joined(chat, request.bot)


def writable(request: Request, chat_id: int | str) -> Chat:
    """The chat, if the bot may write in it."""
    chat = chat_of(request, chat_id)
    if chat.kind == "private":
        return chat
    member = chat.members[request.bot.id]
    if chat.kind == "channel" and not member.may("can_post_messages"):
        raise ApiError(Refusal.NOT_CHANNEL_ADMIN)
    if not member.may_send():
        raise ApiError(Refusal.NO_RIGHT_TO_SEND)
    return chat


def thread_of(request: Request, chat: Chat, thread_id: int | None) -> int | None:
    """The topic to write in; outside forums a thread is not looked at."""
    if not chat.is_forum:
        return None
    if chat.kind == "private":
        return _private_topic(chat, thread_id)
    manages = chat.members[request.bot.id].may("can_manage_topics")
    if not thread_id:
        if chat.general_closed and not manages:
            raise ApiError(Refusal.TOPIC_CLOSED)
        return None
    topic = chat.topic(thread_id)
    if topic is None or thread_id == GENERAL:
        raise ApiError(Refusal.THREAD_NOT_FOUND)
    if topic.closed and not manages:
        raise ApiError(Refusal.TOPIC_CLOSED)
    return thread_id


def _private_topic(chat: Chat, thread_id: int | None) -> int | None:
    """A topic of a private chat in topics mode."""
    if thread_id and chat.topic(thread_id) is None:
        raise ApiError(Refusal.THREAD_NOT_FOUND)
    return thread_id or None


def message_of(chat: Chat, message_id: int | None, otherwise: Refusal) -> Message:
    message = chat.find(message_id)
    if message is None:
        raise ApiError(otherwise)
    return message


def topic_of(chat: Chat, thread_id: int) -> Topic:
    if thread_id <= 0:
        raise ApiError(Refusal.TOPIC_ID_BAD)
    topic = chat.topic(thread_id)
    if topic is None:
        raise ApiError(Refusal.TOPIC_ID_INVALID)
    return topic


def member_of(request: Request, chat: Chat) -> Member:
    return chat.members[request.bot.id]


def _private(request: Request, user_id: int) -> Chat:
    person = request.world.accounts.get(user_id)
    if person is None:
        raise ApiError(Refusal.CHAT_NOT_FOUND)
    if person.is_bot:
        raise ApiError(Refusal.BOT_TO_BOT)
    if person.deactivated:
        raise ApiError(Refusal.DEACTIVATED)
    chat = request.world.private.get((request.bot.id, user_id))
    if chat is None or chat.standing == "stranger":
        raise ApiError(Refusal.NEVER_STARTED)
    if chat.standing == "blocked":
        raise ApiError(Refusal.BLOCKED)
    return chat


def _public(request: Request, username: str) -> Chat:
    for chat in request.world.groups.values():
        if chat.username and chat.username.lower() == username.lower():
            return _joined(chat, request.bot)
    raise ApiError(Refusal.CHAT_NOT_FOUND)


def _joined(chat: Chat, bot: BotAccount) -> Chat:
    member = chat.member(bot)
    if member is None or member.status == "left":
        raise ApiError(Refusal.NOT_A_MEMBER, kind=chat.kind)
    if member.status == "kicked":
        raise ApiError(Refusal.KICKED, kind=chat.kind)
    return chat
