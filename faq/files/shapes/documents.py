"""Questions and answers from texts with headings: Markdown and pages of HTML.

A heading with a text under it is a question; a heading with only other headings under it names their
category. What folds out, lists of terms, and bold questions where there are no headings, are questions too.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass

from faq.entries.entry import ANY
from faq.entries.html_tree import HtmlPart, take_apart
from faq.entries.remark import RemarkKind
from faq.entries.simpler_html import written
from faq.files.answers import tell
from faq.files.page import Page
from faq.files.shapes.columns import Told
from faq.files.shapes.header import TableRow
from faq.files.shapes.labels import without_labels
from faq.files.shapes.markdown_text import as_parts, has_front_matter
from faq.files.shapes.outline import Heading, Outline, line_of_part, with_questions
from faq.files.shapes.rough_entry import RoughEntry, add_entries
from faq.files.shapes.tables import rough_entries

_OF_MARKDOWN = frozenset(
    ["p", "br", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "x-line", "hr", "details", "summary"]
)
"""Elements that Markdown becomes on the way and that lose nothing in Telegram."""
_FIRST_WORDS = 60


@dataclass(frozen=True, slots=True)
class _Asked:
    """A heading that is a question, and the title of the category it stands in."""

    heading: Heading
    category: str


def read_markdown(page: Page, text: str, told: Told) -> None:
    """A text in Markdown, or with «Q:» and «A:» before questions and answers."""
    if has_front_matter(text):
        page.remark(1, "", RemarkKind.OUTSIDE, what="---")
    _read(page, as_parts(text), told, usual=_OF_MARKDOWN, marked=True)


def read_page(page: Page, text: str, told: Told) -> None:
    """A page of HTML."""
    _read(page, take_apart(text), told, usual=frozenset(), marked=False)


def _read(page: Page, root: HtmlPart, told: Told, *, usual: Set[str], marked: bool) -> None:
    outline = Outline(marked=marked)
    outline.read(root)
    headings = _with_most_questions(outline.headings, marked=marked)
    asked = _asked(headings)
    found = []
    for table in _tables(root) if not asked else ():
        found += rough_entries(page, _rows(page, table, usual, marked=marked), told)
    if not found:
        _tell_outside(page, headings, asked)
        found = [_rough(page, each, usual) for each in asked]
    add_entries(page, found)


def _with_most_questions(headings: list[Heading], *, marked: bool) -> list[Heading]:
    """The document by its headings; by its bold questions, or lines that are questions, if those are more."""
    asked = len(_asked(headings))
    for bold in (True, False) if asked <= 1 else (True,):
        made = with_questions(headings, marked=marked, bold=bold)
        if sum(heading.is_made for heading in made) > asked + bool(asked):
            return made
    return headings


def _asked(headings: list[Heading]) -> list[_Asked]:
    found: list[_Asked] = []
    above: list[Heading] = []
    titles = [heading for heading in headings if heading.level == 1]
    for number, heading in enumerate(headings):
        if not heading.title:
            continue
        above = [higher for higher in above if higher.level < heading.level]
        holds = _holds_others(headings, number)
        is_title = holds and titles == [heading] and not heading.title.endswith("?")
        if heading.is_filled and not is_title:
            found.append(_Asked(heading, above[-1].title if above else ""))
        if holds or not heading.is_filled:
            above.append(heading)
    return found


def _holds_others(headings: list[Heading], number: int) -> bool:
    following = next((each for each in headings[number + 1 :] if each.title), None)
    return following is not None and following.level > headings[number].level


def _tell_outside(page: Page, headings: list[Heading], asked: list[_Asked]) -> None:
    """Say which texts are no answers, and which headings have nothing under them."""
    questions = {id(each.heading) for each in asked}
    for number, heading in enumerate(headings):
        if id(heading) in questions:
            continue
        if heading.is_filled:
            words = " ".join(part if isinstance(part, str) else part.text() for part in heading.body)
            page.remark(heading.line, "", RemarkKind.OUTSIDE, what=_cut(" ".join(words.split())))
        elif heading.title and not _holds_others(headings, number):
            page.remark(heading.line, "", RemarkKind.NOTHING_UNDER, title=_cut(heading.title))


def _cut(text: str) -> str:
    return text if len(text) <= _FIRST_WORDS else text[: _FIRST_WORDS - 1].rstrip() + "…"


def _rough(page: Page, asked: _Asked, usual: Set[str]) -> RoughEntry:
    heading = asked.heading
    made = written(heading.body)
    found = without_labels(made.text)
    tell(page, heading.line, "", made, usual=usual)
    category = found.said.get("category", asked.category)
    more = {"hidden": "true"} if found.switched_off_by else {}
    return RoughEntry(
        heading.line,
        {ANY: heading.title},
        {ANY: found.text},
        found.said.get("id", ""),
        {ANY: category} if category else {},
        {ANY: found.phrasings} if found.phrasings else {},
        more,
        found.switched_off_by,
    )


def _tables(root: HtmlPart) -> Iterator[HtmlPart]:
    for part in root.parts:
        if isinstance(part, HtmlPart):
            if part.name == "table":
                yield part
            else:
                yield from _tables(part)


def _rows(page: Page, table: HtmlPart, usual: Set[str], *, marked: bool) -> list[TableRow]:
    """The rows of a table, their cells as HTML for Telegram."""
    rows = []
    for row in table.rows():
        line = line_of_part(row, marked=marked)
        cells = [each for each in row.parts if isinstance(each, HtmlPart) and each.name in ("td", "th")]
        texts = [written(cell.parts) for cell in cells]
        for text in texts:
            tell(page, line, "", text, usual=usual)
        rows.append(TableRow(line, [text.text for text in texts]))
    return rows
