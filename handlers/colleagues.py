"""Who of those mentioned is in the operators' group: the desk knows who has written, Telegram the others."""

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiogram.types import ChatMemberBanned, ChatMemberLeft, ChatMemberRestricted

from tickets.operator_side.inside import mentioned
from tickets.operator_side.operator_message import OperatorMessage

ASKED_WITHIN = 3
"""Seconds for one question, during which updates of other chats wait."""


async def members_mentioned(bot: Bot | None, heard: OperatorMessage) -> frozenset[str | int]:
    """Those of the mentioned who are in the group: administrators by username, others by id.

    Bots cannot look up a member by username, so of other members only those are known who have written.
    """
    place = heard.incoming.place
    names, people = mentioned(heard.incoming.content)
    if bot is None or (heard.thread_id is None and heard.incoming.reply_to is None):
        return frozenset()
    found: set[str | int] = set()
    if names:
        found |= names & await _administrators(bot, place.chat_id)
    for each in people:
        if await _is_member(bot, place.chat_id, each):
            found.add(each)
    return frozenset(found)


async def _administrators(bot: Bot, chat_id: int) -> frozenset[str]:
    """Usernames of the people who administer the group; none if Telegram does not say."""
    try:
        found = await bot.get_chat_administrators(chat_id, request_timeout=ASKED_WITHIN)
    except (AiogramError, TimeoutError):
        return frozenset()
    people = [each.user for each in found if not each.user.is_bot]
    return frozenset(each.username.lower() for each in people if each.username)


async def _is_member(bot: Bot, chat_id: int, person_id: int) -> bool:
    """Whether a person is in the group; apps offer its members by name, so yes if Telegram does not say."""
    try:
        found = await bot.get_chat_member(chat_id, person_id, request_timeout=ASKED_WITHIN)
    except TelegramBadRequest:
        return False
    except (AiogramError, TimeoutError):
        return True
    if isinstance(found, ChatMemberRestricted):
        return found.is_member
    return not isinstance(found, ChatMemberLeft | ChatMemberBanned)
