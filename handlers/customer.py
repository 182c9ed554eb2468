"""Handlers of customers' messages and presses in private chats."""

from collections.abc import Callable

from aiogram import Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message, MessageReactionUpdated, PollAnswer, User

from desk.authority import Right, may
from desk.conversation import number
from desk.people import Person
from desk.profile import Profile
from handlers.filters import BareCommand, Machine, Pressed, Private, TextMessage
from handlers.manager_messages import spoken_by_manager
from handlers.reading import emoji_of, incoming, kind_of, person, where
from handlers.work import FaqWork, Plain, Rooms, Work
from tickets.customer_side.edits import SOON
from tickets.customer_side.menu import PAYLOAD
from tickets.ticket import Place


def build() -> Router:
    """The customers' router."""
    router = Router(name="customer")
    for observer in (router.message, router.edited_message, router.callback_query):
        observer.filter(Private())
    router.message.register(machine, Machine())
    router.edited_message.register(machine_edited, Machine())
    router.message.register(said, TextMessage())
    router.message.register(start, CommandStart())
    router.message.register(show_help, Command("help"))
    router.message.register(operator, Command("operator"))
    router.message.register(complaint, Command("complaint"))
    router.message.register(language, Command("language"))
    router.message.register(unknown, BareCommand())
    router.message.register(said)
    router.edited_message.register(edited)
    router.callback_query.register(menu, Pressed("menu"))
    router.callback_query.register(picked, Pressed("faq", "pick", numbers=("question", "index")))
    router.callback_query.register(faq, Pressed("faq", numbers=("question",)))
    router.message_reaction.register(reacted, Private())
    router.poll_answer.register(voted)
    return router


async def machine(message: Message, event_from_user: User) -> Work | None:
    """Anything that another bot writes, commands too."""
    if kind_of(message) is None:
        return None
    someone, heard = person(event_from_user, message), incoming(message)
    return _do(lambda rooms: rooms.machines.hear(someone, heard))


async def machine_edited(edited_message: Message, event_from_user: User) -> Work | None:
    """What another bot has edited: the copy follows, and nothing is answered."""
    if kind_of(edited_message) is None:
        return None
    someone, heard = person(event_from_user, edited_message), incoming(edited_message)
    return _do(lambda rooms: rooms.edits.edited(someone, heard, soon=False))


async def start(message: Message, command: CommandObject, event_from_user: User) -> Work:
    """/start, perhaps with a deep link's payload; what no link can carry was written by hand."""
    someone, payload = person(event_from_user, message), command.args
    if payload is not None and not PAYLOAD.fullmatch(payload):
        payload = None
    elif message.text is not None:
        return _do(lambda rooms: _started(rooms, someone, payload))
    return _heard_after(message, someone, lambda rooms: rooms.menu.greet(someone, payload))


def _started(rooms: Rooms, someone: Person, payload: str | None) -> None:
    """Greet somebody, unless they came by a link that subscribes."""
    if payload is None or not rooms.subscribing.came(someone, payload):
        rooms.menu.greet(someone, payload)


async def show_help(
    message: Message, command: CommandObject, event_from_user: User, desk: Profile
) -> Work | None:
    """/help; what stands behind it is what help is wanted with."""
    if _more(message, command):
        return await said(message, event_from_user, desk)
    return _do(lambda rooms: rooms.menu.help(person(event_from_user, message)))


async def unknown(message: Message, event_from_user: User) -> Work:
    """A command that we do not have: words for whoever waits for some, else a call for help."""
    someone, heard = person(event_from_user, message), incoming(message)

    def commanded(rooms: Rooms) -> None:
        if not rooms.triage.commanded(someone, heard):
            rooms.menu.help(someone)

    return _do(commanded)


async def operator(message: Message, command: CommandObject, event_from_user: User) -> Work:
    """/operator, perhaps with a message behind it."""
    someone = person(event_from_user, message)
    if _more(message, command):
        return _do(lambda rooms: rooms.triage.hand_over(someone, incoming(message)))
    return _do(lambda rooms: rooms.menu.call_person(someone))


async def complaint(message: Message, command: CommandObject, event_from_user: User) -> Work:
    """/complaint, perhaps with a message behind it."""
    someone = person(event_from_user, message)
    if _more(message, command):
        return _do(lambda rooms: rooms.triage.hand_over(someone, incoming(message), complaint=True))
    return _do(lambda rooms: rooms.menu.call_person(someone, complaint=True))


async def language(message: Message, command: CommandObject, event_from_user: User) -> Work:
    """/language, perhaps with the language's name."""
    someone, named = person(event_from_user, message), command.args or ""
    if not _more(message, command):
        return _do(lambda rooms: rooms.menu.ask_language(someone))
    asked = _heard_after(message, someone, lambda rooms: rooms.menu.ask_language(someone))

    def chosen(rooms: Rooms) -> str | None:
        return None if rooms.menu.speaks(someone, named) else asked(rooms)

    return FaqWork(asked.wants, chosen, asked.text)


async def said(message: Message, event_from_user: User, desk: Profile) -> Work | None:
    """Any other message; a manager may be answering a question of ours."""
    if kind_of(message) is None:
        return None
    someone = person(event_from_user, message)
    heard = _heard_after(message, someone)
    if not may(desk, someone.telegram_id, Right.DRAFT):
        return heard
    place, told = where(message), await spoken_by_manager(message)

    def manager_said(rooms: Rooms) -> None:
        if not rooms.managers_side.hear(someone, place, told):
            heard(rooms)

    return FaqWork(heard.wants, _do(manager_said), heard.text)


async def edited(edited_message: Message, event_from_user: User, desk: Profile) -> Work | None:
    """An edited message; a manager may have edited an answer to a question of ours, which is not kept."""
    if kind_of(edited_message) is None:
        return None
    someone, heard = person(event_from_user, edited_message), incoming(edited_message)
    after = (edited_message.edit_date or 0) - edited_message.date.timestamp()
    soon = after <= SOON.total_seconds() and not may(desk, someone.telegram_id, Right.DRAFT)

    def wants(rooms: Rooms) -> tuple[str, str] | None:
        return rooms.triage.will_ask(someone, heard.content) if soon else None

    drafter, place, html = may(desk, someone.telegram_id, Right.DRAFT), where(edited_message), None
    if drafter:
        html = edited_message.html_text

    def work(rooms: Rooms) -> None:
        if drafter:
            rooms.managers_side.edited(someone, place, html)
        rooms.edits.edited(someone, heard, soon=soon)

    return FaqWork(
        wants,
        _do(work),
        heard.content.asked if soon else "",
    )


async def menu(
    callback_query: CallbackQuery, event_from_user: User, words: list[str], message_id: int
) -> Work | None:
    """A press in the menu."""
    someone = person(event_from_user, callback_query.message)
    match words:
        case ["section", tag]:
            return _do(lambda rooms: rooms.menu.show_section(someone, tag))
        case ["section", tag, page]:
            return _do(lambda rooms: rooms.menu.show_section(someone, tag, number(page) or 0, message_id))
        case ["sections", page]:
            return _do(lambda rooms: rooms.menu.turn_sections(someone, number(page) or 0, message_id))
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
    someone = person(event_from_user, callback_query.message)
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
    someone = person(event_from_user, callback_query.message)
    return lambda rooms: rooms.triage.choose(someone, question, index, message_id)


async def reacted(message_reaction: MessageReactionUpdated) -> Work:
    """A reaction to a message of ours."""
    place = Place(message_reaction.chat.id, message_reaction.message_id)
    emoji = emoji_of(message_reaction)
    if emoji is None and message_reaction.new_reaction:
        return _do(lambda rooms: rooms.reactions.cannot_react(place, by_customer=True))
    return _do(lambda rooms: rooms.reactions.reacted(place, emoji, by_customer=True))


async def voted(poll_answer: PollAnswer) -> Work | None:
    """A vote in a poll that an operator sent."""
    if poll_answer.user is None:
        return None
    someone, chosen = person(poll_answer.user), poll_answer.option_ids
    return _do(lambda rooms: rooms.votes.voted(someone, poll_answer.poll_id, chosen))


def _more(message: Message, command: CommandObject) -> bool:
    """Whether a message holds more than the command: words behind it, or a file above it."""
    return bool(command.args) or message.text is None


def _heard_after(message: Message, someone: Person, before: Callable[[Rooms], None] | None = None) -> FaqWork:
    """The work of taking a message of a customer, after something else if need be."""
    heard = incoming(message)

    def wants(rooms: Rooms) -> tuple[str, str] | None:
        return rooms.triage.will_ask(someone, heard.content)

    def hear(rooms: Rooms) -> None:
        if before is not None:
            before(rooms)
        rooms.triage.hear(someone, heard)

    return FaqWork(wants, _do(hear), heard.content.asked)


def _do(act: Plain) -> Plain:
    """The work of a press that shows no toast."""

    def work(rooms: Rooms) -> None:
        act(rooms)

    return work
