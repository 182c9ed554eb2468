"""What becomes of a text on its way in: parsed, cleaned, trimmed, marked up, measured."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.accounts import Account, Json
from sandbox.content import entities as formatting
from sandbox.content import markup, utf16
from sandbox.content.markdown import parse_v2
from sandbox.content.old_markdown import parse_old
from sandbox.errors import ApiError, Refusal

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_RAW_BYTES = 32_768
MAX_ENTITIES = 100
EMPTY = re.compile(
    "[ \\n\u00a0\u1680\u180e\u2000-\u200f\u202e\u202f\u205f\u2800\u3000\ufeff\ufffc\U000e0000-\U000e007f]*"
)
"""Nothing to be seen, in whatever characters."""
HINT = re.compile(r"[@/.#+]")
ZONES = "(?:ru|com|org|net|io|me|dev|рф|example)"
FOUND = [
    ("bot_command", re.compile(r"(?<![\w/@.<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{2,31})?(?![\w/<>])")),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}(?![\w-])")),
    ("url", re.compile(r"https?://[^\s<>«»\"]*[^\s<>«»\".,!?:;)]")),
    (
        "url",
        re.compile(rf"(?<![\w@./-])(?:[\w-]+\.)+{ZONES}(?:/[^\s<>]*[^\s<>.,!?:;)])?(?![\w.-]*\w)"),
    ),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z]\w{2,31}(?!\w)", re.ASCII)),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w{1,256}")),
    ("phone_number", re.compile(r"(?<![\w+])\+\d[\d\-() ]{8,18}\d(?!\w)")),
]
PARSERS = {"html": markup.parse, "markdownv2": parse_v2, "markdown": parse_old}
Who = Callable[[int], Account | None]


@dataclass(frozen=True)
class Draft:
    """A text as it was read: markup parsed, formatting understood, not yet held against the text itself."""

    text: str
    entities: list[Json]

    def settled(self, who: Who, limit: int = MAX_TEXT, *, fancy: bool = True) -> tuple[str, list[Json]]:
        """Text and entities as Telegram stores them, or its refusal; custom emoji are for the `fancy`."""
        text, kept = formatting.fit(self.text, [dict(entity) for entity in self.entities])
        if len(kept) > MAX_ENTITIES:
            raise ApiError(Refusal.TOO_MANY_ENTITIES)
        if EMPTY.fullmatch(text):
            return "", []
        if len(text) > limit:
            raise ApiError(Refusal.TEXT_TOO_LONG if limit == MAX_TEXT else Refusal.CAPTION_TOO_LONG)
        kept = [entity for entity in kept if fancy or entity["type"] != "custom_emoji"]
        return text, with_found(text, named(kept, who))


def read(source: str, parse_mode: str | None, entities: list[Json] | None) -> Draft:
    """What a bot sent, as the Bot API server reads it before it looks at any chat."""
    if len(source.encode("utf-8", "surrogatepass")) > MAX_RAW_BYTES:
        raise ApiError(Refusal.RAW_TEXT_TOO_LONG)
    mode = (parse_mode or "").lower()
    if not source or mode in {"", "none"}:
        return Draft(source, formatting.read(entities or []))
    if mode not in PARSERS:
        raise ApiError(Refusal.PARSE_MODE)
    return Draft(*PARSERS[mode](source))


def text_of(
    source: str, parse_mode: str | None, entities: list[Json] | None, who: Who, limit: int = MAX_TEXT
) -> tuple[str, list[Json]]:
    """Both at once: what an app does with a person's text."""
    return read(source, parse_mode, entities).settled(who, limit)


def named(entities: list[Json], who: Who) -> list[Json]:
    """Mentions by id carry the person; those of a stranger are plain text."""
    shown = []
    for entity in entities:
        if entity["type"] != "text_mention":
            shown.append(entity)
            continue
        asked = entity.pop("_user_id", None) or (entity.get("user") or {}).get("id")
        person = who(int(asked)) if asked else None
        if person is not None:
            shown.append(entity | {"user": person.card()})
    return shown


def with_found(text: str, entities: list[Json]) -> list[Json]:
    """Commands, links, mentions and the like are marked by Telegram itself."""
    if not HINT.search(text):
        return entities
    found = [
        {"type": kind, "offset": utf16.length(text[: match.start()]), "length": utf16.length(match[0])}
        for kind, pattern in FOUND
        for match in pattern.finditer(text)
    ]
    return formatting.joined(entities, found)
