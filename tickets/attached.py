"""An entry's answer with what goes along: a picture above the words, or before them where they are many."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from desk.content import CAPTION_LIMIT, Content, utf16_length
from desk.formatted import bare
from desk.post import Button, Call, keyboard, on_disk, say
from faq.entries.entry import Entry, in_telegram

METHODS = {
    "photo": "sendPhoto",
    "video": "sendVideo",
    "animation": "sendAnimation",
    "audio": "sendAudio",
    "voice": "sendVoice",
    "document": "sendDocument",
}
KINDS = {
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".webp"), "photo"),
    **dict.fromkeys((".mp4", ".mov", ".m4v"), "video"),
    ".gif": "animation",
    **dict.fromkeys((".mp3", ".m4a", ".flac"), "audio"),
    **dict.fromkeys((".ogg", ".oga", ".opus"), "voice"),
}
IN_PLACE = frozenset({"photo", "video", "animation", "audio", "document"})
"""What Telegram lets a text turn into; a voice message it does not."""


@dataclass(frozen=True, slots=True)
class Media:
    """What is attached: its kind as Telegram names it, and the file's id, address, or path here."""

    kind: str
    file: str | Path

    @property
    def parameter(self) -> Any:
        """As a call's parameter."""
        return on_disk(self.file) if isinstance(self.file, Path) else self.file

    @property
    def name(self) -> str:
        """By which managers know it."""
        return self.file.name if isinstance(self.file, Path) else self.file


def media_of(entry: Entry) -> Media | None:
    """What the entry has attached. A kind nobody named is told from the name's ending."""
    attached = entry.attachment()
    if attached is None:
        return None
    if isinstance(attached, Path):
        return Media(KINDS.get(attached.suffix.lower(), "document"), attached)
    if (known := in_telegram(attached)) is not None:
        return Media(*known)
    suffix = PurePosixPath(urlsplit(attached).path).suffix.lower()
    return Media(KINDS.get(suffix, "document") if suffix else "photo", attached)


def fits(html: str) -> bool:
    """Whether words can stand under media: Telegram counts them without markup, in UTF-16 units."""
    return utf16_length(bare(html)) <= CAPTION_LIMIT


def sent_with(media: Media, html: str, rows: Sequence[Sequence[Button]] = ()) -> Call:
    """Media as a call, with words and buttons under it."""
    call: Call = {"method": METHODS[media.kind], media.kind: media.parameter}
    if html:
        call |= {"caption": html, "parse_mode": "HTML"}
    if rows:
        call["reply_markup"] = keyboard(rows)
    return call


def turned_into(media: Media, message_id: int, html: str, rows: Sequence[Sequence[Button]]) -> Call:
    """A message of ours that becomes media with words."""
    shown = {"type": media.kind, "media": media.parameter, "caption": html, "parse_mode": "HTML"}
    return {
        "method": "editMessageMedia",
        "message_id": message_id,
        "media": shown,
        "reply_markup": keyboard(rows),
    }


def calls(media: Media | None, html: str, rows: Sequence[Sequence[Button]] = ()) -> list[Call]:
    """The answer's messages in order; the buttons stand under the last."""
    if media is None:
        return [say(html, rows)]
    if fits(html):
        return [sent_with(media, html, rows)]
    return [sent_with(media, ""), say(html, rows)]


def contents(media: Media | None, html: str) -> list[Content]:
    """The same as messages that an operator sends: they are kept, and carried like any reply."""
    words = Content(text=bare(html), extra={"html": html})
    if media is None:
        return [words]
    together = fits(html)
    file_id = None if isinstance(media.file, Path) else media.file
    upload = {"upload": str(media.file)} if isinstance(media.file, Path) else {}
    shown = {"html": html, **upload} if together and html else upload
    picture = Content(kind=media.kind, text=words.text if together else "", file_id=file_id, extra=shown)
    return [picture] if together else [picture, words]
