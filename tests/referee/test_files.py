"""Files and albums as Telegram takes them."""

import json
import struct

import pytest

from sandbox.accounts import Json
from sandbox.content import samples
from sandbox.content.files import Upload
from sandbox.content.pictures import measured
from sandbox.wire.door import knock
from tests.referee.front import Desk

JPEG = b"\xff\xd8\xff\xe0\x00\x04xx\xff\xc0\x00\x0b\x08\x00\x1e\x00\x28\x01\x01\x11\x00"
GIF = b"GIF89a\x28\x00\x1e\x00\x00"
WEBP = b"RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\x27\x00\x00\x1d\x00\x00"


@pytest.fixture
async def open_desk(desk: Desk) -> Desk:
    await desk.anna.starts()
    return desk


async def upload(desk: Desk, method: str, kind: str, data: bytes) -> Json:
    params: Json = {"chat_id": desk.anna.id, kind: "attach://it"}
    answer = await knock(desk.world, desk.account.token, method, params, {"it": Upload(data, "it.jpg")})
    return dict(json.loads(answer.body))


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        ("photo", b"no image at all", "IMAGE_PROCESS_FAILED"),
        ("photo", b"\xff\xd8\xff\xe0\x00\x04xx", "IMAGE_PROCESS_FAILED"),
        ("photo", samples.picture(1, 2, 3, 6000, 4001), "PHOTO_INVALID_DIMENSIONS"),
        ("photo", samples.picture(1, 2, 3, 2101, 105), "PHOTO_INVALID_DIMENSIONS"),
        ("photo", b"", "file must be non-empty"),
        ("document", b"", "file must be non-empty"),
        ("voice", b"", "file must be non-empty"),
    ],
)
async def test_what_cannot_be_sent_as_such_is_refused(
    open_desk: Desk, kind: str, data: bytes, said: str
) -> None:
    """Source: core.telegram.org/bots/api#sendphoto (10000 in sum, ratio 20), core.telegram.org/api/errors;
    td FileLoaderUtils.cpp:304 (an empty file).
    """
    answer = await upload(open_desk, f"send{kind.title()}", kind, data)
    assert (answer["error_code"], answer["description"]) == (400, f"Bad Request: {said}")


async def test_the_biggest_and_the_narrowest_photo_go_through(open_desk: Desk) -> None:
    """Source: as above, on the other side of the limits."""
    for width, height in ((6000, 4000), (2100, 105)):
        answer = await upload(open_desk, "sendPhoto", "photo", samples.picture(1, 2, 3, width, height))
        assert (answer["result"]["photo"][-1]["width"], answer["result"]["photo"][-1]["height"]) == (
            width,
            height,
        )


def test_pictures_of_every_sort_are_measured() -> None:
    """What a camera, a browser or a drawing program makes."""
    bmp = b"BM" + bytes(16) + struct.pack("<ii", 40, -30)
    for data in (JPEG, GIF, WEBP, bmp, samples.picture(1, 2, 3, 40, 30)):
        assert measured(data) == (40, 30)
    assert measured(b"BM") is None
    assert measured(b"") is None


async def test_each_size_of_a_photo_is_a_file_of_its_own(open_desk: Desk) -> None:
    """Source: core.telegram.org/bots/api#photosize. Either id sends the whole photo again, which has one
    number (td PhotoRemoteFileLocation); only downloading tells them apart.
    """
    await open_desk.anna.sends_photo(data=samples.picture(1, 2, 3, 800, 400))
    small, full = (await open_desk.updates("message"))[-1]["photo"]
    assert small["file_id"] != full["file_id"]
    assert small["file_unique_id"] != full["file_unique_id"]
    assert (small["width"], small["height"]) == (90, 45)
    assert small["file_size"] < full["file_size"]
    for size in (small, full):
        again = await open_desk.bot.send_photo(open_desk.anna.id, size["file_id"])
        assert again.photo is not None
        assert [each.file_id for each in again.photo] == [small["file_id"], full["file_id"]]
    file = await open_desk.bot.get_file(small["file_id"])
    stored = open_desk.world.files.fetch(open_desk.account, file.file_path or "")
    assert stored is not None
    assert measured(stored.data) == (90, 45)


def album(*items: Json) -> list[Json]:
    return [{"type": "photo", "media": "attach://it", **item} for item in items]


async def send_album(desk: Desk, items: list[Json]) -> Json:
    files = {"it": Upload(samples.picture(1, 2, 3), "it.png")}
    params: Json = {"chat_id": desk.anna.id, "media": items}
    return dict(
        json.loads((await knock(desk.world, desk.account.token, "sendMediaGroup", params, files)).body)
    )


async def test_words_stand_above_a_whole_album_or_nothing_of_it(open_desk: Desk) -> None:
    """Source: td MessageContent.cpp:5341 (invert_media must be equal); an item without words counts too."""
    above: Json = {"show_caption_above_media": True}
    said = "Bad Request: parameter show_caption_above_media must be the same for all messages"
    for items in (
        album({"caption": "а", **above}, {}),
        album({}, {"caption": "а"}, {"caption": "б", **above}),
    ):
        assert (await send_album(open_desk, items))["description"] == said
    assert len(await open_desk.anna.reads()) == 1, "nothing of it was sent"
    sent = (await send_album(open_desk, album({"caption": "а", **above}, above)))["result"]
    assert [message.get("show_caption_above_media") for message in sent] == [True, None]


async def test_a_picture_of_an_album_stays_a_picture(open_desk: Desk) -> None:
    """Source: td MessagesManager.cpp:23634-23643 (edit_message_media)."""
    sent = (await send_album(open_desk, album({}, {})))["result"]
    await open_desk.anna.sends_document()
    await open_desk.anna.sends_video()
    updates = await open_desk.updates("message")
    document = updates[-2]["document"]["file_id"]
    where = {"chat_id": open_desk.anna.id, "message_id": sent[0]["message_id"]}
    said = await open_desk.refusal("editMessageMedia", **where, media={"type": "document", "media": document})
    assert said == "Bad Request: can't change media type in the album"
    video = {"type": "video", "media": updates[-1]["video"]["file_id"]}
    assert (await open_desk.call("editMessageMedia", **where, media=video))[0] == 200
