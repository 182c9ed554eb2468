"""The content of a message, and several contents joined to one."""

import json
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from hashlib import blake2b
from itertools import accumulate
from typing import Any, Literal, Self

from desk.formatted import Html, between, spans_without
from desk.kinds import CAPTIONED, album_of

Entity = dict[str, Any]

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
ALBUM_LIMIT = 10
ENTITY_LIMIT = 100
BLANK_LINE = re.compile(r"\n\s*\n")
THIN_LINE = "\n┈┈┈\n"

TRACE_KEY = secrets.token_bytes(16)
"""Of this process alone, so that nobody can guess from a trace what words were held back."""
COMMAND = re.compile(r"/\w{1,32}(@\w+)?\s+(?=\S)", re.ASCII)

FOUND_BY_TELEGRAM = frozenset(
    str.split("mention hashtag cashtag bot_command url email phone_number bank_card_number")
)
"""Entities that Telegram finds in every text by itself."""


def trace_of(text: str, extra: Mapping[str, Any]) -> str:
    """The trace of words as they were read from a message, with what else is told of them."""
    words = f"{text}\0{json.dumps(extra, sort_keys=True, default=str)}" if extra else text
    return blake2b(words.encode("utf-8", "surrogatepass"), key=TRACE_KEY, digest_size=8).hexdigest()


def utf16_length(text: str) -> int:
    """The length of a text in UTF-16 units, in which Telegram counts entities."""
    return len(text) + sum(character > "\uffff" for character in text)


def utf16_part(text: str, entity: Entity) -> str:
    """The part of a text that an entity covers."""
    units, start = text.encode("utf-16-le"), entity["offset"] * 2
    return units[start : start + entity["length"] * 2].decode("utf-16-le", "ignore")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Whose words a message passes on, or what it answers in another chat.

    `name` is the author's as Telegram shows it, `kind` what is answered if that is no text; `public`: a
    channel that everybody can read; `own`: the sender's own words.
    """

    how: Literal["forwarded", "answers"]
    name: str
    kind: str = ""
    public: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """One message's content.

    `kind` is Telegram's own name of it (text, photo, …, dice), or "other" for what can only be copied.
    `text` is the text or the caption, `entities` its formatting with UTF-16 offsets, `file_id` the file of a
    media kind, `quote` the part of the answered message that was quoted, and `extra` the remaining fields a
    kind needs (coordinates, a contact, a poll's options). What the desk says itself has its formatting in
    `html` instead, and its file may be one of this machine, by the path `upload`. `inside` are the lines that
    an operator kept among colleagues: "" where only another picture of the album has such, None for nothing.
    `masked`: a secret in it is hidden, so nobody is shown the original; `withheld`: nor its file, which bears
    the secret in its name. `trace` tells the words as they were written from others. `origin` says whose
    words are passed on or answered. `parts`: of several messages that were read as one, the number and the
    length of each.
    """

    kind: str = "text"
    text: str = ""
    entities: tuple[Entity, ...] = ()
    file_id: str | None = None
    album: str | None = None
    quote: str | None = None
    quote_entities: tuple[Entity, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)
    origin: Origin | None = None
    html: Html | None = None
    upload: str | None = None
    inside: str | None = None
    masked: bool = False
    withheld: bool = False
    trace: str | None = None
    parts: tuple[tuple[int, int], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON for storage, without the empty ones."""
        own = {
            "html": self.html,
            "upload": self.upload,
            "inside": self.inside,
            "masked": self.masked or None,
            "trace": self.trace,
            "parts": self.parts or None,
        }
        full = {
            "kind": self.kind,
            "text": self.text,
            "entities": list(self.entities),
            "file_id": self.file_id,
            "album": self.album,
            "quote": self.quote,
            "quote_entities": list(self.quote_entities),
            "origin": None if self.origin is None else asdict(self.origin),
            "extra": self.extra | {name: value for name, value in own.items() if value is not None},
        }
        return {name: value for name, value in full.items() if value}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """Read what `as_json` wrote."""
        lists = {name: tuple(stored.get(name, ())) for name in ("entities", "quote_entities")}
        extra = dict(stored.get("extra", {}))
        own = {name: extra.pop(name, None) for name in ("html", "upload", "inside", "trace")}
        html = None if own["html"] is None else Html(own["html"])
        own["masked"] = bool(extra.pop("masked", False))
        own["parts"] = tuple((number, length) for number, length in extra.pop("parts", ()))
        origin = None if stored.get("origin") is None else Origin(**stored["origin"])
        return cls(**{**stored, **lists, **own, "html": html, "origin": origin, "extra": extra})

    @property
    def passes_on(self) -> bool:
        """Whether it is somebody else's words: forwarded, and not by their author."""
        return self.origin is not None and self.origin.how == "forwarded" and not self.origin.own

    @property
    def is_live(self) -> bool:
        """Whether it shows where somebody is now, for a while."""
        return self.kind == "location" and bool(self.extra.get("live_period"))

    @property
    def takes_words(self) -> bool:
        """Whether the kind has a text or a caption."""
        return self.kind == "text" or self.kind in CAPTIONED

    @property
    def asked(self) -> str:
        """The words without a command before them: what the FAQ is asked."""
        return COMMAND.sub("", self.text, count=1) if self.text.startswith("/") else self.text

    @property
    def limit(self) -> int:
        """How many characters of text the kind may bear."""
        return TEXT_LIMIT if self.kind == "text" else CAPTION_LIMIT if self.kind in CAPTIONED else 0

    @property
    def formatting(self) -> tuple[Entity, ...]:
        """The entities that the author chose; Telegram finds the others by itself."""
        return tuple(each for each in self.entities if each["type"] not in FOUND_BY_TELEGRAM)

    def kept(self, spans: Sequence[tuple[int, int]]) -> Self:
        """The content with only these stretches of its text, each from a character to another, in order."""
        text, entities = "", list[Entity]()
        for start, end in spans:
            gone, there = utf16_length(self.text[:start]), utf16_length(text)
            entities += clipped(self.entities, gone, utf16_length(self.text[:end]), there - gone)
            text += self.text[start:end]
        return replace(self, text=text, entities=tuple(entities))

    @property
    def as_written(self) -> bool:
        """Whether nothing was changed since it was read, so that the original may be shown as it stands.

        What was read by another process counts as changed.
        """
        return not self.masked and self.trace is not None and self.trace == trace_of(self.text, self.extra)

    def part(self, start: int, stop: int | None = None) -> Self:
        """The content with only these characters of its text, and what is formatted of them."""
        end = len(self.text) if stop is None else stop
        html = None if self.html is None else Html(between(self.html, start, end))
        return replace(self.kept([(start, end)]), html=html)

    def headed(self, header: str) -> "Content | None":
        """The content with a bold line above its text; None if that is too long."""
        return self._below(header, {"type": "bold"})

    def with_line_above(self, line: str) -> "Content | None":
        """The content with a line of ours above it, and between them what it quotes of another chat.

        None if its kind has no words, or if that is too long.
        """
        whole: Content | None = self
        if self.quote and self.origin is not None:
            whole = self._below(self.quote, {"type": "blockquote"}, self.quote_entities)
            whole = whole and replace(whole, quote=None, quote_entities=())
        return whole and whole._below(line, {"type": "italic"})

    def below_quote(self) -> "Content":
        """The content with the quoted words above it, for where it cannot be sent as a reply."""
        below = self._below(self.quote, {"type": "blockquote"}, self.quote_entities) if self.quote else None
        return below or self

    def _below(self, above: str, look: Entity, inside: tuple[Entity, ...] = ()) -> "Content | None":
        if not self.takes_words or len(above) + 1 + len(self.text) > self.limit:
            return None
        length = utf16_length(above)
        entities = shifted(self.entities, length + 1)
        if len(self.formatting) + len(inside) < ENTITY_LIMIT:
            entities = ({**look, "offset": 0, "length": length}, *inside, *entities)
        return replace(self, text=f"{above}\n{self.text}", entities=entities)


def without_lines(content: Content, dropped: Callable[[str], bool]) -> Content:
    """The content without the lines that are dropped; formatting that reaches over them is cut."""
    spans = spans_without(content.text, dropped)
    stays = [0] * utf16_length(content.text)
    for start, end in spans:
        first = utf16_length(content.text[:start])
        length = utf16_length(content.text[start:end])
        stays[first : first + length] = [1] * length
    at = [0, *accumulate(stays)]

    def cut(entity: Entity) -> Entity:
        start, end = at[entity["offset"]], at[entity["offset"] + entity["length"]]
        return {**entity, "offset": start, "length": end - start}

    text = "".join(content.text[start:end] for start, end in spans)
    cuts = [cut(each) for each in content.entities]
    return replace(content, text=text, entities=tuple(each for each in cuts if each["length"]))


def shifted(entities: Sequence[Entity], by: int) -> tuple[Entity, ...]:
    """The entities of a text moved by so many UTF-16 units."""
    return tuple({**entity, "offset": entity["offset"] + by} for entity in entities)


def clipped(entities: Sequence[Entity], start: int, end: int, by: int) -> list[Entity]:
    """What of the entities lies between two positions, moved by so many UTF-16 units."""
    found = list[Entity]()
    for entity in entities:
        first, last = max(entity["offset"], start), min(entity["offset"] + entity["length"], end)
        if first < last:
            found.append({**entity, "offset": first + by, "length": last - first})
    return found


def joined(contents: Sequence[Content]) -> Content:
    """Several texts as one, told apart by blank lines or, if some have such themselves, by thin lines."""
    between = _between(contents)
    text, entities = "", list[Entity]()
    for content in contents:
        if text:
            text += between
        entities.extend(shifted(content.entities, utf16_length(text)))
        text += content.text
    return replace(contents[0], text=text, entities=tuple(entities))


def joined_length(contents: Sequence[Content]) -> int:
    """The length of several texts joined to one."""
    between = len(_between(contents))
    return sum(len(content.text) + between for content in contents) - between


def _between(contents: Sequence[Content]) -> str:
    return THIN_LINE if any(BLANK_LINE.search(content.text) for content in contents) else "\n\n"


def can_join(contents: Sequence[Content], further: Content) -> bool:
    """Whether another message may be joined to those before it: in one text, or in one album."""
    first = contents[0]
    if first.kind == "text" and further.kind == "text":
        together = [*contents, further]
        formatted = sum(len(content.formatting) for content in together)
        return joined_length(together) <= TEXT_LIMIT and formatted < ENTITY_LIMIT
    album = album_of(first.kind)
    same_album = album is not None and album == album_of(further.kind)
    return same_album and len(contents) < ALBUM_LIMIT and first.album == further.album
