"""The shelf: the entries as they stand now, by category and by words."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from faq.entries.entry import Entry
from faq.entries.version import Version, Versions
from faq.language.text import fold, words
from tickets.customer_side.menu import short_tag


@dataclass(frozen=True, slots=True)
class ShelfCategory:
    """A category with its entries; `tag` stands for its name in a press."""

    name: str
    tag: str
    versions: tuple[Version, ...]


class Shelf:
    """Reads the newest versions once, and finds entries among them."""

    def __init__(self, versions: Versions) -> None:
        self._versions = versions

    @cached_property
    def newest(self) -> Sequence[Version]:
        """The newest version of every entry, removed ones too."""
        return self._versions.newest()

    @property
    def entries(self) -> list[Entry]:
        """The entries that are not removed."""
        return [version.entry for version in self.newest if version.entry is not None]

    @property
    def removed(self) -> list[Version]:
        """The removed entries."""
        return [version for version in self.newest if version.entry is None]

    def get(self, entry_id: str) -> Version | None:
        """The newest version of one entry."""
        return next(iter(self._versions.of(entry_id, 1)), None)

    def numbered(self, newest: Version, number: int) -> Version | None:
        """An older version of an entry."""
        behind = newest.number - number
        found = self._versions.of(newest.entry_id, behind + 1) if behind >= 0 else ()
        return next((version for version in found if version.number == number), None)

    def last(self, version: Version) -> Entry | None:
        """The entry of a version; of a removal, the entry before it."""
        if version.entry is not None:
            return version.entry
        before = self._versions.of(version.entry_id, 2)
        return next((each.entry for each in before if each.entry is not None), None)

    def sections(self, language: str) -> list[ShelfCategory]:
        """The sections as they are named in a language, in the order of their first entries."""
        found: dict[str, list[Version]] = {}
        for version in self.newest:
            if version.entry is not None:
                found.setdefault(version.entry.category_in(language), []).append(version)
        return [ShelfCategory(name, short_tag(name), tuple(each)) for name, each in found.items()]

    def search(self, text: str, language: str) -> list[Version]:
        """Entries with all the words in id, question or phrasings; one with that very id comes alone."""
        wanted = words(fold(text))
        named = [version for version in self.newest if version.entry_id == text.strip()]
        return named or [
            version
            for version in self.newest
            if wanted and version.entry is not None and _has(version.entry, wanted)
        ]


def _has(entry: Entry, wanted: Sequence[str]) -> bool:
    texts = [entry.id, *entry.question.values()]
    texts += [said for phrasings in entry.phrasings.values() for said in phrasings]
    said = "\n".join(map(fold, texts))
    return all(word in said for word in wanted)
