"""The headings of a document with what stands under each, whatever marks them."""

import re
from dataclasses import dataclass, field

from faq.entries.html_tree import HtmlPart
from faq.files.shapes.markdown_text import LINE, without_sign

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LOWEST = 7
"""The level of a question that is no heading; inside of what folds out it is two lower each time."""
_DROPPED = frozenset(
    ["head", "script", "style", "nav", "footer", "aside", "form", "template", "noscript", "svg"]
)
_LONGEST_QUESTION = 300
_HOLDING_OTHERS = frozenset(["p", "div", "ul", "ol", "li", "table", "dl", "pre", "blockquote"])
_BETWEEN = re.compile(r"[\s_-]+")


@dataclass(slots=True)
class Heading:
    """A heading, and what stands under it up to the next one."""

    level: int
    title: str
    line: int
    body: list[HtmlPart | str] = field(default_factory=list)
    is_made: bool = False

    @property
    def is_filled(self) -> bool:
        """Whether anything can be seen under it."""
        return any(_is_filled(part) for part in self.body)


class Outline:
    """Goes through a document; what stands under no heading is under one without a title.

    Elements made of Markdown are `marked` with the numbers of their lines.
    """

    def __init__(self, *, marked: bool) -> None:
        self.headings = [Heading(0, "", 1)]
        self._marked, self._line, self._depth = marked, 1, 0
        self._holding: set[int] = set()

    def read(self, root: HtmlPart) -> None:
        """The whole document."""
        _note_holding(root, self._holding)
        self._read(root)

    def _read(self, part: HtmlPart) -> None:
        """Everything in an element, in its order."""
        for each in part.parts:
            if isinstance(each, str):
                self.headings[-1].body.append(each)
            elif each.name not in _DROPPED:
                self._line = line_of_part(each, marked=self._marked) or self._line
                self._element(each)

    def _element(self, part: HtmlPart) -> None:
        if part.name in _HEADINGS:
            self._begin(_HEADINGS[part.name], part)
        elif part.name == "summary":
            self._begin(_LOWEST + 2 * self._depth - 2, part)
        elif part.name == "dt" or _asks(part):
            self._begin(_LOWEST + 2 * self._depth, part)
        elif part.name == "details":
            self._depth += 1
            self._read(part)
            self._depth -= 1
            self.headings.append(Heading(_LOWEST, "", self._line))
        elif id(part) in self._holding:
            self._read(part)
        else:
            self.headings[-1].body.append(part)

    def _begin(self, level: int, part: HtmlPart) -> None:
        self.headings.append(Heading(level, without_sign(part.text()), self._line))


def line_of_part(part: HtmlPart, *, marked: bool) -> int:
    """The line on which an element begins; 0 if nobody knows."""
    written = part.attributes.get(LINE, "0")
    return (int(written) if written.isdigit() else 0) if marked else part.line


def with_questions(headings: list[Heading], *, marked: bool, bold: bool) -> list[Heading]:
    """The same document with paragraphs that begin with a question taken for headings too.

    With `bold` only with one in bold, otherwise with a first line that is nothing but the question.
    """
    found: list[Heading] = []
    for heading in headings:
        found.append(Heading(heading.level, heading.title, heading.line))
        for part in _unlisted(heading.body, bold=bold):
            asked = _question_of(part, bold=bold)
            if isinstance(part, HtmlPart) and asked is not None:
                title, rest = asked
                line = line_of_part(part, marked=marked) or found[-1].line
                found.append(
                    Heading(_LOWEST, without_sign(title), line, [HtmlPart("p", parts=rest)], is_made=True)
                )
            else:
                found[-1].body.append(part)
    return found


def _unlisted(parts: list[HtmlPart | str], *, bold: bool) -> list[HtmlPart | str]:
    """With the items of lists whose items begin with questions beside the other elements."""
    flat: list[HtmlPart | str] = []
    for part in parts:
        items = part.parts if isinstance(part, HtmlPart) and part.name in ("ol", "ul", "li", "div") else []
        if any(_has_question(item, bold=bold) for item in items):
            flat += _unlisted(items, bold=bold)
        else:
            flat.append(part)
    return flat


def _has_question(part: HtmlPart | str, *, bold: bool) -> bool:
    return isinstance(part, HtmlPart) and (
        _question_of(part, bold=bold) is not None
        or any(_has_question(each, bold=bold) for each in part.parts)
    )


def _question_of(part: HtmlPart | str, *, bold: bool) -> tuple[str, list[HtmlPart | str]] | None:
    """The question with which a paragraph begins, and what follows it."""
    if isinstance(part, str) or part.name not in ("p", "div", "li"):
        return None
    filled = [each for each in part.parts if not isinstance(each, str) or each.strip()]
    first = filled[:1]
    if bold and not (first and isinstance(first[0], HtmlPart) and first[0].name in ("b", "strong")):
        return None
    if not bold:
        if any(isinstance(each, HtmlPart) and each.name in _HOLDING_OTHERS for each in filled):
            return None
        breaks = (n for n, each in enumerate(filled) if isinstance(each, HtmlPart) and each.name == "br")
        first = filled[: next(breaks, len(filled))]
    title = HtmlPart("", parts=first).text().rstrip(" :")
    if title.endswith("?") and len(title) <= _LONGEST_QUESTION:
        return title, [each for each in part.parts if not any(each is one for one in first)]
    return None


def _asks(part: HtmlPart) -> bool:
    """Whether a page's author has called the element a question, and it holds nothing else."""
    return (
        "question" in _classes(part)
        and len(part.text()) <= _LONGEST_QUESTION
        and not any(isinstance(each, HtmlPart) and _holds_more(each) for each in part.parts)
    )


def _classes(part: HtmlPart) -> list[str]:
    return _BETWEEN.split(part.attributes.get("class", "").lower())


def _holds_more(part: HtmlPart) -> bool:
    return (
        part.name in (*_HEADINGS, "summary", "dt")
        or not {"answer", "question"}.isdisjoint(_classes(part))
        or any(isinstance(each, HtmlPart) and _holds_more(each) for each in part.parts)
    )


def _note_holding(part: HtmlPart, holding: set[int]) -> bool:
    """Note every element with a question somewhere in it; whether this one is among them."""
    inner = [each for each in part.parts if isinstance(each, HtmlPart)]
    found = [
        _note_holding(each, holding) or each.name in (*_HEADINGS, "details", "dt") or _asks(each)
        for each in inner
    ]
    if any(found):
        holding.add(id(part))
    return any(found)


def _is_filled(part: HtmlPart | str) -> bool:
    if isinstance(part, str):
        return bool(part.strip())
    return part.name in ("img", "iframe", "video") or any(map(_is_filled, part.parts))
