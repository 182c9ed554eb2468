"""Telegram HTML: text and entities out of tags, with Telegram's own complaints."""

import re
from dataclasses import dataclass

from sandbox.accounts import Json
from sandbox.content import utf16
from sandbox.content.links import BadLinkError, checked, person_of
from sandbox.errors import ApiError, Refusal

SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
TAGS = {*SIMPLE, "a", "code", "pre", "blockquote", "tg-emoji", "tg-time"}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#(\d{1,8})|#[xX]([0-9a-fA-F]{1,8})|([a-zA-Z]+));?")
NAME = re.compile(r"[^\s=>/\"']*")
TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
SPACES = re.compile(r"\s*")


@dataclass(slots=True)
class Open:
    tag: str
    argument: str
    offset: int
    begins: int
    time_format: str = ""


def parse(source: str) -> tuple[str, list[Json]]:
    """Plain text and its entities, in the order Telegram keeps them."""
    if "<" not in source and "&" not in source:
        return source, []
    reader = Reader(source)
    reader.read()
    entities = [{k: v for k, v in e.items() if k != "_language"} for e in reader.entities]
    return "".join(reader.text), sorted(entities, key=lambda e: (e["offset"], -e["length"]))


def unescape(source: str) -> str:
    """Only the references Telegram knows; any other `&x;` stays as typed."""

    def character(found: re.Match[str]) -> str:
        decimal, hexadecimal, name = found.groups()
        if name:
            return NAMED.get(name, found[0])
        code = int(decimal) if decimal else int(hexadecimal, 16)
        return chr(code) if 0 < code < 0x110000 else found[0]

    return REFERENCE.sub(character, source) if "&" in source else source


class Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.text: list[str] = []
        self.offset = 0
        self.size = 0
        self.stack: list[Open] = []
        self.time_format = ""
        self.entities: list[Json] = []

    def read(self) -> None:
        while self.at < len(self.source):
            tag = self.source.find("<", self.at)
            self.put(unescape(self.source[self.at : tag if tag >= 0 else len(self.source)]))
            if tag < 0:
                break
            self.at = tag
            if self.source.startswith("</", tag):
                self.close(tag)
            else:
                self.open(tag)
        if self.stack:
            raise refuse(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].tag}"')

    def put(self, piece: str) -> None:
        self.text.append(piece)
        self.offset += utf16.length(piece)
        self.size += len(piece)

    def byte(self, position: int) -> int:
        return len(self.source[:position].encode())

    def peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.source, self.at)
        piece = found[0] if found else ""
        self.at += len(piece)
        return piece

    def open(self, begin: int) -> None:
        self.at = begin + 1
        tag = self.take(re.compile(r"[^\s>]*")).lower()
        if not self.peek():
            raise refuse(f"Unclosed start tag at byte offset {self.byte(begin)}")
        if tag not in TAGS:
            raise refuse(f'Unsupported start tag "{tag}" at byte offset {self.byte(begin)}')
        argument = self.time_format = ""
        while self.peek() != ">":
            argument = self.attribute(tag, begin) or argument
        self.at += 1
        if tag == "span" and argument != "spoiler":
            raise refuse(f'Tag "span" must have class "tg-spoiler" at byte offset {self.byte(begin)}')
        if tag == "tg-emoji" and not argument.isdigit():
            raise refuse("Invalid custom emoji identifier specified")
        self.stack.append(Open(tag, argument, self.offset, self.size, self.time_format))

    def attribute(self, tag: str, begin: int) -> str:
        """One attribute; the part that matters to the entity, or nothing."""
        self.take(SPACES)
        if self.peek() == ">":
            return ""
        name = self.take(NAME)
        if not name:
            where = self.byte(begin)
            if not self.peek():
                raise refuse(f"Unclosed start tag at byte offset {where}")
            raise refuse(f'Empty attribute name in the tag "{tag}" at byte offset {where}')
        self.take(SPACES)
        if self.peek() != "=":
            if not self.peek():
                raise refuse(f'Unclosed start tag "{tag}" at byte offset {self.byte(begin)}')
            return "1" if (tag, name.lower()) == ("blockquote", "expandable") else ""
        self.at += 1
        self.take(SPACES)
        value = self.value(begin)
        if (tag, name.lower()) == ("tg-time", "format"):
            self.time_format = value
        return meaning(tag, name, value)

    def value(self, begin: int) -> str:
        quote = self.peek()
        if quote not in {"'", '"'}:
            start = self.at
            value = self.take(TOKEN).lower()
            if self.peek() and not self.peek().isspace() and self.peek() != ">":
                raise refuse(f"Unexpected end of name token at byte offset {self.byte(start)}")
        else:
            end = self.source.find(quote, self.at + 1)
            stop = end if end >= 0 else len(self.source)
            value = unescape(self.source[self.at + 1 : stop])
            self.at = stop + 1
        if not self.peek():
            raise refuse(f"Unclosed start tag at byte offset {self.byte(begin)}")
        return value

    def close(self, begin: int) -> None:
        if not self.stack:
            raise refuse(f"Unexpected end tag at byte offset {self.byte(begin)}")
        self.at = begin + 2
        name = self.take(re.compile(r"[^\s>]*")).lower()
        self.take(SPACES)
        if self.peek() != ">":
            raise refuse(f"Unclosed end tag at byte offset {self.byte(begin)}")
        self.at += 1
        opened = self.stack.pop()
        if name and name != opened.tag:
            raise refuse(
                f"Unmatched end tag at byte offset {self.byte(begin)}, "
                f'expected "</{opened.tag}>", found "</{name}>"'
            )
        if self.offset > opened.offset:
            self.finish(opened)

    def finish(self, opened: Open) -> None:
        span: Json = {"offset": opened.offset, "length": self.offset - opened.offset}
        last = self.entities[-1] if self.entities else {}
        same = (last.get("offset"), last.get("length")) == (span["offset"], span["length"])
        if opened.tag == "pre" and same and last["type"] == "code" and "_language" in last:
            self.entities[-1] = {"type": "pre", **span, "language": last["_language"]}
            return
        if opened.tag == "code" and same and last["type"] == "pre" and opened.argument:
            last["language"] = opened.argument
            return
        covered = "".join(self.text)[opened.begins :] if opened.tag == "a" else ""
        entity = describe(opened, span, covered)
        if entity:
            self.entities.append(entity)


def meaning(tag: str, name: str, value: str) -> str:
    match tag, name.lower():
        case "a", "href":
            return value
        case "code", "class" if value.startswith("language-"):
            return value.removeprefix("language-")
        case "span", "class" if value.startswith("tg-"):
            return value.removeprefix("tg-")
        case ("tg-emoji", "emoji-id") | ("tg-time", "unix"):
            return value
        case "blockquote", "expandable":
            return "1"
    return ""


def describe(opened: Open, span: Json, covered: str) -> Json | None:
    """The entity a closed tag leaves behind."""
    match opened.tag:
        case "a":
            return link(opened.argument or covered, span)
        case "code":
            return {"type": "code", **span} | ({"_language": opened.argument} if opened.argument else {})
        case "pre":
            return {"type": "pre", **span}
        case "blockquote":
            return {"type": "expandable_blockquote" if opened.argument else "blockquote", **span}
        case "tg-emoji":
            return {"type": "custom_emoji", **span, "custom_emoji_id": opened.argument}
        case "tg-time":
            at = {"type": "date_time", **span, "unix_time": int(opened.argument or 0)}
            return at | ({"date_time_format": opened.time_format} if opened.time_format else {})
    return {"type": SIMPLE[opened.tag], **span}


def link(url: str, span: Json) -> Json | None:
    """A mention of a person, a link, or nothing: what is no address is plain text."""
    person = person_of(url)
    if person is not None:
        return {"type": "text_mention", **span, "_user_id": person}
    try:
        return {"type": "text_link", **span, "url": checked(url)}
    except BadLinkError:
        return None


def refuse(reason: str) -> ApiError:
    return ApiError(Refusal.ENTITIES, reason=reason)
