"""Contents as Bot API calls: one message, several as one, an edit of a copy."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from desk.content import ALBUMS, CAPTIONED, Content
from desk.post import Call, on_disk
from tickets.ticket import Place

METHODS = {
    "photo": "sendPhoto",
    "video": "sendVideo",
    "animation": "sendAnimation",
    "document": "sendDocument",
    "audio": "sendAudio",
    "voice": "sendVoice",
    "video_note": "sendVideoNote",
    "sticker": "sendSticker",
}
FIELDS = {
    "location": ("sendLocation", ("latitude", "longitude", "horizontal_accuracy")),
    "venue": (
        "sendVenue",
        str.split(
            "latitude longitude title address foursquare_id foursquare_type google_place_id google_place_type"
        ),
    ),
    "contact": ("sendContact", ("phone_number", "first_name", "last_name", "vcard")),
    "poll": (
        "sendPoll",
        str.split(
            "question question_entities options is_anonymous allows_multiple_answers allows_revoting "
            "type correct_option_ids explanation explanation_entities"
        ),
    ),
}
ABOVE = ("show_caption_above_media",)
LOOKS: dict[str, Sequence[str]] = dict.fromkeys(("photo", "video", "animation"), ("has_spoiler", *ABOVE))
REPLACEABLE = frozenset({"animation", "audio", "document", "photo", "video"})
"""Kinds whose file may be put into a message that stands already."""
BARE = frozenset({"forwardMessage", "sendMediaGroup"})
"""Methods that take no buttons."""
MUTE = frozenset({"forwardMessage"})
"""Methods that cannot make a reply."""


def send(content: Content, original: Place | None, *, inside: bool) -> Call:
    """One message; what has no method of its own is passed on from where it stands."""
    if content.kind == "text":
        return {"method": "sendMessage", **_text(content)}
    if content.kind in METHODS:
        return {
            "method": METHODS[content.kind],
            content.kind: _file(content),
            **_caption(content),
            **_looks(content),
        }
    if content.kind in FIELDS:
        method, names = FIELDS[content.kind]
        return {"method": method, **{name: content.extra[name] for name in names if name in content.extra}}
    return copy(content, original, inside=inside)


def copy(content: Content, original: Place | None, *, inside: bool) -> Call:
    """The message itself, once more.

    What Telegram does not let bots copy it may let them forward; that names the author, so it is done only
    for what goes inside, to the operators.
    """
    if original is None:
        raise ValueError(f"a message of kind {content.kind} can only be copied, and has no original")
    method = "forwardMessage" if inside and content.kind == "other" else "copyMessage"
    place = {"from_chat_id": original.chat_id, "message_id": original.telegram_id}
    return {"method": method, **place, **_caption(content)}


def send_album(contents: Sequence[Content]) -> Call:
    """Several media as one album, each with its own caption."""
    return {"method": "sendMediaGroup", "media": [_medium(content) for content in contents]}


def amend(content: Content, message_id: int, *, media: bool) -> Call:
    """The copy of an edited message."""
    if content.kind == "text":
        return {"method": "editMessageText", "message_id": message_id, **_text(content)}
    if media:
        return {"method": "editMessageMedia", "message_id": message_id, "media": _medium(content)}
    above = {name: True for name in ABOVE if content.extra.get(name)}
    return {"method": "editMessageCaption", "message_id": message_id, **_caption(content), **above}


def albums(contents: Sequence[Content]) -> bool:
    """Whether the contents can stand in one album."""
    return any(all(content.kind in kinds for content in contents) for kinds in ALBUMS)


def answering(call: Call, place: Place | None, quoting: Content | None) -> Call:
    """Make a call a reply to a message, quoting what was quoted of it, with its formatting."""
    if place is None or call["method"] in MUTE:
        return call
    reply: dict[str, Any] = {"message_id": place.telegram_id, "allow_sending_without_reply": True}
    if quoting is not None and quoting.quote:
        reply["quote"] = quoting.quote
        if quoting.quote_entities:
            reply["quote_entities"] = list(quoting.quote_entities)
    return {**call, "reply_parameters": reply}


def _file(content: Content) -> Any:
    """A file by its id or address, or one of this machine: an entry's media has never been in Telegram."""
    upload = content.extra.get("upload")
    return content.file_id if upload is None else on_disk(Path(upload))


def _medium(content: Content) -> dict[str, Any]:
    return {"type": content.kind, "media": content.file_id, **_caption(content), **_looks(content)}


def _caption(content: Content) -> dict[str, Any]:
    if content.kind not in CAPTIONED or not content.text:
        return {}
    if "html" in content.extra:
        return {"caption": content.extra["html"], "parse_mode": "HTML"}
    return {"caption": content.text, **_entities("caption_entities", content)}


def _entities(name: str, content: Content) -> dict[str, Any]:
    return {name: list(content.formatting)} if content.formatting else {}


def _text(content: Content) -> dict[str, Any]:
    if "html" in content.extra:  # an entry's answer: its author wrote it so
        return {
            "text": content.extra["html"],
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        }
    preview = {name: content.extra[name] for name in ("link_preview_options",) if name in content.extra}
    return {"text": content.text, **_entities("entities", content), **preview}


def _looks(content: Content) -> dict[str, Any]:
    return {name: True for name in LOOKS.get(content.kind, ()) if content.extra.get(name)}
