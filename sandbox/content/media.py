"""Media in messages: the objects a file becomes, whoever sent it."""

from typing import TYPE_CHECKING, Any

from sandbox.accounts import Json
from sandbox.content.files import Stored, Upload
from sandbox.content.pictures import measured, picture

if TYPE_CHECKING:
    from sandbox.world import World

SMALL = 90
USUAL = (800, 600)
NAMED = {"document", "video", "audio", "animation"}


def store(world: "World", kind: str, upload: Upload, **shape: Any) -> Json:
    """Keep the bytes and make the content: `{"photo": […]}`, `{"video": {…}}` and so on."""
    if kind == "photo":
        return content(_photo(world, upload))
    return content(world.files.keep(kind, upload, **shape))


def content(stored: Stored) -> Json:
    """The content a file makes, new or sent again by its id."""
    kind = stored.kind
    if kind == "photo":
        return {"photo": _sizes(stored.whole or stored)}
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


def _sizes(photo: Stored) -> list[Json]:
    """A photo comes in sizes, the biggest last, each a file of its own."""
    return [{**size.ids(), **size.shape} for size in (photo.smaller or photo, photo)]


def _photo(world: "World", upload: Upload) -> Stored:
    """Two sizes, as of any photo; what cannot be measured is of a usual size."""
    width, height = measured(upload.data) or USUAL
    photo = world.files.keep("photo", upload, width=width, height=height)
    scale = SMALL / max(width, height, SMALL)
    small = max(1, round(width * scale)), max(1, round(height * scale))
    drawn = Upload(picture(128, 128, 128, *small), "small.png", "image/png")
    # its key comes from the photo's, not from chance: what a seed brings stays as it was
    key = photo.key[::-1] if photo.key[::-1] != photo.key else photo.key.swapcase()
    photo.smaller = world.files.keep("photo", drawn, key=key, width=small[0], height=small[1])
    photo.smaller.whole = photo
    return photo
