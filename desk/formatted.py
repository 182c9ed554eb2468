"""Telegram HTML: its length as Telegram counts, and its text without formatting."""

import re
from collections.abc import Callable
from html import unescape

TAG = re.compile(r"<[^>]*>")
LINE = re.compile("([^\n\r\v\f\x85\u2028\u2029]*)(\r\n|[\n\r\v\f\x85\u2028\u2029]|$)")
"""A line and its end; apps show each of these as one."""
TOKEN = re.compile(r"<[^>]*>|&[#\w]+;|.", re.DOTALL)


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


def between(html: str, start: int, stop: int) -> str:
    """The characters of this range, as `bare` counts them, formatted as they were."""
    shown, opened, standing, at = list[str](), list[str](), list[str](), 0
    for token in TOKEN.findall(html):
        if len(token) > 1 and token.startswith("</"):
            opened = opened[:-1]
        elif len(token) > 1 and token.startswith("<"):
            opened = [*opened, token]
        else:
            if start <= at < stop:
                shown += [_turned(standing, opened), token]
                standing = opened
            at += 1
    return "".join([*shown, _turned(standing, [])])


def _turned(before: list[str], after: list[str]) -> str:
    """The tags that end what was open before and begin what is open after."""
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    ended = [f"</{re.split(r'[ >]', tag[1:], maxsplit=1)[0]}>" for tag in reversed(before[same:])]
    return "".join([*ended, *after[same:]])


def good_end(text: str, limit: int) -> int:
    """Where a text of at most so many characters may end well: after a line or a word, if one is near."""
    if len(text) <= limit:
        return len(text)
    near = limit * 2 // 3
    found = max(text.rfind("\n", near, limit), -1)
    found = found if found >= 0 else text.rfind(" ", near, limit)
    return found + 1 if found >= 0 else limit


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


def lines_of(text: str) -> list[str]:
    """The lines of a plain text."""
    return [line[1] for line in _lines(text)]


def spans_without(text: str, dropped: Callable[[str], bool]) -> list[tuple[int, int]]:
    """Where the parts of a text stand that remain without the dropped lines, in characters.

    A blank line on either side of a dropped one is one blank line afterwards, and at the ends there is none.
    """
    kept, gap = list[re.Match[str]](), False
    for line in _lines(text):
        if dropped(line[1]):
            gap = True
        elif gap and not line[1].strip() and not (kept and kept[-1][1].strip()):
            continue
        else:
            kept.append(line)
            gap = False
    while gap and kept and not kept[-1][1].strip():
        kept.pop()
    spans = [line.span() for line in kept]
    return [*spans[:-1], kept[-1].span(1)] if gap and kept else spans


def _lines(text: str) -> list[re.Match[str]]:
    return [line for line in LINE.finditer(text) if line[0]]
