"""Handlers of customers' messages and presses in private chats."""

from aiogram import Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message, MessageReactionUpdated, User

from desk.authority import Right, may
from desk.profile import Profile
from handlers.filters import BareCommand, Pressed, Private
from handlers.manager_messages import spoken_by_manager
from handlers.reading import emoji_of, incoming, kind_of, person, where
from handlers.work import FaqWork, Plain, Rooms, Work
from tickets.ticket import Place


def build() -> Router:
    """The customers' router."""
    router = Router(name="customer")
    for observer in (router.message, router.edited_message, router.callback_query):
        observer.filter(Private())
    router.message.register(start, CommandStart())
    router.message.register(show_help, Command("help"))
    router.message.register(operator, Command("operator"))
    router.message.register(complaint, Command("complaint"))
    router.message.register(language, Command("language"))
    router.message.register(show_help, BareCommand())
    router.message.register(said)
    router.edited_message.register(edited)
    router.callback_query.register(menu, Pressed("menu"))
    router.callback_query.register(picked, Pressed("faq", "pick", numbers=("question", "index")))
    router.callback_query.register(faq, Pressed("faq", numbers=("question",)))
    router.message_reaction.register(reacted, Private())
    return router


async def start(message: Message, command: CommandObject, event_from_user: User) -> Work:
    """/start, perhaps with a deep link's payload."""
    return _do(lambda rooms: rooms.menu.greet(person(event_from_user), command.args))


async def show_help(message: Message, event_from_user: User) -> Work:
    """/help, and any command that we do not have."""
    return _do(lambda rooms: rooms.menu.help(person(event_from_user)))


async def operator(message: Message, command: CommandObject, event_from_user: User) -> Work:
    """/operator, perhaps with a message behind it."""
    someone = person(event_from_user)
    if command.args:
        return _do(lambda rooms: rooms.triage.hand_over(someone, incoming(message)))
    return _do(lambda rooms: rooms.menu.call_person(someone))


async def complaint(message: Message, command: CommandObject, event_from_user: User) -> Work:
    """/complaint, perhaps with a message behind it."""
    someone = person(event_from_user)
    if command.args:
        return _do(lambda rooms: rooms.triage.hand_over(someone, incoming(message), complaint=True))
    return _do(lambda rooms: rooms.menu.call_person(someone, complaint=True))


async def language(message: Message, event_from_user: User) -> Work:
    """/language."""
    return _do(lambda rooms: rooms.menu.ask_language(person(event_from_user)))


async def said(message: Message, event_from_user: User, desk: Profile) -> Work | None:
    """Any other message; a manager may be answering a question of ours."""
    if kind_of(message) is None:
        return None
    someone, heard = person(event_from_user), incoming(message)

    def wants(rooms: Rooms) -> tuple[str, str] | None:
        return rooms.triage.will_ask(someone, heard.content)

    if not may(desk, someone.telegram_id, Right.DRAFT):
        return FaqWork(wants, _do(lambda rooms: rooms.triage.hear(someone, heard)))
    place, told = where(message), await spoken_by_manager(message)

    def manager_said(rooms: Rooms) -> None:
        if not rooms.managers_side.hear(someone, place, told):
            rooms.triage.hear(someone, heard)

    return FaqWork(wants, manager_said)


async def edited(edited_message: Message) -> Work | None:
    """An edited message."""
    if kind_of(edited_message) is None:
        return None
    return _do(lambda rooms: rooms.triage.edited(incoming(edited_message)))


async def menu(
    callback_query: CallbackQuery, event_from_user: User, words: list[str], message_id: int
) -> Work | None:
    """A press in the menu."""
    someone = person(event_from_user)
    match words:
        case ["section", tag]:
            return _do(lambda rooms: rooms.menu.show_section(someone, tag))
        case ["entry", tag]:
            return _do(lambda rooms: rooms.menu.show_entry(someone, tag))
        case ["person"]:
            return _do(lambda rooms: rooms.menu.call_person(someone))
        case ["complain"]:
            return _do(lambda rooms: rooms.menu.call_person(someone, complaint=True))
        case ["language", chosen]:
            return _do(lambda rooms: rooms.menu.speak(someone, chosen))
    return None


async def faq(
    callback_query: CallbackQuery, event_from_user: User, words: list[str], question: int, message_id: int
) -> Work | None:
    """A press under an answer or a choice."""
    someone = person(event_from_user)
    match words:
        case ["helped"]:
            return lambda rooms: rooms.triage.helped(someone, question, message_id)
        case ["person"]:
            return lambda rooms: rooms.triage.not_helped(someone, question, message_id)
    return None


async def picked(
    callback_query: CallbackQuery, event_from_user: User, question: int, index: int, message_id: int
) -> Work:
    """A press on one of the offered questions."""
    return lambda rooms: rooms.triage.choose(person(event_from_user), question, index, message_id)


async def reacted(message_reaction: MessageReactionUpdated) -> Work:
    """A reaction to a message of ours."""
    place = Place(message_reaction.chat.id, message_reaction.message_id)
    emoji = emoji_of(message_reaction)
    if emoji is None and message_reaction.new_reaction:
        return _do(lambda rooms: rooms.operator_side.cannot_react(place, by_customer=True))
    return _do(lambda rooms: rooms.operator_side.reacted(place, emoji, by_customer=True))


def _do(act: Plain) -> Plain:
    """The work of a press that shows no toast."""

    def work(rooms: Rooms) -> None:
        act(rooms)

    return work
