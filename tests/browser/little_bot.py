"""A bot small enough to drive the page with: it carries messages between private chats and topics."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.types import (
    BotCommand,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from sandbox.page import Cast

CALL = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text="Позвать оператора", callback_data="call")],
        [InlineKeyboardButton(text="Промолчать", callback_data="silent")],
        [InlineKeyboardButton(text="Предупредить", callback_data="alert")],
    ]
)
CHOICE = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Да"), KeyboardButton(text="Нет")]])


async def start(message: Message) -> None:
    await message.answer("Здравствуйте! Чем помочь?", reply_markup=CALL)


async def choice(message: Message) -> None:
    await message.answer("Да или нет?", reply_markup=CHOICE)


async def quotes(message: Message) -> None:
    long = " ".join(f"слово{number}" for number in range(60))
    await message.answer(f"Длинно:\n<blockquote expandable>{long}</blockquote>\nвот", parse_mode="HTML")
    await message.answer("Коротко:\n<blockquote expandable>одна строка</blockquote>", parse_mode="HTML")


async def chosen(message: Message) -> None:
    await message.answer("Принято.", reply_markup=ReplyKeyboardRemove())


async def call(query: CallbackQuery) -> None:
    await asyncio.sleep(0.7)
    await query.answer("Зовём человека")
    if isinstance(query.message, Message):
        await query.message.edit_text("Человек скоро ответит.")


async def alert(query: CallbackQuery) -> None:
    await query.answer("Это важно", show_alert=True)


def talk() -> Router:
    router = Router()
    router.message(CommandStart())(start)
    router.message(F.text == "/choice")(choice)
    router.message(F.text == "/quotes")(quotes)
    router.message(F.text.in_({"Да", "Нет"}))(chosen)
    router.callback_query(F.data == "call")(call)
    router.callback_query(F.data == "alert")(alert)
    return router


class Carrier:
    """What is said in private goes into the person's topic, and back."""

    def __init__(self, cast: Cast) -> None:
        self._group = cast.group.id
        self._topics: dict[int, int] = {}
        self._one_by_one = asyncio.Lock()
        self.router = Router()
        self.router.message(F.chat.type == "private", F.from_user.is_bot.is_(False))(self.carry_in)
        self.router.message(F.chat.id == self._group, F.from_user.is_bot.is_(False))(self.carry_out)

    async def carry_in(self, message: Message, bot: Bot) -> None:
        async with self._one_by_one:
            if message.chat.id not in self._topics:
                name = message.from_user.full_name if message.from_user else "?"
                topic = await bot.create_forum_topic(self._group, name)
                self._topics[message.chat.id] = topic.message_thread_id
            await message.copy_to(self._group, message_thread_id=self._topics[message.chat.id])

    async def carry_out(self, message: Message) -> None:
        for customer, topic in self._topics.items():
            if topic == message.message_thread_id:
                await message.copy_to(customer)
                await message.react([ReactionTypeEmoji(emoji="👍")])


@contextlib.asynccontextmanager
async def running(cast: Cast, url: str) -> AsyncIterator[Bot]:
    """The bot at work, long-polling the sandbox over HTTP."""
    bot = Bot(cast.bot.token, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    dispatcher = Dispatcher()
    dispatcher.include_routers(talk(), Carrier(cast).router)
    await bot.set_my_commands(
        [
            BotCommand(command="start", description="Начать сначала"),
            BotCommand(command="choice", description="Выбрать"),
        ]
    )
    polling = asyncio.create_task(poll(bot, dispatcher))
    try:
        yield bot
    finally:
        polling.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await polling
        await bot.session.close()


async def poll(bot: Bot, dispatcher: Dispatcher) -> None:
    """Fetch and handle, many at a time; what is in hand at the end is dropped at once."""
    async with asyncio.TaskGroup() as hands:
        offset = 0
        while True:
            for update in await bot.get_updates(offset, timeout=20):
                offset = update.update_id + 1
                hands.create_task(dispatcher.feed_update(bot, update))
