"""What a person attaches on the page, as contents of messages: albums where Telegram would make one."""

from typing import Any

from sandbox.accounts import Json
from sandbox.content import media, samples
from sandbox.content.files import MAX_PHOTO, Upload
from sandbox.world import World

TOGETHER = ({"photo", "video"}, {"document"}, {"audio"})
CAPTIONED = {"photo", "video", "animation", "voice", "audio", "document"}
FILES = CAPTIONED | {"sticker", "video_note"}
QUESTION = "Когда удобно получить заказ?"
OPTIONS = ("Утром", "Днём", "Вечером")


def contents(world: World, items: list[Json], files: list[Upload], caption: Json) -> list[Json]:
    """One content a message; the caption on the first that can bear one, else as a message of its own."""
    made = [_content(world, item, files) for item in items]
    kinds = [str(item.get("kind")) for item in items]
    if len(made) > 1 and any(set(kinds) <= family for family in TOGETHER):
        group = {"media_group_id": world.album_id()}
        made = [content | group for content in made]
    bearer = next((n for n, kind in enumerate(kinds) if kind in CAPTIONED), None)
    if caption and bearer is not None:
        made[bearer] |= caption
    elif caption:
        made.append({"text": caption["caption"]})
    return made


def _content(world: World, item: Json, files: list[Upload]) -> Json:
    kind = str(item.get("kind"))
    if kind not in FILES:
        return _sample(world, kind)
    upload = _upload(item.get("file"), files)
    if kind == "photo" and len(upload.data) > MAX_PHOTO:
        kind = "document"
    return media.store(world, kind, upload, **_shape(kind, upload))


def _upload(number: Any, files: list[Upload]) -> Upload:
    if not isinstance(number, int) or not 0 <= number < len(files):
        raise ValueError(f"no file {number!r} came with the request")
    return files[number]


def _shape(kind: str, upload: Upload) -> Json:
    match kind:
        case "sticker":
            return {"emoji": "🙂"}
        case "audio":
            return {"title": upload.name.rpartition(".")[0] or upload.name}
    return {}


def _sample(world: World, kind: str) -> Json:
    match kind:
        case "location":
            return samples.location(55.7539, 37.6208)
        case "venue":
            return samples.venue("Пункт выдачи", "ул. Примерная, 1")
        case "contact":
            return samples.contact("+70000000000", "Пётр Пример")
        case "poll":
            return samples.poll(world, QUESTION, OPTIONS)
        case "dice":
            return samples.dice(world)
    raise ValueError(f"no sample of {kind!r}")
