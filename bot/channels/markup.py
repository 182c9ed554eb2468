"""Telegram's HTML as other channels show it: the tags they know, and of the others their words alone."""

from collections.abc import Collection
from html import escape
from html.parser import HTMLParser

LINKS = ("http://", "https://", "mailto:", "tel:")


class _Rewriter(HTMLParser):
    def __init__(self, known: Collection[str], line_end: str) -> None:
        super().__init__(convert_charrefs=True)
        self._known, self._line_end = known, line_end
        self._pieces: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self._known:
            self._open.append("")
            return
        href = dict(attrs).get("href") or ""
        shown = tag != "a" or href.startswith(LINKS)
        target = f' href="{escape(href)}"' if tag == "a" and shown else ""
        self._open.append(tag if shown else "")
        if shown:
            self._pieces.append(f"<{tag}{target}>")

    def handle_endtag(self, tag: str) -> None:
        if self._open and (opened := self._open.pop()):
            self._pieces.append(f"</{opened}>")

    def handle_data(self, data: str) -> None:
        self._pieces.append(escape(data, quote=False).replace("\n", self._line_end))

    def whole(self) -> str:
        return "".join(self._pieces)


def with_tags(html: str, known: Collection[str], line_end: str = "\n") -> str:
    """The text with these tags only, links with nothing but their target, line ends as given."""
    rewriter = _Rewriter(known, line_end)
    rewriter.feed(html)
    rewriter.close()
    return rewriter.whole()
