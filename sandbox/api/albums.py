"""sendMediaGroup: all or nothing."""

from aiogram.methods import SendMediaGroup

from sandbox.accounts import Json
from sandbox.api.editing import ALONE
from sandbox.api.media import file_content
from sandbox.api.registry import Request, is_true, method
from sandbox.api.sending import caption_of, caption_read, envelope, permitted, send
from sandbox.chats import Message
from sandbox.content.texts import Draft
from sandbox.errors import ApiError, Refusal, strict

FEWEST, MOST = 2, 10
TOGETHER = {"photo", "video", "live_photo"}


@method(SendMediaGroup)
def send_media_group(request: Request, asked: SendMediaGroup) -> list[Message]:
    items: list[Json] = request.params["media"]
    drafts = [caption_read(item) for item in items]
    to = envelope(request, asked.chat_id, asked.message_thread_id)
    _check(items)
    drawn = zip(items, drafts, strict=True)
    contents = [_content(request, n, item, draft) for n, (item, draft) in enumerate(drawn, start=1)]
    for content in contents:
        permitted(request, to.chat, content)
    group = {"media_group_id": request.world.album_id()}
    return [send(request, to, content | group) for content in contents]


def _check(items: list[Json]) -> None:
    if len(items) > MOST:
        raise ApiError(Refusal.ALBUM_TOO_LONG)
    if len(items) < FEWEST:
        raise ApiError(Refusal.ALBUM_TOO_SHORT)
    kinds = {item["type"] for item in items}
    unfit = kinds - TOGETHER - ALONE
    if unfit:
        raise strict(f"an album does not take {', '.join(sorted(unfit))}")
    above = [item["type"] in TOGETHER and is_true(item.get("show_caption_above_media")) for item in items]
    if len(set(above)) > 1:
        raise ApiError(Refusal.ALBUM_CAPTIONS)
    for kind in sorted(ALONE & kinds):
        if len(kinds) > 1:
            raise ApiError(Refusal.ALBUM_MIXED, kind=f"{kind}s")


def _content(request: Request, number: int, item: Json, draft: Draft) -> Json:
    try:
        return file_content(request, item["type"], item, "media") | caption_of(request, draft, item)
    except ApiError as error:
        reason = error.description.removeprefix("Bad Request: ")
        raise ApiError(Refusal.ALBUM_ITEM, n=number, reason=reason) from error
