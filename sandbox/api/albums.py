"""sendMediaGroup: all or nothing."""

from aiogram.methods import SendMediaGroup

from sandbox.accounts import Json
from sandbox.api.media import file_content
from sandbox.api.registry import Request, method
from sandbox.api.sending import caption_of, envelope, send
from sandbox.chats import Message
from sandbox.errors import ApiError, Refusal, strict

FEWEST, MOST = 2, 10
TOGETHER = {"photo", "video", "live_photo"}
ALONE = {"document", "audio"}


@method(SendMediaGroup)
def send_media_group(request: Request, asked: SendMediaGroup) -> list[Message]:
    items: list[Json] = request.params["media"]
    _check(items)
    to = envelope(request, asked.chat_id, asked.message_thread_id)
    contents = [_content(request, n, item) for n, item in enumerate(items, start=1)]
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
    for kind in sorted(ALONE & kinds):
        if len(kinds) > 1:
            raise ApiError(Refusal.ALBUM_MIXED, kind=f"{kind}s")


def _content(request: Request, number: int, item: Json) -> Json:
    try:
        return file_content(request, item["type"], item, "media") | caption_of(request, item)
    except ApiError as error:
        reason = error.description.removeprefix("Bad Request: ")
        raise ApiError(Refusal.ALBUM_ITEM, n=number, reason=reason) from error
