"""Editing what the bot wrote before."""

from aiogram.methods import (
    EditMessageCaption,
    EditMessageMedia,
    EditMessageReplyMarkup,
    EditMessageText,
)

from sandbox.accounts import Json
from sandbox.api import keyboards
from sandbox.api.access import addressed, member_of, message_of, reached
from sandbox.api.media import file_content
from sandbox.api.registry import Request, method
from sandbox.api.sending import caption_of, caption_read
from sandbox.api.texts import text_content, text_read
from sandbox.changing import rewrite
from sandbox.chats import Chat, Message
from sandbox.delivery import is_service, view
from sandbox.errors import ApiError, Refusal

CAPTIONED = ("photo", "video", "voice", "document", "audio", "animation")
ALONE = frozenset({"document", "audio"})
ALBUMS = frozenset({"photo", "video"}) | ALONE
CAPTION = ("caption", "caption_entities", "show_caption_above_media")


@method(EditMessageText)
def edit_message_text(request: Request, asked: EditMessageText) -> Message:
    draft = text_read(request, asked.text or "")
    chat, message = editable(request, asked.chat_id, asked.message_id)
    if "text" not in message:
        raise ApiError(Refusal.NO_TEXT_TO_EDIT)
    content = text_content(request, draft)
    return apply(request, chat, message, content, ("text", "entities", "link_preview_options"))


@method(EditMessageCaption)
def edit_message_caption(request: Request, asked: EditMessageCaption) -> Message:
    draft = caption_read(request.params)
    chat, message = editable(request, asked.chat_id, asked.message_id)
    if not any(kind in message for kind in CAPTIONED):
        raise ApiError(Refusal.NO_CAPTION_TO_EDIT)
    return apply(request, chat, message, caption_of(request, draft), CAPTION)


@method(EditMessageMedia)
def edit_message_media(request: Request, asked: EditMessageMedia) -> Message:
    item: Json = request.params["media"]
    draft = caption_read(item)
    chat, message = editable(request, asked.chat_id, asked.message_id)
    if not any(kind in message for kind in (*CAPTIONED, "text")):
        raise ApiError(Refusal.CANNOT_EDIT)
    if message.get("media_group_id") and item["type"] not in message:
        if item["type"] not in ALBUMS:
            raise ApiError(Refusal.ALBUM_UNFIT)
        if item["type"] in ALONE or not ALONE.isdisjoint(message):
            raise ApiError(Refusal.ALBUM_CHANGED)
    content = file_content(request, item["type"], item, "media") | caption_of(request, draft, item)
    replaced = (*CAPTIONED, "text", "entities", "link_preview_options", "has_media_spoiler", *CAPTION)
    return apply(request, chat, message, content, replaced)


@method(EditMessageReplyMarkup)
def edit_message_reply_markup(request: Request, asked: EditMessageReplyMarkup) -> Message:
    chat, message = editable(request, asked.chat_id, asked.message_id)
    return apply(request, chat, message, {}, ())


def editable(
    request: Request,
    chat_id: int | str | None,
    message_id: int | None,
    foreign: Refusal = Refusal.CANNOT_EDIT,
) -> tuple[Chat, Message]:
    if chat_id is None:
        raise ApiError(Refusal.CHAT_ID_EMPTY)
    if message_id is None:
        raise ApiError(Refusal.MESSAGE_ID_MISSING)
    keyboards.read(request.params.get("reply_markup"))
    chat = addressed(request, chat_id)
    message = message_of(chat, message_id, Refusal.EDIT_NOT_FOUND)
    own = message["_by"] == request.bot.id
    if chat.kind == "channel" and not own:
        own = member_of(request, chat).may("can_edit_messages")
    keyboard = "remove_keyboard" not in message.get("_markup", {"remove_keyboard": True})
    if not own or is_service(message) or "forward_origin" in message or keyboard:
        raise ApiError(foreign)
    return chat, message


def apply(
    request: Request, chat: Chat, message: Message, content: Json, replaced: tuple[str, ...]
) -> Message:
    """Put the new content in; an edit without a keyboard takes the keyboard away."""
    markup = keyboards.settled(request.params.get("reply_markup"), chat, edit=True)
    wanted = content | ({"reply_markup": markup} if markup else {})
    fields = (*replaced, "reply_markup")
    if all(message.get(name) == wanted.get(name) for name in fields):
        raise ApiError(Refusal.NOT_MODIFIED)
    reached(chat)
    only_markup = all(message.get(name) == wanted.get(name) for name in replaced)
    rewrite(request.world, chat, message, wanted, fields, quiet=only_markup)
    return view(message, request.bot)
