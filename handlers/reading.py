"""Reads Telegram's messages into our own values."""

from typing import Any

from aiogram.types import (
    CallbackQuery,
    Chat,
    MaybeInaccessibleMessageUnion,
    Message,
    MessageEntity,
    MessageReactionUpdated,
    Poll,
    ReactionTypeEmoji,
    User,
)

from desk import post
from desk.content import Content, Entity, trace_of
from desk.kinds import CAPTIONED, FACTS, MEDIA, UNUSUAL
from desk.people import Operator, Person, tamed
from handlers.origins import UNKNOWN, origin_of, unusual
from tickets.operator_side.operator_message import OperatorMessage
from tickets.relay import IncomingMessage
from tickets.ticket import Place

MASKED = "otklik.masked"
"""Under this name the door in says in which fields of a message it has hidden something."""
JOINED = "otklik.joined"
"""Under this name whoever reads several messages as one says which they were."""
QUIZ = ("type", "correct_option_ids", "explanation", "explanation_entities")
POLL = (
    *QUIZ,
    *str.split("question question_entities options is_anonymous allows_multiple_answers allows_revoting"),
)


def person(user: User, message: MaybeInaccessibleMessageUnion | None = None) -> Person:
    """Somebody as Telegram shows them; the message tells in which topic of a private chat they are."""
    in_topic = isinstance(message, Message) and message.is_topic_message and message.chat.type == "private"
    return Person(
        telegram_id=user.id,
        first_name=user.first_name,
        last_name=user.last_name,
        username=user.username,
        language_code=user.language_code,
        thread_id=message.message_thread_id if in_topic and isinstance(message, Message) else None,
    )


def operator(user: User | None, sender_chat: Chat | None) -> Operator:
    """Whoever wrote in the group; an anonymous administrator has the group's name and id."""
    if sender_chat is not None:
        return Operator(telegram_id=sender_chat.id, name=tamed(sender_chat.title or ""))
    if user is None:
        raise ValueError("a group message comes from a person or from a chat")
    return Operator(telegram_id=user.id, name=tamed(user.full_name), username=user.username)


def kind_of(message: Message) -> str | None:
    """Telegram's name of the kind; "other" for what can only be copied, None for a service message."""
    if message.text is not None:
        return "text"
    for kind in (*MEDIA, *FACTS):
        if getattr(message, kind) is not None:
            return kind
    return "other" if message.content_type in {*UNUSUAL, UNKNOWN} else None


def content(message: Message) -> Content:
    """The content of a message."""
    kind = kind_of(message) or "other"
    entities = message.entities if kind == "text" else message.caption_entities
    masked, parts = ((message.model_extra or {}).get(name, ()) for name in (MASKED, JOINED))
    quote, extra = message.quote, _extra(message, kind)
    text = message.text or (message.caption or "" if kind in CAPTIONED else "")
    return Content(
        kind=kind,
        text=text,
        entities=tuple(_entity(each) for each in entities or ()),
        file_id=_file_id(message, kind),
        album=message.media_group_id,
        quote=None if quote is None else quote.text,
        quote_entities=() if quote is None else tuple(_entity(each) for each in quote.entities or ()),
        extra=extra,
        masked=bool(masked),
        withheld=(kind in masked and kind in MEDIA) or (bool(masked) and kind == "other"),
        origin=origin_of(message),
        trace=None if parts else trace_of(text, extra),
        parts=tuple((number, length) for number, length in parts),
    )


def author(message: Message, user: User) -> Person:
    """Whoever wrote as a person; an anonymous administrator has the group's id and no rights."""
    chat = message.sender_chat
    return person(user) if chat is None else Person(telegram_id=chat.id, first_name=chat.title or "")


def where(message: Message) -> post.Chat:
    """The chat and topic of a message; replies in General have a thread id but no topic."""
    return post.Chat(message.chat.id, message.message_thread_id if message.is_topic_message else None)


def where_pressed(query: CallbackQuery) -> post.Chat:
    """The chat and topic of a pressed button; of a message that is too old only the chat is known."""
    if query.message is None:
        raise ValueError("a press whose message is not told has no place")
    return where(query.message) if isinstance(query.message, Message) else post.Chat(query.message.chat.id)


def incoming(message: Message) -> IncomingMessage:
    """A message with its place and the place of what it answers."""
    answered = answered_message(message)
    return IncomingMessage(
        place=Place(message.chat.id, message.message_id),
        content=content(message),
        reply_to=None if answered is None else Place(message.chat.id, answered.message_id),
    )


def answered_message(message: Message) -> Message | None:
    """The message that was replied to by hand; in a topic every message replies to its creation."""
    answered = message.reply_to_message
    if answered is None or answered.forum_topic_created is not None:
        return None
    return answered


def spoken(message: Message, bot_id: int) -> OperatorMessage:
    """A message in the operators' group."""
    return OperatorMessage(
        operator=operator(message.from_user, message.sender_chat),
        incoming=incoming(message),
        thread_id=message.message_thread_id if message.is_topic_message else None,
        answers=_answers(message, bot_id),
        below_us=_below_us(message, bot_id),
        forum=bool(message.chat.is_forum),
    )


def emoji_of(reaction: MessageReactionUpdated) -> str | None:
    """The emoji of a reaction; None for one that a bot cannot repeat."""
    return next((each.emoji for each in reaction.new_reaction if isinstance(each, ReactionTypeEmoji)), None)


def _below_us(message: Message, bot_id: int) -> bool:
    """Whether the bot made the topic; a message tells that only where it answers nothing else."""
    root = message.reply_to_message
    made = root is not None and root.forum_topic_created is not None
    return made and root is not None and root.from_user is not None and root.from_user.id == bot_id


def _answers(message: Message, bot_id: int) -> Any:
    answered = answered_message(message)
    if answered is None:
        return "nobody"
    if answered.from_user is not None and answered.from_user.id == bot_id:
        return "us"
    mine = operator(message.from_user, message.sender_chat).telegram_id
    theirs = answered.sender_chat.id if answered.sender_chat else answered.from_user and answered.from_user.id
    # Anonymous administrators all bear the group's id; their titles may tell them apart.
    same = mine == theirs and message.author_signature == answered.author_signature
    return "self" if same else "colleague"


def _entity(entity: MessageEntity) -> Entity:
    return entity.model_dump(mode="json", exclude_none=True)


def _file_id(message: Message, kind: str) -> str | None:
    if kind == "photo":
        return message.photo[-1].file_id if message.photo else None
    media = getattr(message, kind) if kind in MEDIA else None
    return None if media is None else str(media.file_id)


def _extra(message: Message, kind: str) -> dict[str, Any]:
    if kind == "text" and message.link_preview_options is not None:
        return {"link_preview_options": message.link_preview_options.model_dump(exclude_unset=True)}
    if kind == "poll" and message.poll is not None:
        return _poll(message.poll)
    if kind == "venue" and message.venue is not None:
        flat = message.venue.model_dump(mode="json", exclude_none=True)
        return {**flat, **flat.pop("location")}
    if kind == "other":
        return {"named": unusual(message)}
    if kind == "sticker" and message.sticker is not None and message.sticker.emoji:
        return {"emoji": message.sticker.emoji}
    if kind in FACTS:
        dumped: dict[str, Any] = getattr(message, kind).model_dump(mode="json", exclude_none=True)
        return dumped
    looks = {
        "has_spoiler": message.has_media_spoiler,
        "show_caption_above_media": message.show_caption_above_media,
    }
    return {name: True for name, value in looks.items() if value}


def _poll(poll: Poll) -> dict[str, Any]:
    """The fields to ask a poll anew; a quiz without a known right answer becomes a plain poll."""
    asked = poll.model_dump(mode="json", exclude_none=True, include=set(POLL))
    asked["options"] = [
        {name: option[name] for name in ("text", "text_entities") if name in option}
        for option in asked["options"]
    ]
    if poll.correct_option_ids is None:
        for name in QUIZ:
            asked.pop(name, None)
    return asked
