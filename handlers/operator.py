"""Handlers of what happens in the operators' group."""

from dataclasses import replace

from aiogram import Router
from aiogram.types import CallbackQuery, Message, MessageReactionUpdated, User

from desk.authority import Right, may
from desk.profile import Profile
from handlers.colleagues import members_mentioned
from handlers.filters import AnyCommand, InGroup, Pressed, Service, TextMessage, passed_on
from handlers.manager_messages import spoken_by_manager
from handlers.membership import noticing_topics
from handlers.reading import emoji_of, kind_of, operator, person, spoken, where
from handlers.work import Rooms, Work
from tickets.operator_side.inside import parted
from tickets.operator_side.operator_message import OperatorMessage
from tickets.ticket import Place

SUPERGROUPS = -(10**12)
"""Numbers of supergroups are below this."""


def build() -> Router:
    """The operators' router."""
    router = Router(name="operator")
    for observer in (router.message, router.edited_message, router.callback_query, router.message_reaction):
        observer.filter(InGroup())
    router.message.middleware(noticing_topics)
    router.message.register(said, TextMessage())
    router.message.register(migrated, Service("migrate_to_chat_id"))
    router.message.register(made, Service("forum_topic_created"))
    router.message.register(renamed, Service("forum_topic_edited"))
    router.message.register(closed, Service("forum_topic_closed"))
    router.message.register(reopened, Service("forum_topic_reopened"))
    router.message.register(ordered, AnyCommand())
    router.message.register(said)
    router.edited_message.register(edited)
    router.callback_query.register(card, Pressed("card", numbers=("customer",)))
    router.callback_query.register(hinted, Pressed("hint", "send", numbers=("question",)))
    router.callback_query.register(shown, Pressed("hint", "faq", numbers=("customer",)))
    router.callback_query.register(proposed, Pressed("hint", "propose", numbers=("asked", "replied")))
    router.callback_query.register(dropped, Pressed("hint", "drop"))
    router.message_reaction.register(reacted)
    return router


async def ordered(message: Message, desk: Profile, bot_id: int, name: str, argument: str) -> Work | None:
    """A command, known or not; one for another bot is left alone, one that was passed on is none."""
    if kind_of(message) is None or _by_bot(message) or "@" in name:
        return None
    if passed_on(message):
        return await said(message, desk, bot_id)
    heard = spoken(message, bot_id)
    return lambda rooms: rooms.operator_side.command(heard, name, argument)


async def said(message: Message, desk: Profile, bot_id: int) -> Work | None:
    """Any other message; a manager may be answering a question of ours."""
    if kind_of(message) is None or _by_bot(message):
        return None
    heard = await _heard(message, bot_id)
    sender = message.from_user
    if sender is None or message.sender_chat is not None or not _may_answer_us(heard, desk):
        return lambda rooms: rooms.operator_side.hear(heard)
    place, told = where(message), await spoken_by_manager(message)

    def manager_said(rooms: Rooms) -> None:
        if not rooms.managers_side.hear(person(sender), place, told):
            rooms.operator_side.hear(heard)

    return manager_said


async def edited(edited_message: Message, bot_id: int) -> Work | None:
    """An edited message."""
    if kind_of(edited_message) is None or _by_bot(edited_message):
        return None
    heard = await _heard(edited_message, bot_id)
    return lambda rooms: rooms.operator_edits.edited(heard)


async def card(callback_query: CallbackQuery, event_from_user: User, words: list[str], customer: int) -> Work:
    """A press under a card."""
    presser, action = operator(event_from_user, None), ":".join(words)
    return lambda rooms: rooms.card_presses.pressed(presser, action, customer)


async def hinted(
    callback_query: CallbackQuery,
    event_from_user: User,
    words: list[str],
    question: int,
) -> Work:
    """A press on a suggested answer."""
    presser, place = operator(event_from_user, None), pressed_at(callback_query)
    return lambda rooms: rooms.suggestions.pressed(presser, ":".join(words), question, place)


def pressed_at(callback_query: CallbackQuery) -> Place:
    """The place of the message with the pressed button; the filter has seen that there is one."""
    message = callback_query.message
    if message is None:
        raise ValueError("a press under a message that nobody can see")
    return Place(message.chat.id, message.message_id)


async def shown(callback_query: CallbackQuery, event_from_user: User, customer: int) -> Work:
    """A press that shows a reply as an entry."""
    return lambda rooms: rooms.entry_from_reply.preview(customer)


async def proposed(callback_query: CallbackQuery, event_from_user: User, asked: int, replied: int) -> Work:
    """A press that offers the entry to managers."""
    presser, place = operator(event_from_user, None), pressed_at(callback_query)
    return lambda rooms: rooms.entry_from_reply.propose(presser, asked, replied, place)


async def dropped(callback_query: CallbackQuery) -> Work:
    """A press that drops the entry."""
    place = pressed_at(callback_query)

    def work(rooms: Rooms) -> None:
        rooms.entry_from_reply.drop(place)

    return work


async def reacted(message_reaction: MessageReactionUpdated) -> Work:
    """A reaction to a customer's message."""
    place = Place(message_reaction.chat.id, message_reaction.message_id)
    emoji = emoji_of(message_reaction)
    if emoji is None and message_reaction.new_reaction:
        return lambda rooms: rooms.reactions.cannot_react(place, by_customer=False)
    return lambda rooms: rooms.reactions.reacted(place, emoji, by_customer=False)


async def made(message: Message, bot_id: int) -> Work | None:
    """A topic was made; only those that the bot made matter."""
    thread_id, created = message.message_thread_id, message.forum_topic_created
    if thread_id is None or created is None or message.from_user is None or message.from_user.id != bot_id:
        return None
    return lambda rooms: rooms.topic_changes.made(message.chat.id, thread_id, created.name)


async def renamed(message: Message, bot_id: int) -> Work | None:
    """A topic was renamed, by us or by hand; a new icon alone is nothing to us."""
    chat_id, thread_id, edited = message.chat.id, message.message_thread_id, message.forum_topic_edited
    if thread_id is None or edited is None or not edited.name:
        return None
    name, by_us = edited.name, message.from_user is not None and message.from_user.id == bot_id

    def work(rooms: Rooms) -> None:
        told = rooms.topic_changes.renamed_by_us if by_us else rooms.topic_changes.renamed
        told(chat_id, thread_id, name)

    return work


async def closed(message: Message) -> Work | None:
    """A topic was closed by hand."""
    return _topic(message, closed=True)


async def reopened(message: Message) -> Work | None:
    """A topic was reopened by hand."""
    return _topic(message, closed=False)


async def migrated(message: Message) -> Work | None:
    """The group has become a supergroup; a group that is one already becomes nothing else."""
    old, new = message.chat.id, message.migrate_to_chat_id
    if new is None or new >= SUPERGROUPS or message.chat.type != "group":
        return None
    return lambda rooms: rooms.moved(old, new)


async def _heard(message: Message, bot_id: int) -> OperatorMessage:
    heard = spoken(message, bot_id)
    return replace(heard, members=await members_mentioned(message.bot, heard))


def _may_answer_us(heard: OperatorMessage, desk: Profile) -> bool:
    """Whether it may be a manager's answer: no reply to somebody else, and no note."""
    incoming = heard.incoming
    manager = may(desk, heard.operator.telegram_id, Right.DRAFT)
    return manager and incoming.reply_to is None and parted(incoming.content) is not None


def _topic(message: Message, *, closed: bool) -> Work | None:
    chat_id, thread_id = message.chat.id, message.message_thread_id
    if thread_id is None:
        return None

    def work(rooms: Rooms) -> None:
        rooms.topic_changes.shut(chat_id, thread_id, closed=closed)

    return work


def _by_bot(message: Message) -> bool:
    """Whether a bot wrote it; an anonymous administrator, who writes as a chat, is no bot."""
    sender = message.from_user
    return message.sender_chat is None and sender is not None and sender.is_bot
