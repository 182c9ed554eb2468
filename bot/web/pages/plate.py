"""/embed.js: the plate that a company puts on its own pages; its words come with the state of the service."""

import re
from functools import cache
from pathlib import Path

from bot.web.pages.kept_page import KeptPage

SCRIPT = Path(__file__).with_name("embed.js")
COMMENT, SPACES = re.compile(r"^//.*\n"), re.compile(r" *(=>|[-+*/=?:<>|&,{}]+) +")


@cache
def plate() -> KeptPage:
    """The script, the same for every desk: it asks beside itself."""
    return KeptPage.of(_written().encode(), "text/javascript; charset=utf-8")


def _written() -> str:
    """The script as short as it gets without a tool: no comment, no indents."""
    lines = COMMENT.sub("", SCRIPT.read_text("utf-8")).splitlines()
    return "\n".join(_tight(line.strip()) for line in lines)


def _tight(line: str) -> str:
    """A line without the spaces around signs, but for what stands between quotes."""
    parts = re.split(r'("[^"]*")', line)
    return "".join(each if n % 2 else SPACES.sub(r"\1", each) for n, each in enumerate(parts))
