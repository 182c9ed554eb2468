"""Where a table begins, and which columns hold questions and answers if their names do not say so."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from faq.entries.remark import RemarkKind
from faq.files.page import Page
from faq.files.shapes.columns import Columns, Told, UsedColumn, by_name
from faq.files.shapes.names import LONGEST

_ROWS_ABOVE = 10
"""How many rows with something in them may stand above the names of the columns."""
_LOOKED_AT = 200
_LETTER = re.compile(r"[^\W\d_]")
_ASKS = 0.3
"""The share of texts with a question mark from which a column looks like questions."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """The cells of a row, with the line on which it begins."""

    line: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table, the rows below their names, and what had to be guessed for it."""

    line: int
    names: Sequence[str]
    columns: Columns
    rows: Sequence[TableRow]
    above: int = 0
    named: bool = True
    by_content: tuple[UsedColumn, ...] = ()

    def tell(self, page: Page) -> None:
        """Say what was guessed."""
        if self.above:
            page.remark(self.line, "", RemarkKind.ABOVE, n=self.above)
        if not self.named:
            page.remark(self.line, "", RemarkKind.NO_HEADER)
        for column in self.by_content:
            shown = column.name or str(column.place + 1)
            page.remark(self.line, "", RemarkKind.CHOSEN_BY_CONTENT, name=shown, key=column.key)
        self.columns.tell(page, self.line)


def header_of(rows: Sequence[TableRow], told: Told) -> Header | None:
    """The table's header, guessed where nothing is said; None for a table with nothing in it."""
    filled = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if not filled:
        return None
    for above, row in enumerate(filled[:_ROWS_ABOVE]):
        columns = by_name(row.cells, told)
        if (
            _is_named(by_name(row.cells, _names_in(told)))
            and _may_be_names(row.cells)
            and not columns.not_found
        ):
            return Header(row.line, row.cells, columns, filled[above + 1 :], above)
    first = _first_of_its_width(filled)
    return _guessed(filled[first:], told, first)


def _names_in(told: Told) -> Told:
    """What was told by names and not by numbers: numbers do not say that a row holds names."""
    named = {key: [each for each in names if not each.isdigit()] for key, names in told.items()}
    return {key: names for key, names in named.items() if names}


def _is_named(columns: Columns) -> bool:
    return columns.has("question") and columns.has("answer")


def _may_be_names(cells: Sequence[str]) -> bool:
    return all(len(cell.strip()) <= LONGEST and not cell.strip().endswith("?") for cell in cells)


def _first_of_its_width(rows: Sequence[TableRow]) -> int:
    """Where the table begins below a title of its own: at the first row with more than one cell filled."""
    wide = (
        number
        for number, row in enumerate(rows[:_ROWS_ABOVE])
        if sum(bool(cell.strip()) for cell in row.cells) > 1
    )
    return next(wide, 0)


def _guessed(rows: Sequence[TableRow], told: Told, above: int) -> Header:
    """What the columns hold tells which they are, with names in the first row or without."""
    first, below = rows[0], rows[1:]
    columns = by_name(first.cells, told)
    named = bool(
        _may_be_names(first.cells)
        and (by_name(first.cells, _names_in(told)).used or _below_differs(first, below))
    )
    if not named:
        numbered = [""] * max(len(row.cells) for row in rows[:_LOOKED_AT])
        columns, below = by_name(numbered, told), rows
    names = first.cells if named else ()
    columns, found = _by_content(columns, names, below)
    return Header(first.line, names, columns, below, above, named, found)


def _below_differs(first: TableRow, below: Sequence[TableRow]) -> bool:
    """Whether the rows below look like texts, and the first one like names."""
    return any(
        _share_of_questions(below, place) >= _ASKS or _length(below, place) > 2 * max(len(cell.strip()), 8)
        for place, cell in enumerate(first.cells)
    )


def _by_content(
    columns: Columns, names: Sequence[str], rows: Sequence[TableRow]
) -> tuple[Columns, tuple[UsedColumn, ...]]:
    """Questions are where the question marks are, answers where the longest texts are."""
    width = max((len(row.cells) for row in rows[:_LOOKED_AT]), default=0)
    taken = {column.place for column in columns.used}
    free = [place for place in range(width) if place not in taken and _is_text(rows, place)]
    found: list[UsedColumn] = []
    for key in ("question", "answer"):
        place = None if columns.has(key) else _most_like(key, free, rows, alone=columns)
        if place is not None:
            free.remove(place)
            name = names[place].strip() if place < len(names) else ""
            found.append(UsedColumn(place, name, key, ""))
    if len(found) + sum(columns.has(key) for key in ("question", "answer")) < 2:
        return columns, ()
    used = tuple(sorted((*columns.used, *found), key=lambda column: column.place))
    unused = tuple(name for name in columns.unused if name not in {column.name for column in found})
    if not names:
        unused = tuple(str(place + 1) for place in free)
    return replace(columns, used=used, unused=unused), tuple(found)


def _most_like(key: str, free: Sequence[int], rows: Sequence[TableRow], *, alone: Columns) -> int | None:
    if not free:
        return None
    if key == "answer":
        return max(free, key=lambda place: _length(rows, place))
    asking = [place for place in free if _share_of_questions(rows, place) >= _ASKS]
    if asking:
        return max(asking, key=lambda place: _share_of_questions(rows, place))
    pair = len(free) == 2 or (len(free) == 1 and alone.has("answer"))
    return free[0] if pair else None


def _texts(rows: Sequence[TableRow], place: int) -> list[str]:
    cells = (row.cells[place].strip() for row in rows[:_LOOKED_AT] if place < len(row.cells))
    return [cell for cell in cells if cell]


def _is_text(rows: Sequence[TableRow], place: int) -> bool:
    """Whether most of what stands there has letters and is more than a word or two of a fixed list."""
    texts = _texts(rows, place)
    lettered = sum(bool(_LETTER.search(text)) for text in texts)
    return bool(texts) and lettered * 2 > len(texts) and len(set(texts)) * 2 > len(texts)


def _share_of_questions(rows: Sequence[TableRow], place: int) -> float:
    texts = _texts(rows, place)
    return sum(text.endswith("?") for text in texts) / len(texts) if texts else 0


def _length(rows: Sequence[TableRow], place: int) -> float:
    texts = _texts(rows, place)
    return sum(map(len, texts)) / len(texts) if texts else 0
