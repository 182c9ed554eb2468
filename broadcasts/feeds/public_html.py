"""The formatting of a notice as web pages and feed readers may have it: a few harmless tags, nothing else."""

from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit

from desk.formatted import Html

PLAIN_TAGS = {
    "b": "b",
    "strong": "b",
    "i": "i",
    "em": "i",
    "u": "u",
    "ins": "u",
    "s": "s",
    "strike": "s",
    "del": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
"""Telegram's tags, and what they are on a page; of all others only the words stay."""
SCHEMES = {"http", "https", "mailto", "tel"}


class _Cleaner(HTMLParser):
    """Writes what it reads anew, letter by letter."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag begins: one of ours, or none at all."""
        if tag == "a" and (address := safe_address(dict(attrs).get("href"))):
            self._begin(tag, "a", f'<a href="{escape(address)}" rel="nofollow noopener noreferrer">')
        elif tag in PLAIN_TAGS:
            self._begin(tag, PLAIN_TAGS[tag], f"<{PLAIN_TAGS[tag]}>")

    def handle_endtag(self, tag: str) -> None:
        """A tag ends, with those that are still open in it."""
        if all(each != tag for each, _ in self._open):
            return
        while self._open:
            ended, written = self._open.pop()
            self.written.append(f"</{written}>")
            if ended == tag:
                return

    def handle_data(self, data: str) -> None:
        """Words; in HTML a line ends with a tag."""
        inside = any(tag == "pre" for tag, _ in self._open)
        said = escape(data)
        self.written.append(said if inside else said.replace("\n", "<br>"))

    def finished(self) -> str:
        """All of it, with nothing left open."""
        self.close()
        return "".join([*self.written, *(f"</{written}>" for _, written in reversed(self._open))])

    def _begin(self, tag: str, written: str, opening: str) -> None:
        self._open.append((tag, written))
        self.written.append(opening)


def public(html: str) -> Html:
    """Telegram HTML as HTML that does no harm anywhere."""
    cleaner = _Cleaner()
    cleaner.feed(html)
    return Html(cleaner.finished())


def safe_address(address: str | None) -> str | None:
    """An address that a stranger may press; None for any that does more than lead somewhere."""
    try:
        scheme = urlsplit((address or "").strip()).scheme.lower()
    except ValueError:
        return None
    return (address or "").strip() if scheme in SCHEMES else None
