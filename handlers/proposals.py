"""Managers and what was proposed for the FAQ: their presses, and the digest when they want it at once."""

from aiogram import Router
from aiogram.filters import Filter, or_f
from aiogram.types import CallbackQuery, Message, User

from desk.talk import Where
from handlers.filters import InGroup, Order, Pressed, Private
from handlers.reading import author, person, where
from handlers.work import Rooms, Work


class DigestWanted(Filter):
    """/faq digest."""

    async def __call__(self, message: Message) -> bool:
        order = await Order()(message)
        return isinstance(order, dict) and (order["name"], order["argument"].lower()) == ("faq", "digest")


def build() -> Router:
    """The proposals' router; who is a manager is asked when the work is done."""
    router = Router(name="proposals")
    for observer in (router.message, router.callback_query):
        observer.filter(or_f(Private(), InGroup()))
    router.message.register(digest, DigestWanted())
    router.callback_query.register(pressed, Pressed("prop"))
    return router


async def digest(message: Message, event_from_user: User) -> Work:
    """The week up to now."""
    somebody, place = author(message, event_from_user), where(message)

    def work(rooms: Rooms) -> None:
        rooms.review.digest(somebody, place)

    return work


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
