"""May this bot do that here: chats, threads, rights, messages, each with its proper refusal."""

from sandbox.accounts import Account, BotAccount
from sandbox.api.registry import Request
from sandbox.chats import GENERAL, Chat, Member, Message, Topic
from sandbox.errors import ApiError, Refusal


def chat_of(request: Request, chat_id: int | str) -> Chat:
    """The chat a bot names, if it may be there and its people let it."""
    chat = addressed(request, chat_id)
    reached(chat)
    return chat


def addressed(request: Request, chat_id: int | str) -> Chat:
    """The chat to write to, as far as the Bot API server itself knows; whether people let it, comes last."""
    chat = _named(request, chat_id)
    if chat.person is not None and chat.person.deactivated:
        raise ApiError(Refusal.DEACTIVATED)
    if chat.migrated_to is not None:
        raise ApiError(Refusal.MIGRATED, {"migrate_to_chat_id": chat.migrated_to.id})
    _joined(chat, request.bot)
    return chat


def readable(request: Request, chat_id: int | str) -> Chat:
    """The chat to read from: also of somebody who has blocked the bot or is gone, also an old group."""
    chat = _named(request, chat_id)
    if chat.kind in {"supergroup", "channel"}:
        _joined(chat, request.bot)
    if chat.standing == "stranger" and chat.person is not None and not _met(request, chat.person):
        raise ApiError(Refusal.CHAT_NOT_FOUND)
    return chat


def listed(request: Request, chat_id: int | str) -> Chat:
    """The chat whose members are asked about: an old group has none any more."""
    chat = readable(request, chat_id)
    return addressed(request, chat_id) if chat.kind == "group" else chat


def reached(chat: Chat) -> None:
    """Telegram itself is the last to say that a person has blocked the bot or never asked for it."""
    if chat.standing == "blocked" and chat.kind == "private":
        raise ApiError(Refusal.BLOCKED)
    if chat.standing == "stranger" and chat.kind == "private":
        raise ApiError(Refusal.NEVER_STARTED)


def writable(request: Request, chat_id: int | str) -> Chat:
    """The chat to write to, with what is known of it before the message is looked at."""
    chat = addressed(request, chat_id)
    if chat.kind == "channel" and not chat.members[request.bot.id].may("can_post_messages"):
        raise ApiError(Refusal.NOT_CHANNEL_ADMIN)
    return chat


def thread_of(request: Request, chat: Chat, thread_id: int | None) -> int | None:
    """The topic to write in; in groups without topics a thread is not looked at."""
    thread_id = max(thread_id or 0, 0)
    if chat.kind == "private" and thread_id and not chat.is_forum:
        raise ApiError(Refusal.THREAD_NOT_FOUND)
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
    if topic.closed and not manages and topic.creator_id != request.bot.id:
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


def _named(request: Request, chat_id: int | str) -> Chat:
    if isinstance(chat_id, str) and chat_id.startswith("@"):
        chat = request.world.by_username(chat_id)
        if chat is None:
            raise ApiError(Refusal.CHAT_NOT_FOUND)
        return chat
    try:
        number = int(chat_id)
    except ValueError:
        raise ApiError(Refusal.CHAT_NOT_FOUND) from None
    if number >= 0:
        return _private(request, number)
    chat = request.world.groups.get(number)
    if chat is None or chat.member(request.bot) is None:
        raise ApiError(Refusal.CHAT_NOT_FOUND)
    return chat


def _private(request: Request, user_id: int) -> Chat:
    person = request.world.accounts.get(user_id)
    if person is None:
        raise ApiError(Refusal.CHAT_NOT_FOUND)
    if person.is_bot:
        raise ApiError(Refusal.BOT_TO_BOT)
    met = request.world.private.get((request.bot.id, user_id))
    return met or Chat(person.id, "private", person=person, bot=request.bot)


def _met(request: Request, person: Account) -> bool:
    """Whether the bot knows somebody from a group, although they never came to it."""
    return any(chat.member(person) and chat.member(request.bot) for chat in request.world.groups.values())


def _joined(chat: Chat, bot: BotAccount) -> None:
    if chat.kind == "private":
        return
    member = chat.member(bot)
    if member is None or member.status == "left":
        raise ApiError(Refusal.NOT_A_MEMBER, kind=chat.kind)
    if member.status == "kicked":
        raise ApiError(Refusal.KICKED, kind=chat.kind)
