"""Plainly sample content for people to send: small, but with real bytes."""

from typing import TYPE_CHECKING

from sandbox.accounts import Json
from sandbox.content import media, pictures
from sandbox.content.files import Upload

if TYPE_CHECKING:
    from sandbox.world import World

picture = pictures.picture
DICE = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}
COLOURS = ((92, 154, 214), (120, 180, 120), (220, 160, 90), (180, 130, 200), (210, 110, 110))


def photo(world: "World", data: bytes | None = None) -> Json:
    shown = data or picture(*world.random.choice(COLOURS))
    return media.store(world, "photo", Upload(shown, "photo.jpg", "image/jpeg"))


def video(world: "World") -> Json:
    return media.store(world, "video", Upload(b"sample video", "video.mp4", "video/mp4"))


def animation(world: "World") -> Json:
    return media.store(world, "animation", Upload(b"sample animation", "animation.mp4", "video/mp4"))


def voice(world: "World") -> Json:
    return media.store(world, "voice", Upload(b"sample voice", "voice.ogg", "audio/ogg"))


def audio(world: "World") -> Json:
    upload = Upload(b"sample audio", "song.mp3", "audio/mpeg")
    return media.store(world, "audio", upload, performer="Sample", title="Song")


def video_note(world: "World") -> Json:
    return media.store(world, "video_note", Upload(b"sample video note", "note.mp4", "video/mp4"))


def document(world: "World", name: str = "document.pdf", data: bytes | None = None) -> Json:
    return media.store(world, "document", Upload(data or b"sample document", name, "application/pdf"))


def sticker(world: "World", emoji: str = "👋") -> Json:
    upload = Upload(picture(255, 210, 80, 64, 64), "sticker.webp", "image/webp")
    return media.store(world, "sticker", upload, emoji=emoji)


def live_photo(world: "World") -> Json:
    """A picture that moves for a moment; apps that do not know the kind see the picture."""
    still, moving = photo(world), video(world)["video"]
    return {"live_photo": {**moving, "photo": still["photo"]}, **still}


def location(latitude: float, longitude: float) -> Json:
    return {"location": {"latitude": latitude, "longitude": longitude}}


def venue(title: str, address: str, latitude: float = 55.7539, longitude: float = 37.6208) -> Json:
    place = location(latitude, longitude)
    return {"venue": {**place, "title": title, "address": address}, **place}


def contact(phone: str, name: str) -> Json:
    return {"contact": {"phone_number": phone, "first_name": name}}


def poll(world: "World", question: str, options: tuple[str, ...]) -> Json:
    asked = [
        {"persistent_id": f"option{n}", "text": text, "voter_count": 0} for n, text in enumerate(options)
    ]
    return {
        "poll": {
            "id": str(world.random.getrandbits(62)),
            "question": question,
            "options": asked,
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": True,
            "members_only": False,
        }
    }


def asked_anew(world: "World", asked: Json) -> Json:
    """The same poll again: another id, nobody's votes, open."""
    options = [{**option, "voter_count": 0} for option in asked["options"]]
    fresh: Json = {"id": str(world.random.getrandbits(62)), "options": options}
    return asked | fresh | {"total_voter_count": 0, "is_closed": False}


def dice(world: "World", emoji: str = "🎲") -> Json:
    return {"dice": {"emoji": emoji, "value": world.random.randint(1, DICE[emoji])}}


def of(world: "World", kind: str) -> Json:
    """A sample by the name of its kind."""
    made = {
        "photo": photo,
        "video": video,
        "animation": animation,
        "voice": voice,
        "audio": audio,
        "video_note": video_note,
        "document": document,
        "sticker": sticker,
        "dice": dice,
    }
    return made[kind](world)
