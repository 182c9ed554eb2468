"""What all sending methods share: where to, in answer to what, with which keyboard."""

from dataclasses import dataclass

from sandbox.accounts import Json
from sandbox.api.access import thread_of, writable
from sandbox.api.keyboards import checked
from sandbox.api.registry import Request
from sandbox.api.replying import reply_of
from sandbox.chats import Chat, Message
from sandbox.content.texts import MAX_CAPTION, text_of
from sandbox.delivery import view
from sandbox.posting import Author, post


@dataclass(frozen=True)
class Envelope:
    """A checked place for a message: nothing is written before all of it is known to be right."""

    chat: Chat
    thread: int | None
    reply: Json | None
    extra: Json


def envelope(request: Request, chat_id: int | str, thread_id: int | None) -> Envelope:
    chat = writable(request, chat_id)
    thread = thread_of(request, chat, thread_id)
    extra: Json = {}
    markup = checked(request.params.get("reply_markup"))
    if markup and "inline_keyboard" in markup:
        extra["reply_markup"] = markup
    elif markup:
        extra["_markup"] = markup["_other"]
    if str(request.params.get("protect_content", "")).lower() in {"true", "1"}:
        extra["has_protected_content"] = True
    if request.params.get("message_effect_id"):
        extra["effect_id"] = request.params["message_effect_id"]
    return Envelope(chat, thread, reply_of(request, chat, thread), extra)


def send(request: Request, to: Envelope, content: Json) -> Message:
    """Post as the bot; the answer is the message as the bot sees it."""
    return view(put(request, to, content), request.bot)


def put(request: Request, to: Envelope, content: Json) -> Message:
    author = Author.of(request.bot, to.chat)
    return post(request.world, to.chat, author, content | to.extra, thread=to.thread, reply=to.reply)


def caption_of(request: Request, source: Json | None = None) -> Json:
    """Caption fields out of a request, or out of one item of an album."""
    params = request.params if source is None else source
    if not params.get("caption"):
        return {}
    text, entities = text_of(
        params["caption"],
        params.get("parse_mode"),
        params.get("caption_entities"),
        request.world.accounts.get,
        MAX_CAPTION,
    )
    if not text:
        return {}
    fields: Json = {"caption": text} | ({"caption_entities": entities} if entities else {})
    above = params.get("show_caption_above_media")
    return fields | ({"show_caption_above_media": True} if str(above).lower() == "true" else {})
