"""HTML written anew in the part of it that Telegram reads: paragraphs as lines, lists with bullets."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html import escape

from faq.entries.html_tree import HtmlPart, take_apart

_KEPT = {
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
    "kbd": "code",
    "samp": "code",
    "tt": "code",
    "tg-spoiler": "tg-spoiler",
}
_OURS = frozenset(_KEPT) | {"a", "pre", "blockquote", "tg-emoji", "tg-time"}
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt", "caption", "legend"])
_APART = frozenset(["p", "ul", "ol", "menu", "dl", "table", "hr", "figure", "details", *_HEADINGS])
"""Elements with an empty line around them; other blocks begin a line."""
_IN_LINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "bdi",
        "bdo",
        "big",
        "cite",
        "data",
        "dfn",
        "font",
        "label",
        "mark",
        "q",
        "small",
        "span",
        "sub",
        "sup",
        "time",
        "var",
        "picture",
    ]
) | frozenset(_KEPT)
_UNSEEN = frozenset(
    [
        "script",
        "style",
        "head",
        "template",
        "svg",
        "canvas",
        "noscript",
        "select",
        "textarea",
        "title",
        "meta",
        "link",
    ]
)
_ELSEWHERE = {"img": "src", "iframe": "src", "video": "src", "audio": "src", "embed": "src", "source": "src"}
"""What Telegram does not show inside a text, with the attribute that says where it is."""
_REACHABLE = re.compile(r"(https?://|tg://|mailto:|tel:)\S+", re.IGNORECASE)
_SHOWN_AT = re.compile(r"https?://\S+", re.IGNORECASE)
_TEMPLATE = re.compile(r"(\{\{.{0,500}?\}\}|\{%.{0,500}?%\})", re.DOTALL)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LAID_OUT = re.compile(r"<(p|br|div|tr|h[1-6])\b", re.IGNORECASE)
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)\b[^<>]*>")


@dataclass(slots=True)
class SimplerHtml:
    """A text for Telegram; how often each element was written otherwise; what could not be shown at all."""

    text: str
    simplified: Counter[str] = field(default_factory=Counter)
    left_out: list[str] = field(default_factory=list)


def tags(text: str) -> frozenset[str]:
    """The names of all tags in the text, whether HTML has them or not."""
    return frozenset(found[1].lower() for found in _TAG.finditer(text))


def simpler(text: str) -> SimplerHtml:
    """Any HTML for Telegram. Where its lines are not laid out by tags, they stay lines."""
    return written(take_apart(text).parts, lines=not _LAID_OUT.search(text))


def written(parts: "list[HtmlPart | str]", *, lines: bool = False) -> SimplerHtml:
    """Elements for Telegram; `lines` keeps the breaks between lines of a text."""
    writer = _Writer(lines=lines)
    for part in parts:
        writer.write(part)
    return SimplerHtml("".join(writer.out).strip(), writer.simplified, writer.left_out)


class _Writer:
    """Writes elements one after another; breaks and opening tags wait for the next word."""

    def __init__(self, *, lines: bool) -> None:
        self.out: list[str] = []
        self.simplified: Counter[str] = Counter()
        self.left_out: list[str] = []
        self._lines = lines
        self._breaks, self._space, self._bullet = 0, False, ""
        self._opening: list[str] = []
        self._inside: list[str] = []
        self._lists: list[int | None] = []

    def write(self, part: HtmlPart | str) -> None:
        if isinstance(part, str):
            self._text(part)
            return
        name = part.name
        if name not in _OURS:
            self.simplified[name] += 1
        if name in _UNSEEN:
            return
        if name in _ELSEWHERE:
            self._elsewhere(part)
        elif name == "br":
            self._breaks = min(self._breaks + 1, 2)
        elif name in _OURS or (name == "span" and part.attributes.get("class") == "tg-spoiler"):
            self._ours(part)
        elif name == "table":
            self._table(part)
        elif name in _IN_LINE:
            self._in_line(part)
        else:
            self._block(part)

    def _ours(self, part: HtmlPart) -> None:
        match part.name:
            case "a" if _REACHABLE.fullmatch(part.attributes.get("href", "").strip()):
                href = escape(part.attributes["href"].strip())
                self._tagged(part, "a", f'<a href="{href}">')
            case "a":
                self._parts(part)
            case "pre":
                self._break(2)
                self._tagged(HtmlPart("pre", parts=[part.written().strip("\n")]), "pre", "<pre>")
                self._break(2)
            case "blockquote":
                self._break(1)
                more = " expandable" if "expandable" in part.attributes else ""
                self._tagged(part, "blockquote", f"<blockquote{more}>")
                self._break(1)
            case "tg-emoji" | "tg-time":
                self._parts(part)
            case name:
                tag = _KEPT.get(name, "tg-spoiler")
                self._tagged(part, tag, f"<{tag}>")

    def _tagged(self, part: HtmlPart, tag: str, opening: str) -> None:
        """A tag with all that is in it; none inside itself, and none around nothing."""
        if tag in self._inside or "pre" in self._inside or "code" in self._inside:
            self._parts(part)
            return
        self._inside.append(tag)
        self._opening.append(opening)
        self._parts(part)
        self._inside.pop()
        if self._opening and self._opening[-1] is opening:
            self._opening.pop()
        else:
            self.out.append(f"</{tag}>")

    def _in_line(self, part: HtmlPart) -> None:
        if part.name == "sup" and (text := part.text()).translate(_RAISED) != text:
            self._text(text.translate(_RAISED))
        elif part.name == "q":
            self._text("«")
            self._parts(part)
            self._text("»")
        else:
            self._parts(part)

    def _block(self, part: HtmlPart) -> None:
        tight = bool(self._lists)
        gap = 2 if part.name in _APART and not tight else 1
        if part.name in ("li", "dd"):
            gap = 1
        self._break(gap)
        if part.name in ("ul", "ol", "menu"):
            self._lists.append(_first_number(part) if part.name == "ol" else None)
            self._parts(part)
            self._lists.pop()
        elif part.name == "li":
            self._bullet = self._next_bullet()
            self._parts(part)
            self._bullet = ""
        elif part.name in _HEADINGS:
            self._tagged(part, "b", "<b>")
        else:
            self._parts(part)
        self._break(gap)

    def _next_bullet(self) -> str:
        indent = "    " * (len(self._lists) - 1)
        number = self._lists[-1] if self._lists else None
        if number is None:
            return f"{indent}• "
        self._lists[-1] = number + 1
        return f"{indent}{number}. "

    def _table(self, table: HtmlPart) -> None:
        """A line for each row, its cells beside each other."""
        self._break(2)
        for row in table.rows():
            cells = [part for part in row.parts if isinstance(part, HtmlPart) and part.name in ("td", "th")]
            filled = [text for cell in cells if (text := self._cell(cell))]
            line = (" — " if len(cells) == 2 else " | ").join(filled)
            if line:
                heads = all(cell.name == "th" for cell in cells)
                self._raw(f"<b>{line}</b>" if heads and "<" not in line else line)
                self._break(1)
        self._break(2)

    def _cell(self, cell: HtmlPart) -> str:
        inner = written(cell.parts)
        self.simplified += inner.simplified
        self.left_out += inner.left_out
        return re.sub(r"\s*\n\s*", "; ", inner.text)

    def _elsewhere(self, part: HtmlPart) -> None:
        """A picture or a film becomes a link to it, or is left out if nobody could reach it."""
        source = part.attributes.get(_ELSEWHERE[part.name], "").strip()
        name = part.attributes.get("alt", "").strip() or part.attributes.get("title", "").strip()
        if _SHOWN_AT.fullmatch(source) and "a" not in self._inside:
            shown = name or source.partition("?")[0].rstrip("/").rpartition("/")[2] or source
            self._tagged(HtmlPart("a", parts=[shown]), "a", f'<a href="{escape(source)}">')
        elif source:
            short = source if not source.startswith("data:") else source.partition(",")[0]
            self.simplified[part.name] -= 1
            self.left_out.append(f"<{part.name}> {name or short}"[:80])
        self._parts(part)

    def _parts(self, part: HtmlPart) -> None:
        for each in part.parts:
            self.write(each)

    def _text(self, text: str) -> None:
        if "pre" in self._inside:
            self._raw(text, escaped=False)
            return
        for number, line in enumerate(re.split(r"\r\n|\r|\n", text) if self._lines else [text]):
            if number:
                self._breaks = min(self._breaks + 1, 2)
                self._space = False
            self._words(_SPACE.sub(" ", line))

    def _words(self, text: str) -> None:
        at_start = not self.out or self._breaks > 0
        if text.startswith(" ") and not at_start:
            self._space = True
        words = text.strip(" ")
        if words:
            self._raw(words, escaped=False)
            self._space = text.endswith(" ")

    def _raw(self, text: str, *, escaped: bool = True) -> None:
        """What waits, and then the text."""
        if self.out and self._breaks:
            self.out.append("\n" * self._breaks)
        elif self.out and self._space:
            self.out.append(" ")
        self.out += [self._bullet, *self._opening, text if escaped else _escaped(text)]
        self._breaks, self._space, self._bullet = 0, False, ""
        self._opening.clear()

    def _break(self, lines: int) -> None:
        self._breaks = max(self._breaks, lines)
        self._space = False


def _escaped(text: str) -> str:
    """A text for HTML; what stands between a template's signs stays as it is."""
    return "".join(
        piece if number % 2 else escape(piece, quote=False)
        for number, piece in enumerate(_TEMPLATE.split(text))
    )


def _first_number(part: HtmlPart) -> int:
    start = part.attributes.get("start", "1")
    return int(start) if re.fullmatch(r"[0-9]{1,6}", start) else 1
