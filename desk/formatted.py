"""Text as its author formatted it in Telegram: how long it looks, what it says without the formatting."""

import re
from html import unescape

TAG = re.compile(r"<[^>]*>")


class Html(str):
    """Telegram HTML already: it is put into other texts as it stands."""

    __slots__ = ()

    def __html__(self) -> "Html":
        """Tell templates, and texts with places in them, not to escape it again."""
        return self


def bare(html: str) -> str:
    """The words alone."""
    return unescape(TAG.sub("", html))


def length_of(html: str) -> int:
    """How much of Telegram's limit a text takes: markup is free."""
    return len(bare(html))


def in_brief(html: str, limit: int) -> str:
    """The words on one line, cut between two of them."""
    return cut(bare(html), limit)


def cut(text: str, limit: int) -> str:
    """The same for a text that has no formatting: its "<" are just signs."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    whole, _, _ = line[:limit].rpartition(" ")
    return (whole or line[: limit - 1]).rstrip(" ,.;:—") + "…"
