"""Handlers of what becomes of the bot in a chat: blocked by a customer, given rights, removed."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Router
from aiogram.types import ChatMemberAdministrator, ChatMemberUpdated, Message, TelegramObject, User
from aiogram.types.chat_member_union import ChatMemberUnion

from desk.profile import Profile
from desk.standing import IN_CHANNEL, IN_FORUM, Standing
from handlers.filters import Private
from handlers.reading import person
from handlers.work import Rooms, Work

GONE = frozenset({"left", "kicked"})


def build() -> Router:
    """The router of the bot's own membership."""
    router = Router(name="membership")
    router.my_chat_member.register(by_customer, Private())
    router.my_chat_member.register(in_chat)
    return router


async def by_customer(my_chat_member: ChatMemberUpdated, event_from_user: User) -> Work:
    """A customer has blocked the bot, or let it write again."""
    someone, gone = person(event_from_user), my_chat_member.new_chat_member.status in GONE

    def work(rooms: Rooms) -> None:
        if gone:
            rooms.access.blocked(someone)
        else:
            rooms.access.returned(someone)

    return work


async def in_chat(my_chat_member: ChatMemberUpdated) -> Work:
    """The bot has another standing in a group or a channel."""
    chat = my_chat_member.chat
    before, now = standing(my_chat_member.old_chat_member), standing(my_chat_member.new_chat_member)
    topics = bool(chat.is_forum)

    def work(rooms: Rooms) -> None:
        rooms.stood(chat.id, chat.title or "", before, now, topics=topics)

    return work


def standing(member: ChatMemberUnion) -> Standing:
    """What the bot is in a chat."""
    if member.status in GONE:
        return Standing(present=False)
    if not isinstance(member, ChatMemberAdministrator):
        return Standing(present=True)
    held = (right for right in (*IN_FORUM, *IN_CHANNEL) if getattr(member, right, False))
    return Standing(present=True, administrator=True, rights=frozenset(held))


async def noticing_topics(
    handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
    event: TelegramObject,
    data: dict[str, Any],
) -> Any:
    """Notices by a message of the group that its topics were switched on, which nothing else tells."""
    work, desk = await handler(event, data), data["desk"]
    if work is None or not isinstance(event, Message) or not _has_news(event, desk):
        return work

    def after_news(rooms: Rooms) -> str | None:
        rooms.topics_seen()
        done: str | None = work(rooms)
        return done

    return after_news


def _has_news(message: Message, desk: Profile) -> bool:
    return desk.places.forum is False and bool(message.chat.is_forum)
