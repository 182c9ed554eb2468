"""The knowledge base as files: out as YAML, in from whatever people have."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from faq.entries.entry import Entry
from faq.entries.problem import Problem, ProblemKind
from faq.entries.remark import Remark, RemarkKind
from faq.files.page import Page
from faq.files.reading import read_json, read_yaml
from faq.files.shapes.columns import Told
from faq.files.shapes.documents import read_markdown, read_page
from faq.files.shapes.tables import read_table
from faq.files.shapes.workbook import read_workbook
from faq.files.writing import export_yaml

__all__ = ["READABLE", "Imported", "export_yaml", "import_file", "read_file"]

_YAML = dict.fromkeys((".yaml", ".yml"), read_yaml)
_TEXTS: dict[str, Callable[[Page, str, Told], None]] = {
    **dict.fromkeys((".json", ".jsonl"), read_json),
    **dict.fromkeys((".csv", ".tsv"), read_table),
    **dict.fromkeys((".md", ".markdown", ".txt"), read_markdown),
    **dict.fromkeys((".html", ".htm"), read_page),
}
_ANY_WORDS = frozenset([suffix for suffix, reader in _TEXTS.items() if reader is not read_json])
"""Endings of files that may be about anything; YAML and JSON say themselves that they have no entries."""
_WORKBOOKS = dict.fromkeys((".xlsx", ".xlsm", ".xls", ".ods"), read_workbook)
READABLE = (*_YAML, *_TEXTS, *_WORKBOOKS)
"""Endings of the files that can be read."""
_BEFORE_UNICODE = "cp1251"


@dataclass(frozen=True, slots=True)
class Imported:
    """What was taken over, what was left out and why, and what was guessed or simplified on the way."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    remarks: tuple[Remark, ...] = ()


def import_file(
    path: Path,
    content: bytes | None = None,
    media: frozenset[str] | None = None,
    told: Told | None = None,
) -> Imported:
    """Takes what it can: a row that cannot be used does not keep the others out.

    With `content` the file itself is not looked at: its name tells the format, its folder where media are.
    A file that comes from afar may name only the `media` that are in use already: it could name anything.
    `told` are the columns or keys that somebody named.
    """
    page = read_file(path, content, media, told)
    return Imported(tuple(page.entries), tuple(page.problems), tuple(page.remarks))


def read_file(
    path: Path,
    content: bytes | None = None,
    media: frozenset[str] | None = None,
    told: Told | None = None,
) -> Page:
    """The file's entries, problems and remarks, never an exception."""
    page, suffix = Page(path, media), path.suffix.lower()
    if suffix not in READABLE:
        page.wrong(1, "", ProblemKind.UNKNOWN_FORMAT, suffix=suffix or path.name, known=", ".join(READABLE))
        return page
    try:
        content = path.read_bytes() if content is None else content
        if suffix in _WORKBOOKS:
            read_workbook(page, content, told or {})
        elif suffix in _YAML:
            read_yaml(page, content.decode("utf-8-sig"), told or {})
        else:
            _TEXTS[suffix](page, _decoded(page, content), told or {})
    except (OSError, UnicodeDecodeError) as error:
        page.unreadable(error)
    else:
        if suffix in _ANY_WORDS and not page.entries and not page.problems:
            page.wrong(1, "", ProblemKind.NOTHING_FOUND)
    page.finish()
    return page


def _decoded(page: Page, content: bytes) -> str:
    """Spreadsheets save as UTF-8, as UTF-16 with its mark, or as Windows did before."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        page.remark(1, "", RemarkKind.ENCODING, name="Windows-1251")
        return content.decode(_BEFORE_UNICODE, errors="replace")
