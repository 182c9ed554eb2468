"""The mark on the bot's own lines among operators, and what is done so that nobody else's words bear it."""

import re
from dataclasses import replace
from typing import Any
from unicodedata import category

from desk.content import ENTITY_LIMIT, Content, Entity, utf16_length
from desk.people import MARK, UNSEEN

SIGNS = frozenset("➡↩📍👤")
"""What lines of ours above a customer's words begin with: whose they are, where somebody is."""
QUOTES = frozenset({"blockquote", "expandable_blockquote"})
NAMELESS = {"contact": ("first_name", "last_name"), "venue": ("title", "address"), "poll": ("question",)}
"""Words of a kind that cannot be quoted: the mark is taken out of them."""
BLANK = "▫\ufe0f"
"""Stands where the mark was; it is as long, so that formatting behind it keeps its place."""
LINES = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")


def marked(html: str) -> str:
    """A line of ours with the mark before it."""
    return html if not html or html.startswith(MARK) else f"{MARK} {html}"


def told_apart(content: Content) -> Content:
    """A customer's content as operators are shown it: what looks like a line of ours is quoted as a whole."""
    if content.kind in NAMELESS:
        return replace(content, extra=_unmarked(content.kind, content.extra))
    if content.html is not None or not content.takes_words or not _looks_like_ours(content):
        return content
    inner = [each for each in content.entities if each["type"] not in QUOTES]
    whole: Entity = {"type": "blockquote", "offset": 0, "length": utf16_length(content.text)}
    quoted = (whole, *inner) if len(inner) < ENTITY_LIMIT else (whole,)
    return replace(content, entities=quoted, trace=None)  # the original shows it without the quote


def _looks_like_ours(content: Content) -> bool:
    """Whether the mark stands anywhere in it, or a sign of ours at the head of a line.

    A custom emoji may look like anything.
    """
    if MARK in content.text or any(each["type"] == "custom_emoji" for each in content.entities):
        return True
    return any(_first_seen(line) in SIGNS for line in LINES.findall(content.text))


def _first_seen(line: str) -> str:
    """The first character that is more than a space, a sign of punctuation, or nothing at all."""
    seen = (each for each in line if category(each)[0] not in "CZMP" and each not in UNSEEN)
    return next(seen, "")


def _unmarked(kind: str, extra: dict[str, Any]) -> dict[str, Any]:
    words = {name: extra[name].replace(MARK, BLANK) for name in NAMELESS[kind] if MARK in extra.get(name, "")}
    if kind == "poll" and MARK in str(extra.get("options")):
        words["options"] = [_option(each) for each in extra["options"]]
    return {**extra, **words} if words else extra


def _option(option: Any) -> Any:
    return {**option, "text": option["text"].replace(MARK, BLANK)} if isinstance(option, dict) else option
