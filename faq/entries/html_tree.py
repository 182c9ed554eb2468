"""HTML as people have it, taken apart into its elements however carelessly it was written."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

DEEPEST = 60
"""Elements deeper than this are taken as if they stood beside each other."""

_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "tg-spoiler",
        "tg-emoji",
        "tg-time",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "caption",
        "center",
        "colgroup",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hgroup",
        "html",
        "iframe",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "noscript",
        "object",
        "ol",
        "optgroup",
        "option",
        "p",
        "picture",
        "pre",
        "script",
        "section",
        "select",
        "style",
        "summary",
        "svg",
        "table",
        "tbody",
        "td",
        "template",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
        "video",
        "audio",
        "canvas",
    ]
)
KNOWN = _VOID | _INLINE | _BLOCKS
_ENDS_PARAGRAPH = _BLOCKS - {"button", "object", "script", "style", "svg", "template", "picture"}
_ENDED_BY = {
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "tr": {"tr", "td", "th"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "option": {"option"},
}
"""What a new element ends that nobody closed."""
_HOLDS = {"li": {"ul", "ol", "menu"}, "dt": {"dl"}, "dd": {"dl"}, "tr": {"table"}, "td": {"tr"}, "th": {"tr"}}
"""How far up it looks for that."""


@dataclass(slots=True)
class HtmlPart:
    """An element with what is in it, in order; `line` counts from 1."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    line: int = 1
    parts: "list[HtmlPart | str]" = field(default_factory=list)

    def text(self) -> str:
        """All the words in it, with single spaces."""
        return " ".join(self._words().split())

    def written(self) -> str:
        """All the words in it with the spaces and lines between them."""
        return "".join(part if isinstance(part, str) else part.written() for part in self.parts)

    def rows(self) -> "list[HtmlPart]":
        """The rows of a table, not those of tables inside it."""
        found = []
        for part in self.parts:
            if isinstance(part, HtmlPart):
                found += [part] if part.name == "tr" else part.rows() if part.name != "table" else []
        return found

    def _words(self) -> str:
        inner = "".join(part if isinstance(part, str) else part._words() for part in self.parts)
        return f" {inner} " if self.name in _BLOCKS or self.name == "br" else inner


def take_apart(text: str, line: int = 1) -> HtmlPart:
    """The text as one element without a name; a tag that is none of HTML's stays a text."""
    tree = _Tree(line)
    try:
        tree.feed(text)
        tree.close()
    except AssertionError:  # HTMLParser on a declaration that nobody knows
        return HtmlPart("", parts=[text])
    return tree.root


class _Tree(HTMLParser):
    def __init__(self, line: int) -> None:
        super().__init__(convert_charrefs=True)
        self.root = HtmlPart("", line=line)
        self._above, self._open = line - 1, [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not _is_html(tag):
            self.handle_data(self.get_starttag_text() or "")
            return
        self._end_what_it_ends(tag)
        values = {name: value or "" for name, value in attrs}
        part = HtmlPart(tag, values, self.getpos()[0] + self._above)
        self._open[-1].parts.append(part)
        if tag not in _VOID and len(self._open) < DEEPEST:
            self._open.append(part)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID and _is_html(tag):
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not _is_html(tag):
            self.handle_data(f"</{tag}>")
            return
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].name == tag:
                del self._open[depth:]
                return
        if tag in ("p", "br"):
            self._open[-1].parts.append(HtmlPart(tag))

    def handle_data(self, data: str) -> None:
        self._open[-1].parts.append(data)

    def unknown_decl(self, data: str) -> None:
        """A section such as CDATA's is a text."""
        self.handle_data(data.removeprefix("CDATA["))

    def _end_what_it_ends(self, tag: str) -> None:
        ended, holds = _ENDED_BY.get(tag, set()), _HOLDS.get(tag, set())
        first = len(self._open)
        for depth in range(len(self._open) - 1, 0, -1):
            name = self._open[depth].name
            if name in holds:
                break
            first = depth if name in ended else first
        del self._open[first:]
        if tag in _ENDS_PARAGRAPH and self._open[-1].name == "p":
            self._open.pop()


def _is_html(tag: str) -> bool:
    """Whether it is an element; one with a hyphen is of somebody's own making."""
    return tag in KNOWN or "-" in tag
