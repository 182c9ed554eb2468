"""The knowledge base as files: out as YAML, in from YAML, CSV and Markdown."""

from dataclasses import dataclass
from pathlib import Path

from faq.entries.entry import Entry
from faq.entries.problem import Problem, ProblemKind
from faq.files.headings import read_headings
from faq.files.page import Page
from faq.files.reading import read
from faq.files.tables import read_table
from faq.files.writing import export_yaml

__all__ = ["READABLE", "Imported", "export_yaml", "import_file"]

_YAML = (".yaml", ".yml")
_READERS = {".csv": read_table, ".tsv": read_table, ".md": read_headings, ".markdown": read_headings}
READABLE = (*_YAML, *_READERS)
"""Endings of the files that can be imported."""
_BEFORE_UNICODE = "cp1251"


@dataclass(frozen=True, slots=True)
class Imported:
    """What was taken over, and what was left out and why."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]


def import_file(path: Path, content: bytes | None = None, media: frozenset[str] | None = None) -> Imported:
    """Takes what it can: a row that cannot be used does not keep the others out.

    With `content` the file itself is not looked at: its name tells the format, its folder where media are.
    A file that comes from afar may name only the `media` that are in use already: it could name anything.
    """
    suffix = path.suffix.lower()
    page = read(path, content, media) if suffix in _YAML else Page(path)
    if suffix in _READERS:
        _read_with(page, suffix, content)
    elif suffix not in _YAML:
        page.wrong(1, "", ProblemKind.UNKNOWN_FORMAT, suffix=suffix, known=", ".join([*_YAML, *_READERS]))
    return Imported(tuple(page.entries), tuple(page.problems))


def _read_with(page: Page, suffix: str, content: bytes | None) -> None:
    try:
        content = page.path.read_bytes() if content is None else content
    except OSError as error:
        page.unreadable(error)
    else:
        _READERS[suffix](page, _decoded(content))


def _decoded(content: bytes) -> str:
    """Spreadsheets save as UTF-8, as UTF-16 with its mark, or as Windows did before."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode(_BEFORE_UNICODE, errors="replace")
