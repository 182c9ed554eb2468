"""Calls made lighter: without what Telegram may have refused in them."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from bot.telegram.uploads import Call, DiskFile, MemoryFile
from desk.content import TEXT_LIMIT, Entity, utf16_length
from desk.formatted import bare

LINK = re.compile(r"""<a\s+href=["']?([^"'>]+)["']?\s*>(.*?)</a>""", re.DOTALL | re.IGNORECASE)
ENTITIES = ("entities", "caption_entities", "question_entities", "explanation_entities", "text_entities")
FEW, FEWER, KEPT_ROWS = 40, 10, 2
"""How many buttons are left of a large keyboard, of a small one, and how many of its last rows stay."""
AS_DOCUMENT = {"sendPhoto": "photo", "sendVideo": "video", "sendAnimation": "animation", "sendAudio": "audio"}
VEILS = ("has_spoiler", "show_caption_above_media")


class Rung(StrEnum):
    """A way to send with less, or otherwise."""

    AFRESH = "the file goes up again"
    UNQUOTED = "without the quote"
    UNANSWERED = "not as a reply"
    FEWER_BUTTONS = "with a part of the keyboard"
    UNBUTTONED = "without the keyboard"
    PLAIN = "without formatting"
    CUT = "as much as Telegram takes, the rest below it"
    BELOW = "the caption below it as a text"
    PIECES = "in short pieces"
    COPIED = "copied from where it stands"
    FORWARDED = "forwarded from where it stands"
    DOCUMENT = "as a document"
    ANEW = "as a new message"
    UNNAMED = "in a topic with a number for its title"
    UNANNOUNCED = "without the card or the header that goes ahead"
    WORDS = "its words without its file"


WAYS = frozenset({Rung.COPIED, Rung.FORWARDED, Rung.DOCUMENT, Rung.WORDS})
"""Only one of these can hold at a time."""


@dataclass(frozen=True, slots=True)
class SendOptions:
    """How a run is to be sent after what was refused: the rungs that hold, and all that were tried."""

    rungs: frozenset[Rung] = frozenset()
    tried: frozenset[Rung] = frozenset()

    def __contains__(self, rung: Rung) -> bool:
        return rung in self.rungs

    def anew(self) -> "SendOptions":
        """The options without copying and the like."""
        return replace(self, rungs=self.rungs - WAYS)

    def on(self, rung: Rung, *, same_way: bool) -> "SendOptions":
        """The options with one rung more; another way takes the place of this one."""
        kept = self.rungs if same_way and rung not in WAYS else self.rungs - WAYS
        return replace(self, rungs=kept | {rung}, tried=self.tried | {rung})


def lighter(call: Call, options: SendOptions) -> Call:
    """The call without what the options leave out."""
    for rung, change in CHANGES.items():
        if rung in options:
            call = change(call)
    return call


def _unquoted(call: Call) -> Call:
    reply = call.get("reply_parameters")
    if not isinstance(reply, Mapping):
        return call
    kept = {name: value for name, value in reply.items() if not name.startswith("quote")}
    return {**call, "reply_parameters": kept}


def _without(*names: str) -> Callable[[Call], Call]:
    return lambda call: {name: value for name, value in call.items() if name not in names}


def _fewer_buttons(call: Call) -> Call:
    rows = call.get("reply_markup", {}).get("inline_keyboard", [])
    several = sum(map(len, rows))
    if several <= FEWER:
        return call
    kept, last = list[Any](), rows[-KEPT_ROWS:]
    for row in rows[:-KEPT_ROWS]:
        if sum(map(len, [*kept, row, *last])) > (FEW if several > FEW else FEWER):
            break
        kept.append(row)
    return {**call, "reply_markup": {"inline_keyboard": [*kept, *last]}}


def _plain(call: Call) -> Call:
    """The call with its words as they would be read aloud; where a link led is written behind it."""
    plain = {name: _plain_value(value) for name, value in call.items()}
    html = plain.pop("parse_mode", None) == "HTML"
    for name, entities in (("text", "entities"), ("caption", "caption_entities")):
        if name in plain:
            found = plain.get(entities, ())
            plain[name] = _bare(plain[name]) if html else _with_links(plain[name], found)
    return {name: value for name, value in plain.items() if name not in ENTITIES}


def _plain_value(value: Any) -> Any:
    """Inside albums, edited media, and the options of a poll."""
    match value:
        case {"type": _, "media": _}:
            return _plain(value)
        case {"quote_entities": _, **reply}:
            return reply
        case [{"type": str(), "media": _}, *_] | [{"text": _}, *_]:
            return [_plain(each) for each in value]
    return value


def _bare(html: str) -> str:
    return bare(LINK.sub(r"\2 (\1)", html))


def _with_links(text: str, entities: Sequence[Entity]) -> str:
    """The text with each address behind the words that hid it, a sign before what was quoted, if they fit.

    Without that sign a customer's words might look like a line of ours.
    """
    units = text.encode("utf-16-le", "surrogatepass")
    signs = [
        ((each["offset"] + each["length"]) * 2, f" ({each['url']})") for each in entities if "url" in each
    ]
    signs += [(each["offset"] * 2, "> ") for each in entities if each["type"] == "blockquote"]
    for at, sign in sorted(signs, reverse=True):
        units = units[:at] + sign.encode("utf-16-le", "surrogatepass") + units[at:]
    full = units.decode("utf-16-le", "surrogatepass")
    return full if utf16_length(full) <= TEXT_LIMIT else text


def _as_document(call: Call) -> Call:
    """A file that is sent as something to look at, sent as a file; a photo that Telegram has stays one."""
    media = call.get("media")
    if isinstance(media, Mapping):
        if not _may_be_document(str(media.get("type")), media.get("media")):
            return call
        kept = {name: value for name, value in media.items() if name not in VEILS}
        return {**call, "media": {**kept, "type": "document"}}
    kind = AS_DOCUMENT.get(call["method"])
    if kind is None or not _may_be_document(kind, call[kind]):
        return call
    kept = {name: value for name, value in call.items() if name not in VEILS and name != kind}
    return {**kept, "method": "sendDocument", "document": call[kind]}


def _may_be_document(kind: str, file: Any) -> bool:
    anew = isinstance(file, DiskFile | MemoryFile) or "://" in str(file)
    return anew or kind in {"video", "animation", "audio"}


CHANGES: dict[Rung, Callable[[Call], Call]] = {
    Rung.UNQUOTED: _unquoted,
    Rung.UNANSWERED: _without("reply_parameters"),
    Rung.FEWER_BUTTONS: _fewer_buttons,
    Rung.UNBUTTONED: _without("reply_markup"),
    Rung.PLAIN: _plain,
    Rung.DOCUMENT: _as_document,
}
