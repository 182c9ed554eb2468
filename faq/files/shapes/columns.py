"""Which column of a table, or key of a list, says what: as told, by its name, or by a guess that is said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from faq.entries.remark import RemarkKind
from faq.files.page import Page
from faq.files.shapes.names import ColumnName, understood
from faq.language.text import fold

Told: TypeAlias = Mapping[str, Sequence[str]]
"""The names of columns that somebody gave for our keys, as `{"question": ["query"]}`."""

MANY = frozenset(["phrasings", "keywords"])
"""What may stand in several columns at once."""


@dataclass(frozen=True, slots=True)
class UsedColumn:
    """A column that is used, by its place counted from 0."""

    place: int
    name: str
    key: str
    language: str


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table; `guessed` are those whose names only look like it."""

    used: tuple[UsedColumn, ...] = ()
    guessed: tuple[UsedColumn, ...] = ()
    unused: tuple[str, ...] = ()
    not_found: tuple[str, ...] = field(default=())
    """What somebody named and nothing is called."""

    def has(self, key: str) -> bool:
        """Whether a column says this."""
        return any(column.key == key for column in self.used)

    def tell(self, page: Page, line: int) -> None:
        """Say what was guessed, and what is not used."""
        for column in self.guessed:
            page.remark(line, "", RemarkKind.GUESSED, name=column.name, key=column.key)
        for name in self.unused:
            page.remark(line, "", RemarkKind.UNUSED, name=name)


def by_name(names: Sequence[str], told: Told | None = None) -> Columns:
    """Each name is used for at most one key, and each key in one language by at most one column."""
    named, not_found = _told(names, told or {})
    taken = {(column.key, column.language) for column in named}
    left = [place for place in range(len(names)) if place not in {column.place for column in named}]
    read = {place: understood(names[place]) for place in left}
    closed = frozenset(told or ())
    guessed: list[UsedColumn] = []
    used = list(named)
    for rank in range(3):
        for place in [place for place in left if read[place].rank == rank and names[place].strip()]:
            column = _free(place, read[place], taken, closed)
            if column is not None:
                left.remove(place)
                used.append(column)
                taken.add((column.key, column.language))
                guessed += [] if rank == 0 and column.key == read[place].keys[0] else [column]
    if not any(column.key == "question" for column in used) and "question" not in closed:
        used = _promoted(used, read, guessed)
    unused = tuple(names[place].strip() for place in left if names[place].strip())
    used.sort(key=lambda column: column.place)
    return Columns(tuple(used), tuple(guessed), unused, tuple(not_found))


def _promoted(
    used: list[UsedColumn], read: Mapping[int, ColumnName], guessed: list[UsedColumn]
) -> list[UsedColumn]:
    """With the first column of ways to ask as the question, if it may be that and nothing else is."""
    for number, column in enumerate(used):
        if column.key == "phrasings" and "question" in (
            read[column.place].keys if column.place in read else ()
        ):
            asked = replace(column, key="question")
            guessed[:] = [asked if each == column else each for each in guessed]
            return [*used[:number], asked, *used[number + 1 :]]
    return used


def _free(
    place: int, name: ColumnName, taken: set[tuple[str, str]], closed: frozenset[str]
) -> UsedColumn | None:
    """The first of the keys it may mean that nobody has yet; a second question is another way to ask."""
    for key in name.keys:
        if key not in closed and (key in MANY or (key, name.language) not in taken):
            return UsedColumn(place, name.written.strip(), key, name.language)
    again = name.asks and ("question", name.language) in taken
    return UsedColumn(place, name.written.strip(), "phrasings", name.language) if again else None


def _told(names: Sequence[str], told: Told) -> tuple[list[UsedColumn], list[str]]:
    """The columns that somebody named, by name or by number counted from 1."""
    folded = [fold(name).strip() for name in names]
    used: list[UsedColumn] = []
    missing: list[str] = []
    for key, wanted in told.items():
        for name in wanted:
            place = _place(fold(name).strip(), folded)
            if place is None:
                missing.append(name)
            else:
                language = understood(names[place]).language if len(wanted) > 1 else ""
                another = key == "question" and any(
                    (key, language) == (one.key, one.language) for one in used
                )
                meant = "phrasings" if another else key
                used.append(UsedColumn(place, names[place].strip(), meant, language))
    return used, missing


def _place(wanted: str, names: Sequence[str]) -> int | None:
    if wanted in names:
        return names.index(wanted)
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 5 else 0
    return number - 1 if 0 < number <= len(names) else None
