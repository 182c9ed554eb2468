"""/embed.js: the plate that a company puts on its own pages, with our words in every language."""

import json
import re
from functools import cache
from pathlib import Path

from bot.web.pages.kept_page import KeptPage
from desk.people import Texts

SCRIPT = Path(__file__).with_name("embed.js")
LEVELS = ("none", "maintenance", "minor", "major", "critical")
COMMENT, SPACES = re.compile(r"^//.*\n"), re.compile(r" *(=>|[-+*/=?:<>|&,{}]+) +")


@cache
def _written() -> str:
    """The script as short as it gets without a tool: no comment, no indents."""
    lines = COMMENT.sub("", SCRIPT.read_text("utf-8")).splitlines()
    return "\n".join(_tight(line.strip()) for line in lines)


def _tight(line: str) -> str:
    """A line without the spaces around signs, but for what stands between quotes."""
    parts = re.split(r'("[^"]*")', line)
    return "".join(each if n % 2 else SPACES.sub(r"\1", each) for n, each in enumerate(parts))


def plate(texts: Texts, language: str) -> KeptPage:
    """The script for a desk that speaks this language to whoever speaks none of ours."""
    words = {each: _words(texts, each) for each in texts.languages}
    said = json.dumps(words, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    script = _written().replace("WORDS", said).replace("DEFAULT", language)
    return KeptPage.of(script.encode(), "text/javascript; charset=utf-8")


def _words(texts: Texts, language: str) -> dict[str, str]:
    levels = {level: texts.plain(f"feed.impact.{level}", language) for level in LEVELS}
    late = texts.plain("embed.late", language, when="@")
    return {**levels, "late": late, "next": texts.plain("embed.next", language, when="@")}
