"""What all sending methods share: where to, in answer to what, with which keyboard, and the right to."""

from dataclasses import dataclass

from sandbox.accounts import Json
from sandbox.api import keyboards
from sandbox.api.access import member_of, reached, thread_of, writable
from sandbox.api.registry import Request, is_true
from sandbox.api.replying import asked_reply, reply_of
from sandbox.chats import Chat, Message
from sandbox.content.texts import MAX_CAPTION, Draft, read
from sandbox.delivery import view
from sandbox.errors import ApiError, Refusal
from sandbox.posting import Author, post

RIGHTS = {
    "animation": ("can_send_other_messages", "animations"),
    "audio": ("can_send_audios", "music"),
    "contact": ("can_send_messages", "contacts"),
    "dice": ("can_send_other_messages", "dice"),
    "document": ("can_send_documents", "documents"),
    "venue": ("can_send_messages", "venues"),
    "location": ("can_send_messages", "locations"),
    "photo": ("can_send_photos", "photos"),
    "poll": ("can_send_polls", "polls"),
    "sticker": ("can_send_other_messages", "stickers"),
    "text": ("can_send_messages", "text messages"),
    "video": ("can_send_videos", "videos"),
    "video_note": ("can_send_video_notes", "video notes"),
    "voice": ("can_send_voice_notes", "voice notes"),
}
"""What a restricted member has to be allowed, and what the refusal calls it (td MessageContent.cpp:6167)."""


@dataclass(frozen=True)
class Envelope:
    """A checked place for a message: nothing is written before all of it is known to be right."""

    chat: Chat
    thread: int | None
    reply: Json | None
    extra: Json


def envelope(request: Request, chat_id: int | str, thread_id: int | None) -> Envelope:
    """Refuses in Telegram's order: what cannot be read, the chat, the topic, the message answered."""
    markup = keyboards.read(request.params.get("reply_markup"))
    reply = asked_reply(request)
    chat = writable(request, chat_id)
    thread = thread_of(request, chat, thread_id)
    replied = reply_of(request, reply, chat, thread)
    extra: Json = {}
    kept = keyboards.settled(markup, chat)
    if kept and "inline_keyboard" in kept:
        extra["reply_markup"] = kept
    elif kept:
        extra["_markup"] = kept["_other"]
    if is_true(request.params.get("protect_content")):
        extra["has_protected_content"] = True
    if request.params.get("message_effect_id"):
        if chat.kind != "private":
            raise ApiError(Refusal.EFFECT_INVALID)
        extra["effect_id"] = request.params["message_effect_id"]
    return Envelope(chat, thread, replied, extra)


def send(request: Request, to: Envelope, content: Json) -> Message:
    """Post as the bot; the answer is the message as the bot sees it."""
    return view(put(request, to, content), request.bot)


def put(request: Request, to: Envelope, content: Json) -> Message:
    """Post as the bot, if it may send this and whoever it is for lets it."""
    permitted(request, to.chat, content)
    reached(to.chat)
    author = Author.of(request.bot, to.chat)
    return post(request.world, to.chat, author, content | to.extra, thread=to.thread, reply=to.reply)


def permitted(request: Request, chat: Chat, content: Json) -> None:
    """Whether a restricted bot may send such a thing."""
    if chat.kind == "private" or member_of(request, chat).status != "restricted":
        return
    kind = next((kind for kind in RIGHTS if kind in content), "text")
    right, what = RIGHTS[kind]
    if not member_of(request, chat).rights.get(right, False):
        raise ApiError(Refusal.NO_RIGHT_TO_SEND, what=what)


def caption_read(source: Json) -> Draft:
    """The caption of a request, or of one item of an album, as it can be read before anything else."""
    return read(source.get("caption") or "", source.get("parse_mode"), source.get("caption_entities"))


def caption_of(request: Request, draft: Draft, source: Json | None = None) -> Json:
    """Caption fields out of what was read."""
    params = request.params if source is None else source
    text, entities = draft.settled(request.world.accounts.get, MAX_CAPTION, fancy=request.bot.fancy)
    if not text:
        return {}
    fields: Json = {"caption": text} | ({"caption_entities": entities} if entities else {})
    above = is_true(params.get("show_caption_above_media"))
    return fields | ({"show_caption_above_media": True} if above else {})
