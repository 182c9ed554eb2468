"""Renders bodies and messages as Bot API calls."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.telegram.uploads import Call, DiskFile, MemoryFile
from desk.content import Content
from desk.hiding.card_codes import SIGN
from desk.kinds import CAPTIONED, MEDIA, VEILED, album_of
from desk.poll_bodies import AskPoll, ClosePoll
from desk.post import CloseTopic, Mark, Media, Rebutton, Rewrite, Rows, Say
from tickets.ticket import Place

METHODS = {kind: f"send{kind.title().replace('_', '')}" for kind, about in MEDIA.items() if not about.copied}
PLACE = ("latitude", "longitude", "horizontal_accuracy", "heading")
FIELDS = {
    "location": ("sendLocation", (*PLACE, "live_period")),
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
LOOKS = ("has_spoiler", *ABOVE)
BARE = frozenset({"forwardMessage", "sendMediaGroup"})
"""Methods that take no buttons."""
MUTE = frozenset({"forwardMessage"})
"""Methods that cannot reply to a message."""


def spoken(body: Say | Rewrite | Rebutton | Mark) -> Call:
    """The call for a message of ours, a changed one, other buttons, or our own reaction."""
    match body:
        case Say():
            return _said(body)
        case Rewrite(message_id=message_id, media=Media() as media):
            shown = {"type": media.kind, "media": _parameter(media), **_html("caption", body.html)}
            call = {"method": "editMessageMedia", "message_id": message_id, "media": shown}
            return {**call, "reply_markup": keyboard(body.rows)}
        case Rewrite(message_id=message_id):
            call = {"method": "editMessageText", "message_id": message_id, **_worded(body.html)}
            return {**call, "reply_markup": keyboard(body.rows)}
        case Rebutton(message_id=message_id, rows=rows):
            call = {"method": "editMessageReplyMarkup", "message_id": message_id}
            return {**call, "reply_markup": keyboard(rows)}
        case Mark(message_id=message_id, emoji=emoji):
            return {"method": "setMessageReaction", "message_id": message_id, "reaction": reaction(emoji)}


def bare_call(body: AskPoll | ClosePoll | CloseTopic) -> Call:
    """The call for what needs nothing but its address: a poll of ours, its end, a topic's end."""
    match body:
        case CloseTopic():
            return {"method": "closeForumTopic"}
        case ClosePoll():
            return {"method": "stopPoll", "message_id": body.message_id}
    call = {
        "method": "sendPoll",
        "question": body.question,
        "options": [{"text": option} for option in body.options],
        "is_anonymous": True,
        "allows_multiple_answers": body.several,
    }
    return {**call, "disable_notification": True} if body.quiet else call


def _said(body: Say) -> Call:
    media = body.media
    if media is None:
        call = {"method": "sendMessage", **_worded(body.html)}
    else:
        call = {"method": METHODS[media.kind], media.kind: _parameter(media), **_html("caption", body.html)}
    if body.rows:
        call["reply_markup"] = keyboard(body.rows)
    elif body.clears:
        call["reply_markup"] = {"remove_keyboard": True}
    if body.answers is not None:
        call["reply_parameters"] = {"message_id": body.answers, "allow_sending_without_reply": True}
    if body.quiet:
        call["disable_notification"] = True
    return call


def keyboard(rows: Rows) -> dict[str, Any]:
    """Inline buttons as Telegram's reply_markup."""
    return {
        "inline_keyboard": [
            [{"text": button.caption, "callback_data": button.press} for button in row] for row in rows
        ]
    }


def reaction(emoji: str | None) -> list[dict[str, str]]:
    """The bot's reaction as setMessageReaction takes it; none for None."""
    return [{"type": "emoji", "emoji": emoji}] if emoji else []


def _parameter(media: Media) -> Any:
    if media.text is not None:
        return MemoryFile(media.name, media.text)
    return DiskFile(media.file) if isinstance(media.file, Path) else media.file


def _worded(html: str) -> dict[str, Any]:
    """The text's parameters: HTML, without previews of links."""
    return {**_html("text", html), "link_preview_options": {"is_disabled": True}}


def _html(name: str, html: str) -> dict[str, Any]:
    return {name: html, "parse_mode": "HTML"} if html else {}


def send(content: Content, original: Place | None, *, inside: bool) -> Call:
    """The call that sends a message anew; a kind without a method of its own is copied or forwarded."""
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
        call = {"method": method, **_fields(content, names)}
        # A customer's vote is told to operators, so it is not asked for as a secret one.
        return {**call, "is_anonymous": False} if content.kind == "poll" and not inside else call
    return copy(content, original, inside=inside)


def copy(content: Content, original: Place | None, *, inside: bool) -> Call:
    """The call that copies a message from where it stands.

    What Telegram does not let bots copy is forwarded instead, to operators only, because that names the
    author.
    """
    if content.masked and content.kind not in CAPTIONED:  # the original shows what is hidden in ours
        return {"method": "sendMessage", **_text(replace(content, text=content.text or SIGN * 3))}
    if original is None:
        raise ValueError(f"a message of kind {content.kind} can only be copied, and has no original")
    method = "forwardMessage" if inside and content.kind == "other" else "copyMessage"
    # without a caption of ours Telegram would copy the original's, with words that were held back
    words = {"caption": "", **_caption(content)} if content.kind in CAPTIONED else {}
    return {"method": method, **_place(original), **words}


def forward(original: Place) -> Call:
    """The call that forwards a message from where it stands, with its author's name."""
    return {"method": "forwardMessage", **_place(original)}


def _place(original: Place) -> Call:
    return {"from_chat_id": original.chat_id, "message_id": original.telegram_id}


def send_album(contents: Sequence[Content]) -> Call:
    """The call that sends several media as one album, each with its own caption.

    Telegram takes words above the media for the whole album or for nothing of it: one such item makes all
    of them so, those without words too.
    """
    items = [_medium(content) for content in contents]
    above = {name: True for name in ABOVE if any(name in item for item in items)}
    return {"method": "sendMediaGroup", "media": [item | above for item in items]}


def amend(content: Content, message_id: int, *, media: bool) -> Call:
    """The call that edits the copy of an edited message."""
    if content.kind == "text":
        return {"method": "editMessageText", "message_id": message_id, **_text(content)}
    if content.kind == "location":
        if not content.is_live:
            return {"method": "stopMessageLiveLocation", "message_id": message_id}
        return {"method": "editMessageLiveLocation", "message_id": message_id, **_fields(content, PLACE)}
    if media:
        return {"method": "editMessageMedia", "message_id": message_id, "media": _medium(content)}
    above = {name: True for name in ABOVE if content.extra.get(name)}
    return {"method": "editMessageCaption", "message_id": message_id, **_caption(content), **above}


def albums(contents: Sequence[Content]) -> bool:
    """Whether the contents can stand in one album."""
    album = album_of(contents[0].kind)
    return album is not None and all(album_of(content.kind) == album for content in contents)


def answering(call: Call, place: Place | None, quoting: Content | None) -> Call:
    """The call as a reply to a message, with the quoted part and its formatting."""
    if place is None or call["method"] in MUTE:
        return call
    reply: dict[str, Any] = {"message_id": place.telegram_id, "allow_sending_without_reply": True}
    if quoting is not None and quoting.quote:
        reply["quote"] = quoting.quote
        if quoting.quote_entities:
            reply["quote_entities"] = list(quoting.quote_entities)
    return {**call, "reply_parameters": reply}


def _file(content: Content) -> Any:
    """A file by its file_id or web address, or one on disk to be uploaded."""
    return content.file_id if content.upload is None else DiskFile(Path(content.upload))


def _medium(content: Content) -> dict[str, Any]:
    return {"type": content.kind, "media": content.file_id, **_caption(content), **_looks(content)}


def _fields(content: Content, names: Sequence[str]) -> dict[str, Any]:
    return {name: content.extra[name] for name in names if name in content.extra}


def _caption(content: Content) -> dict[str, Any]:
    if content.kind not in CAPTIONED or not content.text:
        return {}
    if content.html is not None:
        return _html("caption", content.html)
    return {"caption": content.text, **_entities("caption_entities", content)}


def _entities(name: str, content: Content) -> dict[str, Any]:
    return {name: list(content.formatting)} if content.formatting else {}


def _text(content: Content) -> dict[str, Any]:
    if content.html is not None:  # an entry's answer: its author wrote it so
        return _worded(content.html)
    return {"text": content.text, **_entities("entities", content), **_preview(content)}


def _preview(content: Content) -> dict[str, Any]:
    """How the preview looks; one chosen for a link in lines that stayed inside stays with them."""
    options = content.extra.get("link_preview_options")
    if options is None:
        return {}
    links = [content.text, *(each.get("url", "") for each in content.entities)]
    if content.inside is not None and not any(options.get("url", "") in link for link in links):
        options = {name: value for name, value in options.items() if name != "url"}
    return {"link_preview_options": options}


def _looks(content: Content) -> dict[str, Any]:
    return {name: True for name in LOOKS if content.kind in VEILED and content.extra.get(name)}
