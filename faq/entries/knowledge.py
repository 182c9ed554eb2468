"""The knowledge base: every entry of a desk, in the order in which customers browse them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Self

from faq.entries.entry import Entry

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Category:
    """A category as a customer browses it. Entries without one stand under an empty name."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Knowledge:
    """Never changes; a changed file makes a new one."""

    entries: tuple[Entry, ...]
    now: Clock = field(default=utc_now, compare=False)

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

    def sections(self, language: str) -> tuple[Category, ...]:
        """Categories that have something to show, in the order in which the files name them."""
        sections: dict[str, list[Entry]] = {}
        for entry in self.offered(language):
            sections.setdefault(entry.category_in(language), []).append(entry)
        return tuple(Category(name, tuple(entries)) for name, entries in sections.items())

    @cached_property
    def _by_id(self) -> dict[str, Entry]:
        return {entry.id: entry for entry in self.entries}
