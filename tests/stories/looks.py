"""What a message looks like to somebody who sees it."""

from typing import Any

from sandbox.chats import Message
from sandbox.content import utf16

MEDIA = ("photo", "video", "voice", "video_note", "document", "audio", "sticker", "animation")
FACTS = ("location", "venue", "contact", "poll", "dice")
ALL = ("text", *MEDIA, *FACTS)


def kind_of(message: Message) -> str:
    """What the message is; an animation is a document too, and a venue a location."""
    order = ("text", "animation", "venue", *ALL)
    return next(kind for kind in order if kind in message)


def essence(message: Message) -> Any:
    """What makes it this message and no other of its kind."""
    kind = kind_of(message)
    match kind:
        case "text":
            return message["text"].splitlines()[-1]
        case "photo":
            return message["photo"][-1]["file_unique_id"]
        case "poll":
            return message["poll"]["question"], [option["text"] for option in message["poll"]["options"]]
        case "location" | "venue" | "contact" | "dice":
            return message[kind]
    return message[kind]["file_unique_id"]


def is_header(message: Message) -> bool:
    """A line of the bot's that only says whose message follows."""
    text: str = message.get("text", "")
    return text.startswith("👤") and "\n" not in text


def pieces(message: Message, kind: str) -> list[str]:
    """The parts of the text that are formatted so."""
    text = message.get("text") or message["caption"]
    entities = message.get("entities") or message.get("caption_entities") or []
    return [utf16.cut(text, each["offset"], each["length"]) for each in entities if each["type"] == kind]
