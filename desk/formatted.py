"""Telegram HTML: its length as Telegram counts, and its text without formatting."""

import re
from html import unescape

TAG = re.compile(r"<[^>]*>")


class Html(str):
    """A text that is Telegram HTML already and must not be escaped again."""

    __slots__ = ()

    def __html__(self) -> "Html":
        """The text itself: by this method templates know that it is escaped."""
        return self


def bare(html: str) -> str:
    """The text without formatting."""
    return unescape(TAG.sub("", html))


def length_of(html: str) -> int:
    """The length of a text as Telegram counts it, without markup."""
    return len(bare(html))


def in_brief(html: str, limit: int) -> str:
    """The text without formatting on one line, cut between two words."""
    return cut(bare(html), limit)


def cut(text: str, limit: int) -> str:
    """A plain text on one line, cut between two words."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    whole, _, _ = line[:limit].rpartition(" ")
    return (whole or line[: limit - 1]).rstrip(" ,.;:—") + "…"
