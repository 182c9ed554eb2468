"""The bot's balance of Stars, asked for when a manager wants to spend some."""

from aiogram import Bot
from aiogram.exceptions import AiogramError

from broadcasts.composing.conversation import IncidentConversation
from broadcasts.composing.faster import FASTER
from desk.conversation import Press

ASKED_WITHIN = 3
"""Seconds for the question, during which updates of other chats wait."""


def asks_for_stars(press: Press) -> bool:
    """Whether the answer to a press depends on the balance."""
    return press.prefix == IncidentConversation.PRESSES and press.action == FASTER


async def balance(bot: Bot | None) -> int | None:
    """Whole Stars on the bot's balance; None if Telegram does not say."""
    if bot is None:
        return None
    try:
        return (await bot.get_my_star_balance(request_timeout=ASKED_WITHIN)).amount
    except (AiogramError, TimeoutError):
        return None
