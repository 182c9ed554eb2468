"""Markdown made HTML, with the number of its line on everything that begins one.

Lines that begin with «Q:», «Вопрос:» and their answers' become headings and texts on the way.
"""

import re
from collections.abc import Iterator
from functools import cache

from faq.entries.html_tree import HtmlPart, take_apart
from faq.language.lexicon import LANGUAGES, language_data

LINE = "data-line"
_FENCE = re.compile(r"\s{0,3}(```|~~~)")
_FRONT = re.compile(r"---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
PAIR_LEVEL = 6
"""The level of a question that is no heading: below all that people write."""


def as_parts(text: str) -> HtmlPart:
    """The text as elements."""
    front = _FRONT.match(text)
    if front:
        text = "\n" * text.count("\n", 0, front.end()) + text[front.end() :]
    return take_apart(_rendered("\n".join(_with_pairs(text.splitlines()))))


def has_front_matter(text: str) -> bool:
    """Whether a block of settings stands before the text."""
    return _FRONT.match(text) is not None


def _rendered(text: str) -> str:
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"breaks": True, "html": True}).enable(["table", "strikethrough"])
    tokens = reader.parse(text)
    for token in tokens:
        if token.map and token.nesting >= 0:
            token.attrSet(LINE, str(token.map[0] + 1))
    for token in [each for each in tokens if each.type == "html_block" and each.map]:
        marker = f'<x-line {LINE}="{(token.map or [0])[0] + 1}"></x-line>'
        token.content = marker + token.content
    return str(reader.renderer.render(tokens, reader.options, {}))


def without_sign(title: str) -> str:
    """A heading without «Q:» before it."""
    found = _signed("question", title)
    return found[1].strip() if found else title


def _with_pairs(lines: list[str]) -> Iterator[str]:
    """Questions after a sign as headings, their answers without it; nothing changes without both."""
    if not all(any(_signed(kind, line) for line in lines) for kind in ("question", "answer")):
        yield from lines
        return
    fenced, open_at = False, -1
    out = list(lines)
    for number, line in enumerate(lines):
        fenced ^= bool(_FENCE.match(line))
        if fenced:
            continue
        question, answer = _signed("question", line), _signed("answer", line)
        if question:
            out[number] = f"{'#' * PAIR_LEVEL} {_bare(question[1])}"
            open_at = number
        elif answer and open_at >= 0:
            out[number] = _without_stars(*answer)
            open_at = -1
        elif open_at >= 0 and line.strip() and not line.lstrip().startswith("#"):
            out[open_at] += f" {_bare(line)}"
            out[number] = ""
    yield from out


def _bare(text: str) -> str:
    return text.strip().strip("*_").strip()


def _without_stars(before: str, text: str) -> str:
    """The answer's first line without the stars that stood around its sign."""
    text = text.strip()
    if "**" in before and text.startswith("**"):
        return text.removeprefix("**").lstrip()
    return text.removesuffix("**") if "**" in before and text.count("**") % 2 else text


def _signed(kind: str, line: str) -> tuple[str, str] | None:
    """What stands before the sign with which the line begins, and the text after it.

    A point after a small letter begins a list and no answer.
    """
    found = _signs()[kind].match(line)
    if found is None or (found["sign"].islower() and found["end"] == "."):
        return None
    return found["before"], found["text"]


@cache
def _signs() -> dict[str, re.Pattern[str]]:
    return {kind: _sign(kind) for kind in ("question", "answer")}


def _sign(kind: str) -> re.Pattern[str]:
    names = [name for language in LANGUAGES for name in language_data(language)["pairs"][kind]]
    spelled = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(
        r"(?P<before>[\s>*_#\-+]{0,12}(?:\d{1,4}[.)]\s*)?[*_]{0,4})"
        rf"(?P<sign>{spelled})(?:\s*№?\s*\d{{1,4}})?[*_]{{0,4}}\s?(?P<end>[:.])[*_]{{0,4}}\s*(?P<text>\S.*)",
        re.IGNORECASE,
    )
