"""Formatting as Telegram keeps it: checked, moved along with the text, split where it would cross.

The rules are those of td's MessageEntity.cpp. Offsets and lengths count UTF-16 units.
"""

import re
from collections.abc import Iterable
from itertools import accumulate

from sandbox.accounts import Json
from sandbox.content import utf16
from sandbox.content.links import BadLinkError, checked, person_of
from sandbox.errors import ApiError, Refusal

SPLITTABLE = ("bold", "italic", "underline", "strikethrough", "spoiler")
"""What may be cut in pieces around what may not."""
QUOTES = frozenset({"blockquote", "expandable_blockquote"})
CODE = frozenset({"pre", "code", "date_time"})
FOUND = frozenset(str.split("mention hashtag cashtag bot_command url email phone_number bank_card_number"))
"""What Telegram finds by itself: given ones are dropped."""
GIVEN = frozenset({*SPLITTABLE, *QUOTES, *CODE, "text_link", "text_mention", "custom_emoji"})
FIRST = {"blockquote": 0, "expandable_blockquote": 0, "pre": 11, "code": 20, "date_time": 30}
FIRST |= {"text_link": 49, "text_mention": 49, "bold": 90, "italic": 91, "underline": 92}
FIRST |= {"strikethrough": 93, "spoiler": 94, "custom_emoji": 99}
FAR = 1_000_000
UNWANTED = re.compile("[\x00-\x09\x0b-\x1f]")
DROPPED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")


def read(given: Iterable[Json]) -> list[Json]:
    """Entities as a bot gives them; what is not understood is refused before anything else is looked at."""
    understood = []
    for entity in given:
        kind = entity.get("type")
        if kind in FOUND:
            continue
        if kind not in GIVEN:
            raise ApiError(Refusal.ENTITY_UNKNOWN, reason="Unsupported type specified")
        if kind == "text_link" and "url" not in entity:
            raise ApiError(Refusal.ENTITY_UNKNOWN, reason='Can\'t find field "url"')
        if kind == "custom_emoji" and not str(entity.get("custom_emoji_id", "")).isdigit():
            raise ApiError(Refusal.ENTITY_UNKNOWN, reason='Field "custom_emoji_id" must be a valid Number')
        span = {"offset": int(entity["offset"]), "length": int(entity["length"])}
        understood.append(_linked(entity | span))
    return understood


def fit(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """The text cleaned and trimmed, the entities in their places; what does not fit the text is refused."""
    for entity in entities:
        for measure in ("offset", "length"):
            if not 0 <= entity[measure] <= FAR:
                raise ApiError(Refusal.ENTITY_ODD, measure=measure, value=entity[measure])
    kept = _consistent([entity for entity in entities if entity["length"]])
    text, kept = _cleaned(text, kept)
    return _trimmed(text, _consistent([entity for entity in kept if entity["length"] > 0]))


def joined(entities: list[Json], found: list[Json]) -> list[Json]:
    """Given entities with those Telegram finds itself, which give way to links, code and quotes."""
    quotes = [entity for entity in entities if entity["type"] in QUOTES]
    solid = [entity for entity in entities if entity["type"] not in QUOTES and not _is_splittable(entity)]
    fresh = [entity for entity in _apart(_sorted(found)) if not _crosses(entity, quotes)]
    fresh = [entity for entity in fresh if not any(_overlap(entity, other) for other in solid)]
    return _woven([entity for entity in entities if _is_splittable(entity)], [*solid, *fresh, *quotes])


def end(entity: Json) -> int:
    return int(entity["offset"] + entity["length"])


def _linked(entity: Json) -> Json:
    """A link to a person is a mention; any other has to be an address."""
    if entity["type"] != "text_link":
        return entity
    person = person_of(entity["url"])
    if person is not None:
        span = {name: entity[name] for name in ("offset", "length")}
        return {"type": "text_mention", **span, "_user_id": person}
    try:
        return entity | {"url": checked(entity["url"])}
    except BadLinkError as error:
        raise ApiError(Refusal.ENTITY_URL, url=entity["url"], reason=error) from error


def _consistent(entities: list[Json]) -> list[Json]:
    """As td does it (fix_entities): solid ones do not cross, quotes hold them whole, the rest is cut."""
    quotes = _apart(_sorted(entity for entity in entities if entity["type"] in QUOTES))
    others = (e for e in entities if e["type"] not in QUOTES and not _is_splittable(e))
    solid = [entity for entity in _apart(_sorted(others)) if not _crosses(entity, quotes)]
    return _woven([entity for entity in entities if _is_splittable(entity)], [*solid, *quotes])


def _woven(splittable: list[Json], solid: list[Json]) -> list[Json]:
    solid = _sorted(solid)
    return _sorted([*solid, *_split(_sorted(splittable), solid)])


def _is_splittable(entity: Json) -> bool:
    return entity["type"] in SPLITTABLE


def _sorted(entities: Iterable[Json]) -> list[Json]:
    return sorted(entities, key=lambda e: (e["offset"], -e["length"], FIRST.get(e["type"], 50)))


def _apart(entities: list[Json]) -> list[Json]:
    """The first of those that overlap, nested ones included."""
    kept: list[Json] = []
    for entity in entities:
        if not kept or entity["offset"] >= end(kept[-1]):
            kept.append(entity)
    return kept


def _overlap(one: Json, other: Json) -> bool:
    return bool(one["offset"] < end(other) and other["offset"] < end(one))


def _crosses(entity: Json, quotes: list[Json]) -> bool:
    """Whether it lies partly in a quote and partly outside."""
    return any(
        _overlap(entity, quote) and not (quote["offset"] <= entity["offset"] and end(entity) <= end(quote))
        for quote in quotes
    )


class _Cutter:
    """As td does it (split_entities): bold and the like, merged where they touch, cut around solid ones."""

    def __init__(self, entities: list[Json]) -> None:
        self.pieces: list[Json] = []
        self._coming = entities
        self._open: dict[str, tuple[int, int]] = {}

    def upto(self, offset: float) -> None:
        while self._coming and self._coming[0]["offset"] < offset:
            entity, *self._coming = self._coming
            kind, begin = entity["type"], entity["offset"]
            if kind in self._open and begin <= self._open[kind][1]:
                self._open[kind] = self._open[kind][0], max(self._open[kind][1], end(entity))
            else:
                self._flush(begin)
                self._open[kind] = begin, end(entity)
        self._flush(offset)

    def _flush(self, offset: float) -> None:
        for kind in SPLITTABLE:
            begin, stop = self._open.get(kind, (0, 0))
            if kind not in self._open or begin >= offset:
                continue
            cut = int(min(stop, offset))
            self.pieces.append({"type": kind, "offset": begin, "length": cut - begin})
            if stop <= offset:
                del self._open[kind]
            else:
                self._open[kind] = cut, stop


def _split(splittable: list[Json], solid: list[Json]) -> list[Json]:
    cutter = _Cutter(splittable)
    around: list[Json] = []

    def reach(offset: float) -> None:
        while around and offset >= end(around[-1]):
            before = len(cutter.pieces)
            cutter.upto(end(around[-1]))
            if around.pop()["type"] in CODE:
                del cutter.pieces[before:]
        cutter.upto(offset)

    for entity in solid:
        reach(entity["offset"])
        around.append(entity)
    reach(float("inf"))
    return cutter.pieces


def _cleaned(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Control characters become spaces, some go; entities move along and begin and end at characters."""
    if not entities:
        return UNWANTED.sub(" ", DROPPED.sub("", text)), []
    units = [1 + (ord(character) > 0xFFFF) for character in text]
    starts = dict(zip(accumulate(units, initial=0), range(len(text) + 1), strict=True))
    _require(text, starts, entities)
    if DROPPED.search(text):
        gone = list(accumulate((bool(DROPPED.match(c)) for c in text), initial=0))

        def before(offset: int) -> int:
            return gone[starts[offset]]

        entities = [
            {**e, "offset": e["offset"] - before(e["offset"])}
            | {"length": e["length"] - before(end(e)) + before(e["offset"])}
            for e in entities
        ]
    return UNWANTED.sub(" ", DROPPED.sub("", text)), entities


def _require(text: str, starts: dict[int, int], entities: list[Json]) -> None:
    """Refuse what begins or ends inside a character, the first in the text first, or beyond the text."""
    size = max(starts)

    def byte(offset: int) -> int:
        return len(text[: starts[offset + 1]].encode("utf-8", "surrogatepass"))

    def inside(offset: int) -> bool:
        return offset < size and offset not in starts

    places = [(offset, entity) for entity in entities for offset in (entity["offset"], end(entity))]
    for offset, entity in sorted((p for p in places if inside(p[0])), key=lambda place: place[0])[:1]:
        refusal = Refusal.ENTITY_BEGINS_INSIDE if offset == entity["offset"] else Refusal.ENTITY_ENDS_INSIDE
        raise ApiError(refusal, begin=entity["offset"], byte=byte(offset))
    for entity in entities:
        if entity["offset"] > size:
            raise ApiError(Refusal.ENTITY_BEGINS_AFTER, begin=entity["offset"])
    for entity in reversed(entities):
        if end(entity) > size:
            raise ApiError(Refusal.ENTITY_ENDS_AFTER, begin=entity["offset"], end=end(entity))


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """No spaces at the end, and none at the start unless formatting stands on them."""
    bare = text.rstrip(" \n")
    size = utf16.length(bare)
    kept = [e | {"length": min(end(e), size) - e["offset"]} for e in entities if e["offset"] < size]
    lead = len(bare) - len(bare.lstrip(" \n"))
    lead = min(lead, kept[0]["offset"]) if kept else lead
    return bare[lead:], _sorted(e | {"offset": e["offset"] - lead} for e in kept)
