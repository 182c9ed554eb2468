"""Handlers of what people say and press about notices: their subscription, and whether it works again."""

from aiogram import Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject, Filter
from aiogram.types import CallbackQuery, Message, Poll, User

from desk.conversation import Press
from desk.profile import Profile
from handlers.filters import InGroup, Machine, Private, read_press
from handlers.reading import person, where, where_pressed
from handlers.work import Rooms, Work


class OwnPress(Filter):
    """A press that begins with this word, as `press`: in a private chat, or in the operators' group."""

    def __init__(self, prefix: str, *, group: bool = False) -> None:
        self._prefix, self._group = prefix, group

    async def __call__(self, query: CallbackQuery, desk: Profile) -> bool | dict[str, Press]:
        press = read_press(query)
        if press is None or press.prefix != self._prefix:
            return False
        here = await InGroup()(query, desk) if self._group else await Private()(query)
        return {"press": press} if here else False


class BareCommandIn(Filter):
    """One of these commands with nothing behind it: what is more is a message to people."""

    async def __call__(self, message: Message, command: CommandObject) -> bool:
        return not command.args and message.text is not None and not await Machine()(message)


def build() -> Router:
    """The router of notices to people."""
    router = Router(name="audience")
    commands, bare = Command("subscribe", "unsubscribe"), BareCommandIn()
    router.message.register(in_group, commands, bare, InAnyGroup())
    router.message.register(subscribe, Command("subscribe"), bare, Private())
    router.message.register(unsubscribe, Command("unsubscribe"), bare, Private())
    router.callback_query.register(subscription, OwnPress("sub"))
    router.callback_query.register(mail, OwnPress("mail"))
    router.callback_query.register(known, OwnPress("known"))
    router.callback_query.register(works, OwnPress("again"))
    router.callback_query.register(voted, OwnPress("vote"))
    router.poll.register(counted)
    router.callback_query.register(linked, OwnPress("known", group=True))
    return router


class InAnyGroup(Filter):
    """A message in a group, the operators' or any other."""

    async def __call__(self, message: Message) -> bool:
        return message.chat.type in {ChatType.GROUP, ChatType.SUPERGROUP}


async def in_group(message: Message) -> Work:
    """/subscribe or /unsubscribe where several people talk."""
    place = where(message)

    def work(rooms: Rooms) -> None:
        rooms.subscribing.in_group(place)

    return work


async def subscribe(message: Message, event_from_user: User) -> Work:
    """/subscribe."""

    def work(rooms: Rooms) -> None:
        rooms.subscribing.ask(person(event_from_user, message))

    return work


async def unsubscribe(message: Message, event_from_user: User) -> Work:
    """/unsubscribe."""

    def work(rooms: Rooms) -> None:
        rooms.subscribing.stop(person(event_from_user, message))

    return work


async def subscription(callback_query: CallbackQuery, event_from_user: User, press: Press) -> Work:
    """A press about a subscription."""
    someone = person(event_from_user, callback_query.message)
    return lambda rooms: rooms.subscribing.pressed(someone, press)


async def mail(callback_query: CallbackQuery, event_from_user: User, press: Press) -> Work:
    """A press about an address for e-mail."""
    someone = person(event_from_user, callback_query.message)
    return lambda rooms: rooms.offering.pressed(someone, press)


async def known(callback_query: CallbackQuery, event_from_user: User, press: Press) -> Work:
    """A press below how a live incident stands."""
    someone = person(event_from_user, callback_query.message)
    return lambda rooms: rooms.known_presses.pressed(someone, press)


async def works(callback_query: CallbackQuery, event_from_user: User, press: Press) -> Work:
    """A press on whether it works again."""
    someone = person(event_from_user, callback_query.message)
    return lambda rooms: rooms.working_again.pressed(someone, press)


async def voted(callback_query: CallbackQuery, event_from_user: User, press: Press) -> Work:
    """A press on an option of a poll, or one that turns a comment on it into a question."""
    someone = person(event_from_user, callback_query.message)

    def asks(rooms: Rooms) -> None:
        asked = rooms.poll_comments.not_a_comment(someone, press)
        if asked is not None:
            rooms.triage.ask_again(someone, asked)

    return asks if press.action == "question" else lambda rooms: rooms.voting.pressed(someone, press)


async def counted(poll: Poll) -> Work:
    """The votes of a poll that we sent, as they stand now."""
    votes = [(option.text, option.voter_count) for option in poll.options]

    def work(rooms: Rooms) -> None:
        rooms.poll_counted(poll.id, poll.question, votes, poll.total_voter_count, closed=poll.is_closed)

    return work


async def linked(callback_query: CallbackQuery, press: Press) -> Work:
    """An operator's press that links a ticket to an incident."""
    chat_id = where_pressed(callback_query).chat_id
    return lambda rooms: rooms.known_presses.linked(press, chat_id)
