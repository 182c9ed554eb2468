"""Making versions: a draft saved, an entry taken out of use, brought back, or put back as it was."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from desk.people import Person
from editorial.draft import Draft
from editorial.shelf import Shelf
from faq.entries.entry import Entry
from faq.entries.version import Action, Author, Version, Versions
from faq.files.rough_entry import new_id


@dataclass(frozen=True, slots=True)
class Kept:
    """The newest version now."""

    version: Version


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Somebody else was quicker: nothing was done. `newest` is their version."""

    newest: Version


@dataclass(frozen=True, slots=True)
class Unchanged:
    """It is so already."""

    newest: Version


Outcome = Kept | Overtaken | Unchanged


class Decisions(Protocol):
    """What becomes of proposals."""

    def approve(self, proposal_id: int, *, by: int, at: datetime, entry_id: str | None = None) -> bool:
        """It has become an entry; False if it was decided on before."""


class Keeping:
    """Every change by a manager is a version with an author and a time."""

    def __init__(self, versions: Versions, decisions: Decisions, now: datetime) -> None:
        self._versions, self._decisions, self._now = versions, decisions, now

    def save(self, draft: Draft, person: Person) -> Outcome:
        """What stands in the draft, on top of the version it began with and of no other."""
        if draft.entry_id is None:
            return Kept(self._insert(draft, person))
        newest = self._newest(draft.entry_id)
        if newest.number != draft.base:
            return Overtaken(newest)
        if newest.entry == draft.entry:
            return Unchanged(newest)
        action = Action.RESTORED if newest.entry is None else Action.EDITED
        return Kept(self._add(newest.entry_id, action, draft.entry, person))

    def switch(self, seen: Version, person: Person, *, on: bool) -> Outcome:
        """Take an entry out of use, or back into it."""
        if seen.entry is None or seen.entry.hidden is not on:
            return Unchanged(seen)
        action = Action.RESTORED if on else Action.DISABLED
        return Kept(self._add(seen.entry_id, action, replace(seen.entry, hidden=not on), person))

    def remove(self, seen: Version, person: Person) -> Outcome:
        """Take it out for good; its history stays."""
        if seen.entry is None:
            return Unchanged(seen)
        return Kept(self._add(seen.entry_id, Action.REMOVED, None, person))

    def undo(self, seen: Version, person: Person) -> Outcome:
        """As it was before the last change."""
        before = self._versions.of(seen.entry_id, 2)[1:]
        if not before or before[0].entry == seen.entry:
            return Unchanged(seen)
        return Kept(self._add(seen.entry_id, Action.UNDONE, before[0].entry, person))

    def bring_back(self, seen: Version, old: Version, person: Person) -> Outcome:
        """As it was in an older version."""
        if old.entry is None or old.entry == seen.entry:
            return Unchanged(seen)
        return Kept(self._add(seen.entry_id, Action.RESTORED, old.entry, person))

    def take_over(self, batch: Iterable[tuple[Entry, int | None]], person: Person) -> list[str]:
        """Entries of an imported file; the ids of those that somebody has changed meanwhile, left alone."""
        newest = {version.entry_id: version for version in self._versions.newest()}
        overtaken = []
        for entry, base in batch:
            there = newest.get(entry.id)
            if (None if there is None else there.number) != base:
                overtaken.append(entry.id)
            elif there is None or there.entry != entry:
                self._add(entry.id, Action.IMPORTED, entry, person)
        return overtaken

    def _insert(self, draft: Draft, person: Person) -> Version:
        taken = [version.entry_id for version in self._versions.newest()]
        question = next(iter(draft.entry.question.values()))
        entry = replace(draft.entry, id=new_id(question, taken))
        if draft.proposal_id is not None:
            self._decisions.approve(draft.proposal_id, by=person.telegram_id, at=self._now, entry_id=entry.id)
        return self._add(entry.id, Action.ADDED, entry, person)

    def _add(self, entry_id: str, action: Action, entry: Entry | None, person: Person) -> Version:
        author = Author(person.telegram_id, person.name)
        return self._versions.add(entry_id, action, entry, author=author, at=self._now)

    def _newest(self, entry_id: str) -> Version:
        found = Shelf(self._versions).get(entry_id)
        if found is None:
            raise LookupError("a draft of an entry that never was")
        return found
