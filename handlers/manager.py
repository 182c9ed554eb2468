"""Managers: their commands and buttons, in private or in the operators' group."""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter, or_f
from aiogram.types import CallbackQuery, Message, MessageEntity, User
from aiogram.utils.text_decorations import html_decoration

from broadcasts.incident import Severity
from broadcasts.severities import named
from desk.content import utf16_length
from desk.profile import Profile
from desk.talk import Where
from handlers.filters import InGroup, Order, Pressed, Private
from handlers.reading import author, person, where
from handlers.work import Rooms, Work


class Announced(Filter):
    """/broadcast: `severity` if the first word is one, and `html`, the rest as it was formatted."""

    async def __call__(self, message: Message, desk: Profile) -> bool | dict[str, Any]:
        if not await Asked("broadcast")(message):
            return False
        text, start = message.text or message.caption or "", 0
        _, start = _word(text, start)
        word, behind = _word(text, start)
        severity = named(word, desk.texts)
        entities = message.entities or message.caption_entities or []
        return {"severity": severity, "html": formatted(text, entities, behind if severity else start)}


class Asked(Filter):
    """One command by its name."""

    def __init__(self, name: str) -> None:
        self._name = name

    async def __call__(self, message: Message) -> bool:
        order = await Order()(message)
        return isinstance(order, dict) and order["name"] == self._name


def build() -> Router:
    """The managers' router; who is one is asked when the work is done."""
    router = Router(name="manager")
    for observer in (router.message, router.callback_query):
        observer.filter(or_f(Private(), InGroup()))
    router.message.register(broadcast, Announced())
    router.message.register(incidents, Asked("incidents"))
    router.callback_query.register(pressed, Pressed("incident"))
    return router


async def broadcast(message: Message, event_from_user: User, severity: Severity | None, html: str) -> Work:
    """/broadcast, with everything, with something, or bare."""
    somebody, place = author(message, event_from_user), where(message)

    def work(rooms: Rooms) -> None:
        rooms.console.broadcast(somebody, place, severity, html)

    return work


async def incidents(message: Message, event_from_user: User) -> Work:
    """/incidents."""
    somebody, place = author(message, event_from_user), where(message)

    def work(rooms: Rooms) -> None:
        rooms.console.list_incidents(somebody, place)

    return work


async def pressed(
    callback_query: CallbackQuery, event_from_user: User, words: list[str], pressed: int
) -> Work | None:
    """A button of a preview, of the list or of an incident."""
    message = callback_query.message
    if message is None or len(words) < 2:
        return None
    place = where(message) if isinstance(message, Message) else Where(message.chat.id)
    action, argument = words[0], ":".join(words[1:])
    return lambda rooms: rooms.console.pressed(person(event_from_user), place, action, argument, pressed)


def formatted(text: str, entities: list[MessageEntity], start: int) -> str:
    """The text from a place on as HTML, with what stands of the formatting there."""
    gone = utf16_length(text[:start])
    kept = [
        entity.model_copy(
            update={
                "offset": max(0, entity.offset - gone),
                "length": entity.length - max(0, gone - entity.offset),
            }
        )
        for entity in entities
        if entity.offset + entity.length > gone
    ]
    return html_decoration.unparse(text[start:], kept)


def _word(text: str, start: int) -> tuple[str, int]:
    """The next word, and where the one after it begins."""
    word = (text[start:].split(maxsplit=1) or [""])[0]
    end = text.index(word, start) + len(word)
    return word, len(text) - len(text[end:].lstrip())
