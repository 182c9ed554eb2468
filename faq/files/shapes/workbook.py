"""Questions and answers from the sheets of a workbook, as Excel and LibreOffice save them."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time

from faq.entries.problem import ProblemKind
from faq.entries.remark import RemarkKind
from faq.files.page import Page
from faq.files.shapes.columns import Told
from faq.files.shapes.header import TableRow
from faq.files.shapes.rough_entry import RoughEntry, add_entries
from faq.files.shapes.tables import rough_entries

UNPACKED_LIMIT = 1 << 26
"""The most bytes a workbook may have once it is unpacked: one of a thousand entries has some two million."""


def read_workbook(page: Page, content: bytes, told: Told) -> None:
    """Every sheet with questions and answers; with several, a sheet's name is the category of its entries."""
    if _unpacked(content) > UNPACKED_LIMIT:
        page.wrong(1, "", ProblemKind.TOO_BIG, limit=UNPACKED_LIMIT >> 20)
        return
    try:
        sheets = _sheets(content)
    except _unreadable() as error:
        page.wrong(1, "", ProblemKind.SYNTAX, reason=str(error).partition("\n")[0] or "not a workbook")
        return
    filled = [(name, rows) for name, rows in sheets if rows]
    found: list[RoughEntry] = []
    for name, rows in filled:
        aside = Page(page.path, page.media)
        entries = rough_entries(aside, rows, told, name if len(filled) > 1 else "")
        if entries and len(filled) > 1:
            page.remark(1, "", RemarkKind.SHEET_AS_SECTION, name=name, n=len(entries))
        elif not entries and len(filled) > 1 and not told:
            page.remark(1, "", RemarkKind.OUTSIDE, what=name)
            continue
        page.remarks += aside.remarks
        page.problems += aside.problems
        found += entries
    if not found and not page.problems:
        for _, rows in filled[:1]:
            rough_entries(page, rows, told)
    add_entries(page, found)


def _unpacked(content: bytes) -> int:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return sum(each.file_size for each in packed.infolist())
    except zipfile.BadZipFile:
        return 0


def _unreadable() -> tuple[type[Exception], ...]:
    from python_calamine import CalamineError

    return CalamineError, ValueError, OSError


def _sheets(content: bytes) -> list[tuple[str, Sequence[TableRow]]]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets: list[tuple[str, Sequence[TableRow]]] = []
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        cells = [TableRow(line, [_written(cell) for cell in row]) for line, row in enumerate(rows, start=1)]
        sheets.append((name, [row for row in cells if any(row.cells)]))
    return sheets


def _written(cell: object) -> str:
    """A cell as a person would write it."""
    match cell:
        case bool():
            return str(cell).lower()
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case date() | time():
            return cell.isoformat()
    return str(cell)
