"""The baseline: aiogram's own polling and dispatch, carrying messages with no memory but a dictionary.

Usage: python bare_bot.py API_URL TOKEN GROUP_ID. It keeps nothing, waits for nothing, and loses everything it
holds when it is killed.
"""

import asyncio
import sys

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message

url, token, group = sys.argv[1], sys.argv[2], int(sys.argv[3])
topics: dict[int, int] = {}
owners: dict[int, int] = {}
dispatcher = Dispatcher()


@dispatcher.message(F.chat.type == "private")
async def from_customer(message: Message, bot: Bot) -> None:
    """Into the customer's topic."""
    if message.chat.id not in topics:
        topic = await bot.create_forum_topic(group, message.chat.full_name)
        topics[message.chat.id] = topic.message_thread_id
        owners[topic.message_thread_id] = message.chat.id
    await bot.send_message(group, message.text or "", message_thread_id=topics[message.chat.id])


@dispatcher.message(F.chat.id == group, F.message_thread_id)
async def from_operator(message: Message, bot: Bot) -> None:
    """To the customer."""
    if message.text and message.message_thread_id in owners:
        await bot.send_message(owners[message.message_thread_id], message.text)


async def main() -> None:
    """Poll."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    await dispatcher.start_polling(Bot(token, session=session))


asyncio.run(main())
