"""Questions and answers from Markdown: a heading with a text under it is a question.

A heading with only other headings under it names their category.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from faq.files.page import Page
from faq.files.rough_entry import RoughEntry, add_entries

_HEADING = re.compile(r"(#{1,6})\s+(.*?)[\s#]*$")
_MARKS = (
    (re.compile(r"^\s*[-*+] +", re.MULTILINE), "• "),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"<b>\2</b>"),
    (re.compile(r"`([^`\n]+)`"), r"<code>\1</code>"),
    (re.compile(r"\[([^\]\n]+)\]\((https?://[^)\s]+)\)"), r'<a href="\2">\1</a>'),
)


@dataclass(slots=True)
class _Heading:
    level: int
    title: str
    line: int
    body: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.body).strip()


def read_headings(page: Page, text: str) -> None:
    add_entries(page, _rough_entries(text))


def _rough_entries(text: str) -> Iterator[RoughEntry]:
    above: list[_Heading] = []
    for heading in _headings(text):
        above = [higher for higher in above if higher.level < heading.level]
        if heading.text:
            category = above[-1].title if above else ""
            yield RoughEntry(heading.line, heading.title, _as_html(heading.text), category=category)
        else:
            above.append(heading)


def _headings(text: str) -> list[_Heading]:
    headings: list[_Heading] = []
    fenced = False
    for number, line in enumerate(text.splitlines(), start=1):
        fenced ^= line.startswith("```")
        found = None if fenced else _HEADING.match(line)
        if found:
            headings.append(_Heading(len(found[1]), found[2], number))
        elif headings:
            headings[-1].body.append(line)
    return headings


def _as_html(markdown: str) -> str:
    text = html.escape(markdown, quote=False)
    for mark, written in _MARKS:
        text = mark.sub(written, text)
    return text
