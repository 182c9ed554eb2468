"""Media in messages: the objects a file becomes, whoever sent it."""

import struct
from typing import TYPE_CHECKING, Any

from sandbox.accounts import Json
from sandbox.content.files import Stored, Upload

if TYPE_CHECKING:
    from sandbox.world import World

NAMED = {"document", "video", "audio", "animation"}


def store(world: "World", kind: str, upload: Upload, **shape: Any) -> Json:
    """Keep the bytes and make the content: `{"photo": […]}`, `{"video": {…}}` and so on."""
    if kind == "photo":
        width, height = size_of(upload.data)
        shape = {"width": width, "height": height}
    return content(world.files.keep(kind, upload, **shape))


def content(stored: Stored) -> Json:
    """The content a file makes, new or sent again by its id."""
    kind = stored.kind
    if kind == "photo":
        return {"photo": _sizes(stored)}
    described: Json = {**_required(kind), **stored.shape, **stored.ids()}
    if kind in NAMED:
        described |= {"file_name": stored.name}
    if kind in NAMED | {"voice"}:
        described |= {"mime_type": stored.mime}
    if kind == "animation":
        document = {**stored.ids(), "file_name": stored.name, "mime_type": stored.mime}
        return {"animation": described, "document": document}
    return {kind: described}


def _required(kind: str) -> Json:
    """Fields aiogram's models cannot do without."""
    match kind:
        case "video" | "animation":
            return {"width": 640, "height": 360, "duration": 3}
        case "video_note":
            return {"length": 240, "duration": 3}
        case "voice" | "audio":
            return {"duration": 3}
        case "sticker":
            still = {"is_animated": False, "is_video": False}
            return {"type": "regular", "width": 512, "height": 512, **still}
    return {}


def _sizes(stored: Stored) -> list[Json]:
    """A photo comes in sizes, the biggest last; here all of them are the same bytes."""
    width, height = stored.shape["width"], stored.shape["height"]
    full = {**stored.ids(), "width": width, "height": height}
    scale = 90 / max(width, height, 90)
    small = {**full, "width": max(1, round(width * scale)), "height": max(1, round(height * scale))}
    small["file_unique_id"] += "s"
    return [small, full]


def size_of(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG; other pictures are taken to be 800 by 600."""
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        width, height = struct.unpack(">II", data[16:24])
        return int(width), int(height)
    return 800, 600
