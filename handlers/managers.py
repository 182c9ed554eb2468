"""Handlers of managers' commands and presses, in private or in the operators' group."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from aiogram import Router
from aiogram.filters import Filter, or_f
from aiogram.types import CallbackQuery, Message, MessageEntity, User
from aiogram.utils.text_decorations import html_decoration

from desk.authority import Right, may
from desk.content import utf16_length
from desk.conversation import Command, Conversation, Press
from desk.profile import Profile
from handlers.filters import AnyCommand, InGroup, Machine, Private, passed_on, read_press
from handlers.manager_messages import attached
from handlers.reading import author, content, kind_of, person, where, where_pressed
from handlers.stars import asks_for_stars, balance
from handlers.work import Rooms, Work


class ManagerCommand(Filter):
    """One of these commands as `command`, in a text or under a file."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        order = await AnyCommand()(message)
        if not isinstance(order, dict) or order["name"] not in self._names or await Machine()(message):
            return False
        text = message.text or message.caption or ""
        entities = message.entities or message.caption_entities or []
        start = _behind_word(text, 0)
        command = Command(
            name=order["name"],
            words=order["argument"],
            html=formatted(text, entities, start),
            html_behind=formatted(text, entities, _behind_word(text, start)),
            kind=kind_of(message) or "other",
            file_id=content(message).file_id,
            album=message.media_group_id,
            passed_on=passed_on(message),
        )
        return {"command": command}


async def by_drafter(message: Message, desk: Profile) -> bool:
    """Whether somebody wrote it who may write notices, in their own name."""
    somebody = message.from_user
    return somebody is not None and message.sender_chat is None and may(desk, somebody.id, Right.DRAFT)


class OfConversation(Filter):
    """A press of one of the conversations, as `press`."""

    def __init__(self, prefixes: Iterable[str]) -> None:
        self._prefixes = frozenset(prefixes)

    async def __call__(self, query: CallbackQuery) -> bool | dict[str, Any]:
        press = read_press(query)
        return {"press": press} if press is not None and press.prefix in self._prefixes else False


def build(conversations: Iterable[type[Conversation]]) -> Router:
    """The managers' router; whether somebody is one is asked when the work runs."""
    conversations = tuple(conversations)
    router = Router(name="managers")
    for observer in (router.message, router.edited_message, router.callback_query):
        observer.filter(or_f(Private(), InGroup()))
    names = {said.split()[0] for each in conversations for said in each.COMMANDS}
    router.message.register(commanded, ManagerCommand(names))
    router.edited_message.register(edited, by_drafter, ManagerCommand(names))
    router.callback_query.register(pressed, OfConversation(each.PRESSES for each in conversations))
    return router


async def commanded(message: Message, event_from_user: User, desk: Profile, command: Command) -> Work:
    """A conversation's command; a file is fetched for managers only."""
    somebody, place = author(message, event_from_user), where(message)
    if may(desk, somebody.telegram_id, Right.MANAGE):
        command = replace(command, file=await attached(message))

    def work(rooms: Rooms) -> None:
        rooms.managers_side.command(somebody, place, command)

    return work


async def edited(edited_message: Message, event_from_user: User) -> Work:
    """A conversation's command that was written differently afterwards."""
    somebody, place = person(event_from_user), where(edited_message)
    return lambda rooms: rooms.managers_side.edited(somebody, place)


async def pressed(callback_query: CallbackQuery, event_from_user: User, desk: Profile, press: Press) -> Work:
    """A press of a conversation; Telegram is asked for the balance only for those who may spend it."""
    somebody, place = person(event_from_user), where_pressed(callback_query)
    if desk.paid is not None and asks_for_stars(press) and may(desk, somebody.telegram_id, Right.DRAFT):
        press = replace(press, stars=await balance(callback_query.bot))
    return lambda rooms: rooms.managers_side.pressed(somebody, place, press)


def formatted(text: str, entities: list[MessageEntity], start: int) -> str:
    """The text from a position on as HTML, with the formatting that lies there."""
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


def _behind_word(text: str, start: int) -> int:
    """The position behind the next word."""
    word = (text[start:].split(maxsplit=1) or [""])[0]
    end = text.index(word, start) + len(word)
    return len(text) - len(text[end:].lstrip())
