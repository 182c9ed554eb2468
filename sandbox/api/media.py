"""sendPhoto and its siblings: a file, a caption, a few measures."""

from collections.abc import Callable
from typing import Any

from aiogram.methods import (
    GetFile,
    SendAnimation,
    SendAudio,
    SendDocument,
    SendPhoto,
    SendSticker,
    SendVideo,
    SendVideoNote,
    SendVoice,
    TelegramMethod,
)

from sandbox.accounts import Json
from sandbox.api.registry import Request, is_true, method
from sandbox.api.sending import Envelope, caption_of, caption_read, envelope, send
from sandbox.chats import Message
from sandbox.content import media
from sandbox.content.files import MAX_PHOTO, MAX_UPLOAD
from sandbox.content.pictures import measured
from sandbox.errors import ApiError, Refusal

KINDS: dict[type[TelegramMethod[Any]], str] = {
    SendPhoto: "photo",
    SendVideo: "video",
    SendAnimation: "animation",
    SendVoice: "voice",
    SendAudio: "audio",
    SendDocument: "document",
    SendVideoNote: "video_note",
    SendSticker: "sticker",
}
MEASURES = ("duration", "width", "height", "length")
NAMES = ("performer", "title", "emoji")
SPOKEN = {"voice", "video_note"}
UNCAPTIONED = {"video_note", "sticker"}
MOST_SIDES, MOST_RATIO = 10_000, 20
CALLED = {"voice": "VoiceNote", "video_note": "VideoNote"}


def _sender(kind: str) -> Callable[[Request, Any], Message]:
    def send_media(request: Request, asked: Any) -> Message:
        if not request.params.get(kind):
            raise ApiError(Refusal.NO_FILE, kind=kind.replace("_", " "))
        draft = caption_read({} if kind in UNCAPTIONED else request.params)
        to = envelope(request, asked.chat_id, asked.message_thread_id)
        caption = caption_of(request, draft)
        audible(to, kind)
        return send(request, to, file_content(request, kind, request.params) | caption)

    return send_media


for model, sent in KINDS.items():
    method(model)(_sender(sent))


@method(GetFile)
def get_file(request: Request, asked: GetFile) -> Json:
    return request.world.files.link(request.bot, asked.file_id)


def file_content(request: Request, kind: str, params: Json, key: str | None = None) -> Json:
    """The file named in the parameters — attached, sent before, or somewhere on the web — as content."""
    named = str(params.get(key or kind, ""))
    if named.startswith("attach://"):
        content = _attached(request, kind, named.removeprefix("attach://"), params)
    elif named.startswith(("http://", "https://")):
        raise ApiError(Refusal.URL_UNREACHABLE)
    else:
        content = _sent_before(request, kind, named)
    if is_true(params.get("has_spoiler")):
        content["has_media_spoiler"] = True
    return content


def audible(to: Envelope, kind: str) -> None:
    """Some people do not take voice and round video messages."""
    if kind in SPOKEN and to.chat.person is not None and not to.chat.person.accepts_voice:
        raise ApiError(Refusal.VOICE_FORBIDDEN)


def _attached(request: Request, kind: str, name: str, params: Json) -> Json:
    upload = request.files.get(name)
    if upload is None:
        raise ApiError(Refusal.NO_FILE, kind=kind)
    if len(upload.data) > MAX_UPLOAD:
        raise ApiError(Refusal.UPLOAD_TOO_BIG)
    if not upload.data:
        raise ApiError(Refusal.FILE_EMPTY)
    if kind == "photo":
        _picture(upload.data)
    shape: Json = {name: int(params[name]) for name in MEASURES if params.get(name)}
    shape |= {name: str(params[name]) for name in NAMES if params.get(name)}
    return media.store(request.world, kind, upload, **shape)


def _picture(data: bytes) -> None:
    """A photo is an image, not too big and not too narrow."""
    if len(data) > MAX_PHOTO:
        raise ApiError(Refusal.PHOTO_TOO_BIG)
    size = measured(data)
    if size is None:
        raise ApiError(Refusal.NOT_AN_IMAGE)
    if sum(size) > MOST_SIDES or max(size) > MOST_RATIO * min(size):
        raise ApiError(Refusal.PHOTO_DIMENSIONS)


def _sent_before(request: Request, kind: str, file_id: str) -> Json:
    stored = request.world.files.of_bot(request.bot, file_id)
    if stored is None:
        raise ApiError(Refusal.WRONG_FILE)
    if stored.kind != kind:
        called = {name: CALLED.get(name, name.capitalize()) for name in (stored.kind, kind)}
        raise ApiError(Refusal.WRONG_FILE_KIND, given=called[stored.kind], wanted=called[kind])
    return media.content(stored)
