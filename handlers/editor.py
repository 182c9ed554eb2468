"""Managers and the knowledge base: /faq and its buttons, in private or in the operators' group."""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter, or_f
from aiogram.types import CallbackQuery, Message, User

from desk.profile import Profile
from desk.talk import Where
from handlers.filters import InGroup, Order, Pressed, Private
from handlers.listening import attached
from handlers.reading import author, person, where
from handlers.work import Rooms, Work


class Faq(Filter):
    """/faq, also below a document: `words` behind it."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        order = await Order()(message)
        return {"words": order["argument"]} if isinstance(order, dict) and order["name"] == "faq" else False


def build() -> Router:
    """The knowledge base's router; who is a manager is asked when the work is done."""
    router = Router(name="editor")
    for observer in (router.message, router.callback_query):
        observer.filter(or_f(Private(), InGroup()))
    router.message.register(command, Faq())
    router.callback_query.register(pressed, Pressed("kb"))
    return router


async def command(message: Message, event_from_user: User, desk: Profile, words: str) -> Work:
    """/faq, bare or with something behind it; a file is fetched for managers only."""
    somebody, place = author(message, event_from_user), where(message)
    file = await attached(message) if somebody.telegram_id in desk.managers else None

    def work(rooms: Rooms) -> None:
        rooms.editor.command(somebody, place, words, file)

    return work


async def pressed(
    callback_query: CallbackQuery, event_from_user: User, words: list[str], pressed: int
) -> Work | None:
    """Any button of the knowledge base."""
    message = callback_query.message
    if message is None or len(words) < 2:
        return None
    place = where(message) if isinstance(message, Message) else Where(message.chat.id)
    action, *rest = words
    return lambda rooms: rooms.editor.pressed(person(event_from_user), place, action, rest, pressed)
