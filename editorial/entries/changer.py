"""The changer: saves new versions of entries, also hidden, removed and restored ones."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from desk.people import Person
from editorial.entries.shelf import Shelf
from faq.entries.entry import Entry
from faq.entries.version import Action, Author, Version, Versions
from faq.files.ids import new_id


@dataclass(frozen=True, slots=True)
class Kept:
    """The change was saved as this version."""

    version: Version


@dataclass(frozen=True, slots=True)
class ChangedMeanwhile:
    """Nothing was saved, because somebody else had changed the entry; `newest` is their version."""

    newest: Version


@dataclass(frozen=True, slots=True)
class NothingChanged:
    """Nothing was saved, because the entry is so already."""

    newest: Version


ChangeOutcome = Kept | ChangedMeanwhile | NothingChanged


class ProposalApproval(Protocol):
    """Marks proposals as accepted."""

    def approve(self, proposal_id: int, *, by: int, at: datetime, entry_id: str | None = None) -> bool:
        """Mark a proposal as accepted; False if it was decided before."""


class EntryChanger:
    """Saves a manager's change as a version with its author and time."""

    def __init__(self, versions: Versions, decisions: ProposalApproval, now: datetime) -> None:
        self._versions, self._decisions, self._now = versions, decisions, now

    def add(self, entry: Entry, person: Person, proposal_id: int | None = None) -> Version:
        """Save a new entry under a free id, and accept the proposal it came from."""
        taken = [version.entry_id for version in self._versions.newest()]
        entry = replace(entry, id=new_id(next(iter(entry.question.values())), taken))
        if proposal_id is not None:
            self._decisions.approve(proposal_id, by=person.telegram_id, at=self._now, entry_id=entry.id)
        return self._put(entry.id, Action.ADDED, entry, person)

    def edit(self, entry_id: str, base: int | None, entry: Entry, person: Person) -> ChangeOutcome:
        """Save a change of the version it began with, if that is still the newest."""
        newest = self._newest(entry_id)
        if newest.number != base:
            return ChangedMeanwhile(newest)
        if newest.entry == entry:
            return NothingChanged(newest)
        action = Action.RESTORED if newest.entry is None else Action.EDITED
        return Kept(self._put(newest.entry_id, action, entry, person))

    def switch(self, seen: Version, person: Person, *, on: bool) -> ChangeOutcome:
        """Hide an entry from customers, or show it again."""
        if seen.entry is None or seen.entry.hidden is not on:
            return NothingChanged(seen)
        action = Action.RESTORED if on else Action.DISABLED
        return Kept(self._put(seen.entry_id, action, replace(seen.entry, hidden=not on), person))

    def remove(self, seen: Version, person: Person) -> ChangeOutcome:
        """Remove an entry; its history stays."""
        if seen.entry is None:
            return NothingChanged(seen)
        return Kept(self._put(seen.entry_id, Action.REMOVED, None, person))

    def undo(self, seen: Version, person: Person) -> ChangeOutcome:
        """Save the entry as it was before its last change."""
        before = self._versions.of(seen.entry_id, 2)[1:]
        if not before or before[0].entry == seen.entry:
            return NothingChanged(seen)
        return Kept(self._put(seen.entry_id, Action.UNDONE, before[0].entry, person))

    def bring_back(self, seen: Version, old: Version, person: Person) -> ChangeOutcome:
        """Save the entry as it was in an older version."""
        if old.entry is None or old.entry == seen.entry:
            return NothingChanged(seen)
        return Kept(self._put(seen.entry_id, Action.RESTORED, old.entry, person))

    def take_over(self, batch: Iterable[tuple[Entry, int | None]], person: Person) -> list[str]:
        """Save the entries of an imported file; returns the ids of those changed meanwhile."""
        newest = {version.entry_id: version for version in self._versions.newest()}
        overtaken = []
        for entry, base in batch:
            there = newest.get(entry.id)
            if (None if there is None else there.number) != base:
                overtaken.append(entry.id)
            elif there is None or there.entry != entry:
                self._put(entry.id, Action.IMPORTED, entry, person)
        return overtaken

    def _put(self, entry_id: str, action: Action, entry: Entry | None, person: Person) -> Version:
        author = Author(person.telegram_id, person.name)
        return self._versions.add(entry_id, action, entry, author=author, at=self._now)

    def _newest(self, entry_id: str) -> Version:
        found = Shelf(self._versions).get(entry_id)
        if found is None:
            raise LookupError("a draft of an entry that never was")
        return found
