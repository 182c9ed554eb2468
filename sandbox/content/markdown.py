"""Telegram's MarkdownV2: text and entities out of signs, as td's `parse_markdown_v2` reads them."""

from dataclasses import dataclass

from sandbox.accounts import Json
from sandbox.content import utf16
from sandbox.content.markup import link, refuse

SIGNS = frozenset("_*[]()~`>#+-=|{}.!\n")
"""Each means something or must be escaped."""
ASCII_END = "\x7f"
PAIRED = {"underline": "__", "spoiler": "||", "pre": "```"}
SINGLE = {
    "bold": "*",
    "italic": "_",
    "strikethrough": "~",
    "code": "`",
    "text_link": "]",
    "custom_emoji": "]",
}
NAMES = {
    "text_link": "TextUrl",
    "custom_emoji": "CustomEmoji",
    "expandable_blockquote": "ExpandableBlockQuote",
    "blockquote": "BlockQuote",
}
"""How td's complaints call an entity, where it is not the same word with a capital."""


@dataclass(slots=True)
class Opened:
    """An entity that has begun: its offset in UTF-16 units, where in the source, where in the text."""

    kind: str
    offset: int
    begins: int
    text_begins: int
    language: str = ""


def parse_v2(source: str) -> tuple[str, list[Json]]:
    """Plain text and its entities, in the order Telegram keeps them."""
    reader = _V2(source)
    reader.read()
    return "".join(reader.text), sorted(reader.entities, key=lambda e: (e["offset"], -e["length"]))


class _V2:
    def __init__(self, source: str) -> None:
        self.source, self.at = source, 0
        self.text: list[str] = []
        self.offset = 0
        self.stack: list[Opened] = []
        self.entities: list[Json] = []
        self.line_begins = True

    def read(self) -> None:
        while self.at < len(self.source):
            sign = self.source[self.at]
            if sign == "\\" and "\0" < self.peek(1) < ASCII_END:
                self.at += 1
                self.put(self.source[self.at])
            elif not self.means_something(sign):
                self.put(sign)
            elif self.ends():
                self.close()
            else:
                self.open(sign)
        self.end_quote()
        if self.stack:
            last = self.stack[-1]
            name = NAMES.get(last.kind, last.kind.capitalize())
            raise refuse(f"Can't find end of {name} entity at byte offset {self.byte(last.begins)}")

    def peek(self, ahead: int, size: int = 1) -> str:
        return self.source[self.at + ahead : self.at + ahead + size]

    def byte(self, position: int) -> int:
        return len(self.source[:position].encode("utf-8", "surrogatepass"))

    def put(self, character: str) -> None:
        """One character of the text; the sign under way is used up."""
        self.text.append(character)
        self.offset += utf16.length(character)
        self.at += 1
        self.line_begins = False

    def means_something(self, sign: str) -> bool:
        literal = self.stack and self.stack[-1].kind in {"code", "pre"}
        return sign == "`" if literal else sign in SIGNS

    def ends(self) -> bool:
        """Whether the innermost entity ends here."""
        if not self.stack:
            return False
        kind = self.stack[-1].kind
        if kind in PAIRED:
            return self.source.startswith(PAIRED[kind], self.at)
        if kind == "italic" and self.peek(0, 2) == "__":
            return False
        return self.peek(0) == SINGLE.get(kind)

    def open(self, sign: str) -> None:
        begins, language = self.at, ""
        match sign:
            case "\n":
                self.new_line()
                return
            case ">" if self.line_begins:
                self.quote("blockquote")
                return
            case "*" if self.line_begins and self.peek(0, 3) == "**>":
                self.quote("expandable_blockquote")
                return
            case "_" | "|" if self.peek(1) == sign:
                kind, skipped = ("underline" if sign == "_" else "spoiler"), 2
            case "!" if self.peek(1) == "[":
                kind, skipped = "custom_emoji", 2
            case "`" if self.peek(0, 3) == "```":
                kind, (language, skipped) = "pre", self.fence()
            case "_" | "*" | "~" | "`" | "[":
                kind = {"_": "italic", "*": "bold", "~": "strikethrough", "`": "code", "[": "text_link"}[sign]
                skipped = 1
            case _:
                raise refuse(f"Character '{sign}' is reserved and must be escaped with the preceding '\\'")
        self.at += skipped
        self.line_begins = False
        self.stack.append(Opened(kind, self.offset, begins, len(self.text), language))

    def fence(self) -> tuple[str, int]:
        """The language behind three grave accents, and how much of the source the beginning takes."""
        after, language = self.at + 3, ""
        end = after
        while end < len(self.source) and not self.source[end].isspace() and self.source[end] != "`":
            end += 1
        if after < end < len(self.source) and self.source[end] != "`":
            language, after = self.source[after:end], end
        return language, after + first_newline(self.source, after) - self.at

    def new_line(self) -> None:
        """A quotation goes on only if the next line begins with its sign too."""
        in_quote = self.stack and self.stack[-1].kind.endswith("blockquote")
        if in_quote and self.peek(1) != ">":
            self.end_quote()
        self.put("\n")
        self.line_begins = True
        if in_quote and self.stack and self.stack[-1].kind.endswith("blockquote"):
            self.at += 1  # the sign of the line that goes on
            self.line_begins = False

    def quote(self, kind: str) -> None:
        if any(each.kind.endswith("blockquote") for each in self.stack):
            raise refuse("Character '>' is reserved and must be escaped with the preceding '\\'")
        self.stack.append(Opened(kind, self.offset, self.at, len(self.text)))
        self.at += 3 if kind == "expandable_blockquote" else 1
        self.line_begins = False

    def end_quote(self) -> None:
        """End the quotation, if the innermost entity is one; a trailing || makes it expandable."""
        match self.stack:
            case [*_, Opened("blockquote" | "expandable_blockquote") as quote, Opened("spoiler", offset)] if (
                offset == self.offset
            ):
                self.stack.pop()
                quote.kind = "expandable_blockquote"
        if self.stack and self.stack[-1].kind.endswith("blockquote"):
            opened = self.stack.pop()
            self.keep(opened, {"type": opened.kind})

    def close(self) -> None:
        opened = self.stack.pop()
        self.at += len(PAIRED.get(opened.kind, "1"))
        match opened.kind:
            case "text_link":
                url = self.address() if self.peek(0) == "(" else "".join(self.text[opened.text_begins :])
                entity = link(url, {})
                if entity is not None:
                    self.keep(opened, entity)
            case "custom_emoji":
                if self.peek(0) != "(":
                    raise refuse("Custom emoji entity must contain a tg://emoji URL")
                self.keep(opened, {"type": "custom_emoji", "custom_emoji_id": emoji_id(self.address())})
            case "pre" if opened.language:
                self.keep(opened, {"type": "pre", "language": opened.language})
            case kind:
                self.keep(opened, {"type": kind})

    def keep(self, opened: Opened, entity: Json) -> None:
        if self.offset > opened.offset:
            span = {"offset": opened.offset, "length": self.offset - opened.offset}
            self.entities.append({"type": entity["type"], **span, **entity})

    def address(self) -> str:
        """The address in brackets behind a text."""
        self.at += 1
        begins, url = self.at, ""
        while self.at < len(self.source) and self.source[self.at] != ")":
            if self.source[self.at] == "\\" and "\0" < self.peek(1) < ASCII_END:
                self.at += 1
            url += self.source[self.at]
            self.at += 1
        if self.at >= len(self.source):
            raise refuse(f"Can't find end of a URL at byte offset {self.byte(begins)}")
        self.at += 1
        return url


def first_newline(source: str, at: int) -> int:
    """How long the line break at the beginning of a code block is; it is no part of the text."""
    if source[at : at + 1] not in {"\n", "\r"}:
        return 0
    return 2 if source[at : at + 2] in {"\r\n", "\n\r"} else 1


def emoji_id(url: str) -> str:
    """The id in tg://emoji?id=…"""
    scheme, _, number = url.partition("tg://emoji?id=")
    if scheme or not number.isdigit():
        raise refuse("Invalid custom emoji identifier specified")
    return number
