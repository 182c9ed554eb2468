"""Questions and answers from a table: CSV as spreadsheets save it."""

import csv
import re
from collections.abc import Iterator
from functools import cache

from faq.entries.problem import ProblemKind
from faq.files.page import Page
from faq.files.rough_entry import RoughEntry, add_entries
from faq.language.lexicon import LANGUAGES, language_data
from faq.language.text import fold

_BETWEEN_PHRASINGS = re.compile(r"[\n|;]")
_DELIMITERS = ",;\t"
_NEEDED = ("question", "answer")


def read_table(page: Page, text: str) -> None:
    first, _, _ = text.partition("\n")
    delimiter = max(_DELIMITERS, key=first.count)
    rows = csv.DictReader(text.splitlines(keepends=True), delimiter=delimiter, restval="")
    try:
        header = rows.fieldnames or ()
        rows.fieldnames = [_columns().get(fold(name).strip(), "") for name in header]
        missing = [name for name in _NEEDED if name not in rows.fieldnames]
        for name in missing:
            page.wrong(1, "", ProblemKind.NO_COLUMN, column=name, found=", ".join(header))
        if not missing:
            add_entries(page, list(_rough_entries(rows)))
    except csv.Error as error:
        page.wrong(rows.line_num, "", ProblemKind.SYNTAX, reason=str(error))


def _rough_entries(rows: "csv.DictReader[str]") -> Iterator[RoughEntry]:
    line = rows.line_num + 1
    for row in rows:
        if any(row[key].strip() for key in _NEEDED):
            phrasings = tuple(_BETWEEN_PHRASINGS.split(row.get("phrasings", "")))
            category = row.get("category", "")
            yield RoughEntry(
                line, row["question"], row["answer"], row.get("id", "").strip(), category, phrasings
            )
        line = rows.line_num + 1


@cache
def _columns() -> dict[str, str]:
    """The key for every name a column may have."""
    return {
        fold(name): key
        for language in LANGUAGES
        for key, names in language_data(language)["columns"].items()
        for name in names
    }
