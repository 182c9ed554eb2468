"""copyMessage, forwardMessage and their bulk forms."""

from collections.abc import Callable
from itertools import pairwise

from aiogram.methods import CopyMessage, CopyMessages, ForwardMessage, ForwardMessages

from sandbox.accounts import Json
from sandbox.api.access import message_of, readable
from sandbox.api.editing import CAPTIONED
from sandbox.api.media import SPOKEN, audible
from sandbox.api.registry import Request, method
from sandbox.api.sending import caption_of, caption_read, envelope, permitted, put, send
from sandbox.chats import Chat, Message
from sandbox.content.samples import asked_anew
from sandbox.delivery import is_service
from sandbox.errors import ApiError, Refusal
from sandbox.forwards import UNCOPYABLE, content_of, forwarded

MOST = 100


@method(CopyMessage)
def copy_message(request: Request, asked: CopyMessage) -> Json:
    caption = caption_read(request.params)
    source = readable(request, asked.from_chat_id)
    original = message_of(source, asked.message_id, Refusal.COPY_NOT_FOUND)
    if is_service(original) or not _is_copyable(original):
        raise ApiError(Refusal.CANNOT_COPY)
    _unprotected(source, original)
    to = envelope(request, asked.chat_id, asked.message_thread_id)
    content = copied(request, original)
    if "caption" in request.params and any(kind in content for kind in CAPTIONED):
        content = {k: v for k, v in content.items() if "caption" not in k} | caption_of(request, caption)
    for kind in SPOKEN & content.keys():
        audible(to, kind)
    return {"message_id": put(request, to, content)["message_id"]}


@method(ForwardMessage)
def forward_message(request: Request, asked: ForwardMessage) -> Message:
    source = readable(request, asked.from_chat_id)
    original = message_of(source, asked.message_id, Refusal.FORWARD_NOT_FOUND)
    if is_service(original):
        raise ApiError(Refusal.CANNOT_FORWARD)
    _unprotected(source, original)
    to = envelope(request, asked.chat_id, asked.message_thread_id)
    return send(request, to, forwarded(original))


@method(CopyMessages)
def copy_messages(request: Request, asked: CopyMessages) -> list[Json]:
    def content(original: Message) -> Json:
        kept = copied(request, original)
        return {k: v for k, v in kept.items() if "caption" not in k} if asked.remove_caption else kept

    return _bulk(request, asked, content, _is_copyable)


@method(ForwardMessages)
def forward_messages(request: Request, asked: ForwardMessages) -> list[Json]:
    return _bulk(request, asked, forwarded, lambda original: True)


def _bulk(
    request: Request,
    asked: CopyMessages | ForwardMessages,
    content: Callable[[Message], Json],
    may: Callable[[Message], bool],
) -> list[Json]:
    """Those that can be taken are, in order, albums staying albums; the others are skipped."""
    ids = asked.message_ids
    if not ids:
        raise ApiError(Refusal.IDS_EMPTY)
    if len(ids) > MOST:
        raise ApiError(Refusal.IDS_TOO_MANY)
    if any(later <= earlier for earlier, later in pairwise(ids)):
        raise ApiError(Refusal.IDS_UNORDERED)
    to = envelope(request, asked.chat_id, asked.message_thread_id)
    source = readable(request, asked.from_chat_id)
    originals = [source.find(message_id) for message_id in ids]
    kept = [m for m in originals if m and not is_service(m) and not _is_protected(source, m) and may(m)]
    if not kept:
        raise ApiError(Refusal.NOTHING_TO_FORWARD)
    groups: dict[str, str] = {}
    results = []
    for original in kept:
        permitted(request, to.chat, original)
    for original in kept:
        fields = content(original)
        group = original.get("media_group_id")
        if group:
            fields["media_group_id"] = groups.setdefault(group, request.world.album_id())
        results.append({"message_id": put(request, to, fields)["message_id"]})
    return results


def copied(request: Request, original: Message) -> Json:
    """What a copy says: a poll is asked anew, by another id and without anybody's votes."""
    content = content_of(original)
    if "poll" in content:
        content["poll"] = asked_anew(request.world, content["poll"])
    return content


def _is_copyable(message: Message) -> bool:
    """A quiz whose right answer the bot is not told cannot be asked again."""
    poll: Json = message.get("poll") or {}
    known = poll.get("type") != "quiz" or "correct_option_ids" in poll
    return known and UNCOPYABLE.isdisjoint(message)


def _is_protected(source: Chat, message: Message) -> bool:
    return source.protected or message.get("has_protected_content", False)


def _unprotected(source: Chat, message: Message) -> None:
    if _is_protected(source, message):
        raise ApiError(Refusal.PROTECTED)
