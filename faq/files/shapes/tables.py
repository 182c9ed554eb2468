"""Questions and answers from a table: CSV as spreadsheets save it, sheets of a workbook, a page's table."""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from faq.entries.entry import ANY
from faq.entries.problem import ProblemKind
from faq.entries.remark import RemarkKind
from faq.files.page import Page
from faq.files.shapes.columns import Columns, Told
from faq.files.shapes.header import Header, TableRow, header_of
from faq.files.shapes.names import in_use
from faq.files.shapes.rough_entry import RoughEntry, add_entries

_BETWEEN_PHRASINGS = re.compile(r"[\n|;]")
_BETWEEN_KEYWORDS = re.compile(r"[\n|;,]")
_DELIMITERS = ",;\t|"
_NAMED_DELIMITER = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_TEXTS = ("question", "answer", "category")
_ALONE = ("id", "media", "valid_from", "valid_until", "season", "languages", "sure", "call_person")


def read_table(page: Page, text: str, told: Told) -> None:
    """A text with a row a line and some sign between the cells."""
    named = _NAMED_DELIMITER.match(text)
    delimiter = named[1] if named else _delimiter(text)
    if named:
        text = "\n" + text[named.end() :]
    rows: list[TableRow] = []
    try:
        rows.extend(_records(text, delimiter))
    except csv.Error as error:
        page.wrong(_line_reached(rows), "", ProblemKind.SYNTAX, reason=str(error))
    add_entries(page, rough_entries(page, rows, told))


def rough_entries(page: Page, rows: Sequence[TableRow], told: Told, category: str = "") -> list[RoughEntry]:
    """What the rows say, in the category where they name none; what is guessed is said on the page."""
    header = header_of(rows, told)
    if header is None:
        return []
    columns = header.columns
    for name in columns.not_found:
        page.wrong(header.line, "", ProblemKind.NO_COLUMN, column=name, found=_names(header))
    missing = [key for key in ("question", "answer") if not columns.has(key)]
    for key in missing if not columns.not_found else ():
        page.wrong(header.line, "", ProblemKind.NO_COLUMN, column=key, found=_names(header))
    if missing or columns.not_found:
        return []
    header.tell(page)
    return [_rough(page, columns, row, category) for row in header.rows if _says_something(columns, row)]


def _names(header: Header) -> str:
    return ", ".join(name for name in header.names if name)


def _says_something(columns: Columns, row: TableRow) -> bool:
    return any(_cell(row, column.place) for column in columns.used if column.key in ("question", "answer"))


def _rough(page: Page, columns: Columns, row: TableRow, category: str) -> RoughEntry:
    texts: dict[str, dict[str, str]] = {key: {} for key in _TEXTS}
    phrasings: dict[str, list[str]] = {}
    more: dict[str, str] = {}
    switch = ""
    for column in columns.used:
        cell = _cell(row, column.place)
        if column.key in _TEXTS:
            before = texts[column.key].get(column.language, "")
            texts[column.key][column.language] = f"{before}\n\n{cell}" if before and cell else before or cell
        elif column.key in ("phrasings", "keywords"):
            phrasings.setdefault(column.language, []).extend(several(cell, keywords=column.key == "keywords"))
        elif column.key in ("enabled", "hidden"):
            switch = switch or (column.name if _is_off(page, row.line, column.key, column.name, cell) else "")
        elif cell:
            more[column.key] = cell
    if switch:
        more["hidden"] = "true"
    if category and not any(texts["category"].values()):
        texts["category"] = {ANY: category}
    entry_id = more.pop("id", "")
    return RoughEntry(
        row.line, texts["question"], texts["answer"], entry_id, texts["category"], phrasings, more, switch
    )


def _is_off(page: Page, line: int, key: str, name: str, cell: str) -> bool:
    """Whether a column about that takes the entry out of use; what cannot be told is said."""
    said = in_use(cell)
    if said is None:
        if key == "enabled" or cell:
            page.remark(line, "", RemarkKind.FLAG_UNREAD, name=name, value=cell)
        return False
    return said is (key == "hidden")


def several(cell: str, *, keywords: bool = False) -> list[str]:
    """The phrasings in a cell: a list as programs write it, or texts with a sign between them."""
    if cell.startswith("[") and cell.endswith("]"):
        try:
            listed = json.loads(cell)
        except (ValueError, RecursionError):
            return [each.strip(" '\"") for each in cell[1:-1].split(",")]
        return [each for each in listed if isinstance(each, str)]
    return [each.strip() for each in (_BETWEEN_KEYWORDS if keywords else _BETWEEN_PHRASINGS).split(cell)]


def _cell(row: TableRow, place: int) -> str:
    return row.cells[place].strip() if place < len(row.cells) else ""


def _delimiter(text: str) -> str:
    """The sign that gives most rows one and the same number of cells."""

    def fits(delimiter: str) -> tuple[int, int]:
        sizes: Counter[int] = Counter()
        try:
            for row in _records(text[:20_000], delimiter):
                sizes[len(row.cells)] += bool(any(row.cells))
        except csv.Error:
            pass
        wide = [(count, size) for size, count in sizes.items() if size > 1]
        return max(wide, default=(0, 0))

    found = {delimiter: fits(delimiter) for delimiter in _DELIMITERS}
    plain = [each for each in ",;\t" if found[each][0]]
    return max(plain or "|", key=lambda each: found[each]) if plain or found["|"][0] else ","


def _records(text: str, delimiter: str) -> Iterator[TableRow]:
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    line = 1
    for cells in reader:
        yield TableRow(line, cells)
        line = reader.line_num + 1


def _line_reached(rows: Sequence[TableRow]) -> int:
    return rows[-1].line if rows else 1
