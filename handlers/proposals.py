"""Managers' presses on what was proposed for the FAQ."""

from aiogram import Router
from aiogram.filters import or_f
from aiogram.types import CallbackQuery, Message, User

from handlers.filters import InGroup, Pressed, Private
from handlers.reading import person, where
from handlers.work import Work
from tickets.talk import Where


def build() -> Router:
    """The proposals' router; who is a manager is asked when the work is done."""
    router = Router(name="proposals")
    router.callback_query.filter(or_f(Private(), InGroup()))
    router.callback_query.register(pressed, Pressed("prop"))
    return router


async def pressed(
    callback_query: CallbackQuery, event_from_user: User, words: list[str], pressed: int
) -> Work | None:
    """A button of the list, of a proposal, of the digest."""
    message = callback_query.message
    if message is None or not words:
        return None
    place = where(message) if isinstance(message, Message) else Where(message.chat.id)
    action, *rest = words
    return lambda rooms: rooms.review.pressed(person(event_from_user), place, action, rest, pressed)
