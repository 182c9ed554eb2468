"""Managers decide where a file and Telegram disagree about an entry."""

from aiogram import Router
from aiogram.filters import or_f
from aiogram.types import CallbackQuery, Message, User

from desk.talk import Where
from handlers.filters import InGroup, Pressed, Private
from handlers.reading import person, where
from handlers.work import Work


def build() -> Router:
    """The router of these presses; who may decide is asked when the work is done."""
    router = Router(name="files")
    router.callback_query.filter(or_f(Private(), InGroup()))
    router.callback_query.register(pressed, Pressed("file"))
    return router


async def pressed(
    callback_query: CallbackQuery, event_from_user: User, words: list[str], pressed: int
) -> Work | None:
    """A button under an entry, or one that turns the page."""
    message = callback_query.message
    if message is None or len(words) != 2:
        return None
    place = where(message) if isinstance(message, Message) else Where(message.chat.id)
    action, argument = words
    return lambda rooms: rooms.filing.pressed(person(event_from_user), place, action, argument, pressed)
