"""Reads whose words a message passes on, what it answers in another chat, and the name of an unusual kind."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import (
    Chat,
    ExternalReplyInfo,
    Message,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
)

from desk.content import Origin
from desk.formatted import cut
from desk.kinds import NAMED
from desk.people import tamed

NAME_LIMIT = 64
UNKNOWN = "unknown"
"""What aiogram calls the kinds that Telegram adds one day."""


def origin_of(message: Message) -> Origin | None:
    """Whose words it passes on, or what it answers in another chat; None if neither."""
    if message.forward_origin is not None:
        return Origin(how="forwarded", **_whose(message.forward_origin, message))
    if message.external_reply is not None:
        answered = message.external_reply
        return Origin(how="answers", kind=_kind(answered), **_whose(answered.origin, message))
    if message.reply_to_story is not None:
        return Origin(how="answers", kind="story", **_chat(message.reply_to_story.chat))
    return None


def unusual(message: Message) -> str:
    """The name of a kind that can only be passed on; of one nobody has listed, Telegram's own."""
    if message.content_type != UNKNOWN:
        return ContentType(message.content_type).value
    return next((name for name in message.model_extra or {}), UNKNOWN)


def _whose(origin: Any, message: Message) -> dict[str, Any]:
    match origin:
        case MessageOriginUser(sender_user=user):
            sender = message.from_user
            own = sender is not None and sender.id == user.id and message.sender_chat is None
            return {"name": _name(user.full_name), "own": own}
        case MessageOriginHiddenUser(sender_user_name=name):
            return {"name": _name(name)}
        case MessageOriginChat(sender_chat=chat) | MessageOriginChannel(chat=chat):
            return _chat(chat)
    return {"name": "…"}


def _chat(chat: Chat) -> dict[str, Any]:
    return {"name": _name(chat.full_name), "public": chat.type == "channel" and chat.username is not None}


def _kind(answered: ExternalReplyInfo) -> str:
    found = (kind for kind in NAMED if getattr(answered, kind, None) is not None)
    kinds = set(found)  # an animation bears a document too, a live photo a photo, a venue a location
    for kind, beside in (("animation", "document"), ("live_photo", "photo"), ("venue", "location")):
        if kind in kinds:
            kinds.discard(beside)
    return min(kinds, default="")


def _name(name: str) -> str:
    return cut(tamed(name), NAME_LIMIT)
