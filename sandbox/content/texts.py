"""What becomes of a text on its way in: parsed, cleaned, trimmed, marked up, measured."""

import re
from collections.abc import Callable

from sandbox.accounts import Account, Json
from sandbox.content import markup, utf16
from sandbox.content.markdown import parse_v2
from sandbox.content.old_markdown import parse_old
from sandbox.errors import ApiError, Refusal

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_RAW_BYTES = 32_768
MAX_ENTITIES = 100
UNWANTED = re.compile("[\x00-\x09\x0b-\x1f\u2028-\u202e\ufeff]")
DROPPED = re.compile("[\r\u2028-\u202e]")
HINT = re.compile(r"[@/.#+]")
ZONES = "(?:ru|com|org|net|io|me|dev|рф|example)"
FOUND = [
    ("bot_command", re.compile(r"(?<![\w/@.])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{2,31})?(?![\w/])")),
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
SOLID = {"code", "pre", "text_link", "text_mention", "custom_emoji"}
PARSERS = {"html": markup.parse, "markdownv2": parse_v2, "markdown": parse_old}
Who = Callable[[int], Account | None]


def text_of(
    source: str,
    parse_mode: str | None,
    entities: list[Json] | None,
    who: Who,
    limit: int = MAX_TEXT,
) -> tuple[str, list[Json]]:
    """Text and entities as Telegram stores them, or its refusal."""
    if len(source.encode("utf-8", "surrogatepass")) > MAX_RAW_BYTES:
        raise ApiError(Refusal.RAW_TEXT_TOO_LONG)
    if parse_mode:
        parse = PARSERS.get(parse_mode.lower())
        if parse is None:
            raise ApiError(Refusal.PARSE_MODE)
        text, found = parse(source)
    else:
        text, found = source, [dict(entity) for entity in entities or []]
    text, found = clean(text, found)
    if len(found) > MAX_ENTITIES:
        raise ApiError(Refusal.TOO_MANY_ENTITIES)
    if len(text) > limit:
        raise ApiError(Refusal.TEXT_TOO_LONG if limit == MAX_TEXT else Refusal.CAPTION_TOO_LONG)
    named = [entity for entity in (name_user(e, who) for e in found) if entity]
    return text, with_found(text, named)


def clean(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Control characters gone, ends trimmed, entities moved along and clipped."""
    if UNWANTED.search(text):
        entities = [moved(entity, text) for entity in entities]
        text = UNWANTED.sub(" ", DROPPED.sub("", text))
    bare = text.rstrip()
    lead = len(bare) - len(bare.lstrip())
    shift = utf16.length(bare[:lead])
    bare = bare[lead:]
    size = utf16.length(bare)
    kept = []
    for entity in entities:
        begin = max(entity["offset"] - shift, 0)
        end = min(entity["offset"] + entity["length"] - shift, size)
        if begin < end:
            kept.append({**entity, "offset": begin, "length": end - begin})
    return bare, sorted(kept, key=lambda e: (e["offset"], -e["length"]))


def moved(entity: Json, text: str) -> Json:
    """Where an entity stands once dropped characters are gone."""
    begin, end = entity["offset"], entity["offset"] + entity["length"]
    before = len(DROPPED.findall(utf16.cut(text, 0, begin)))
    inside = len(DROPPED.findall(utf16.cut(text, begin, end - begin)))
    return {**entity, "offset": begin - before, "length": entity["length"] - inside}


def name_user(entity: Json, who: Who) -> Json | None:
    """A mention by id carries the person; one of a stranger is plain text."""
    entity.pop("_language", None)
    asked = entity.pop("_user_id", None) or (entity.get("user") or {}).get("id")
    if entity["type"] != "text_mention":
        return entity
    person = who(int(asked)) if asked else None
    return {**entity, "user": person.card()} if person else None


def with_found(text: str, entities: list[Json]) -> list[Json]:
    """Commands, links, mentions and the like are marked by Telegram itself."""
    if not HINT.search(text):
        return entities
    taken = [(e["offset"], e["offset"] + e["length"]) for e in entities if e["type"] in SOLID]
    added: list[Json] = []
    for kind, pattern in FOUND:
        for match in pattern.finditer(text):
            begin = utf16.length(text[: match.start()])
            end = begin + utf16.length(match[0])
            if all(end <= a or begin >= b for a, b in taken):
                taken.append((begin, end))
                added.append({"type": kind, "offset": begin, "length": end - begin})
    own = {(e["type"], e["offset"]) for e in entities}
    fresh = [e for e in added if (e["type"], e["offset"]) not in own]
    return sorted([*entities, *fresh], key=lambda e: (e["offset"], -e["length"]))
