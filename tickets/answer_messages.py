"""An entry's answer as messages: media with the words under them, or before them if the words are long."""

import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from desk.content import CAPTION_LIMIT, Content
from desk.formatted import Html, bare, length_of
from desk.kinds import kind_of_file
from desk.post import Button, Media, Say
from faq.entries.entry import Entry, in_telegram

QUOTE = re.compile(r"\n?</?blockquote[^>]*>\n?", re.IGNORECASE)


def can_fold(entry: Entry) -> bool:
    """Whether an answer is words alone, and all that its question needs."""
    return bool(entry.answer) and not entry.call_person and entry.attachment() is None


def unquoted(html: str) -> str:
    """A text that may stand inside a quote: Telegram puts no quote into another."""
    return QUOTE.sub("\n", html).strip("\n")


def media_of(entry: Entry) -> Media | None:
    """The media of an entry; a kind that is not given is told by the file's ending."""
    attached = entry.attachment()
    if attached is None:
        return None
    if isinstance(attached, Path):
        return Media(kind_of_file(attached.suffix), attached)
    if (known := in_telegram(attached)) is not None:
        return Media(*known)
    suffix = PurePosixPath(urlsplit(attached).path).suffix.lower()
    return Media(kind_of_file(suffix) if suffix else "photo", attached)


def fits(html: str) -> bool:
    """Whether a text is short enough to be a caption."""
    return length_of(html) <= CAPTION_LIMIT


def bodies(media: Media | None, html: str, rows: Sequence[Sequence[Button]] = ()) -> list[Say]:
    """The answer as messages of ours, in order; the buttons stand under the last."""
    if media is None or fits(html):
        return [Say(html=html, rows=rows, media=media)]
    return [Say(media=media), Say(html=html, rows=rows)]


def contents(media: Media | None, html: str) -> list[Content]:
    """The answer as contents, for when an operator sends it as a reply."""
    words = Content(text=bare(html), html=Html(html))
    if media is None:
        return [words]
    together = fits(html)
    here = str(media.file) if isinstance(media.file, Path) else None
    picture = Content(
        kind=media.kind,
        text=words.text if together else "",
        html=words.html if together and html else None,
        file_id=None if here else str(media.file),
        upload=here,
    )
    return [picture] if together else [picture, words]
