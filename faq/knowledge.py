"""The knowledge base: every entry of a desk's files, in their order."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Self

from faq.entry import Entry
from faq.page import Page
from faq.problem import Kind, Problem
from faq.reading import read

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


class BrokenFaq(Exception):  # noqa: N818 - the house names its exceptions in plain words
    """The files cannot be used; all that is wrong with them is in `problems`."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True, slots=True)
class Section:
    """A category as a customer browses it. Entries without one stand under an empty name."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Knowledge:
    """Never changes; a changed file makes a new one."""

    entries: tuple[Entry, ...]
    now: Clock = field(default=utc_now, compare=False)

    @classmethod
    def load(cls, paths: Sequence[Path], now: Clock = utc_now) -> Self:
        """Raises BrokenFaq with everything that is wrong with the files."""
        return cls(tuple(entry for page in pages_of(paths) for entry in page.entries), now)

    @classmethod
    def from_entries(cls, entries: Iterable[Entry], now: Clock = utc_now) -> Self:
        """A knowledge base that stands in no file, in the order given; every id must be its own."""
        return cls(tuple(entries), now)

    def get(self, entry_id: str) -> Entry | None:
        """The entry, whether customers may see it now or not."""
        return self._by_id.get(entry_id)

    def is_open(self, entry: Entry) -> bool:
        return entry.open_at(self.now())

    def offered(self, language: str) -> tuple[Entry, ...]:
        """What customers of a language may see now."""
        now = self.now()
        return tuple(entry for entry in self.entries if entry.open_at(now) and entry.is_for(language))

    def sections(self, language: str) -> tuple[Section, ...]:
        """Categories that have something to show, in the order in which the files name them."""
        sections: dict[str, list[Entry]] = {}
        for entry in self.offered(language):
            sections.setdefault(entry.category_in(language), []).append(entry)
        return tuple(Section(name, tuple(entries)) for name, entries in sections.items())

    @cached_property
    def _by_id(self) -> dict[str, Entry]:
        return {entry.id: entry for entry in self.entries}


def pages_of(paths: Sequence[Path]) -> list[Page]:
    """The files as they were read. Raises BrokenFaq with everything that is wrong with any of them."""
    pages = [read(Path(path)) for path in paths]
    problems = [problem for page in pages for problem in page.problems] + _repeated(pages)
    if problems:
        raise BrokenFaq(problems)
    return pages


def _repeated(pages: Iterable[Page]) -> list[Problem]:
    first: dict[str, str] = {}
    problems = []
    for page in pages:
        for entry_id, line in page.named:
            if entry_id in first:
                params = {"first": first[entry_id]}
                problems.append(Problem(page.path, line, entry_id, Kind.REPEATED_ID, params))
            first.setdefault(entry_id, f"{page.path.name}, line {line}")
    return problems
