"""New versions: an entry added or edited, taken out of use, brought back, or put back as it was."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from desk.people import Person
from editorial.entries.shelf import Shelf
from faq.entries.entry import Entry
from faq.entries.version import Action, Author, Version, Versions
from faq.files.rough_entry import new_id


@dataclass(frozen=True, slots=True)
class Kept:
    """The newest version now."""

    version: Version


@dataclass(frozen=True, slots=True)
class ChangedMeanwhile:
    """Somebody else was quicker: nothing was done. `newest` is their version."""

    newest: Version


@dataclass(frozen=True, slots=True)
class NothingChanged:
    """It is so already."""

    newest: Version


ChangeOutcome = Kept | ChangedMeanwhile | NothingChanged


class ProposalApproval(Protocol):
    """What becomes of proposals."""

    def approve(self, proposal_id: int, *, by: int, at: datetime, entry_id: str | None = None) -> bool:
        """It has become an entry; False if it was decided on before."""


class EntryChanger:
    """Every change by a manager is a version with an author and a time."""

    def __init__(self, versions: Versions, decisions: ProposalApproval, now: datetime) -> None:
        self._versions, self._decisions, self._now = versions, decisions, now

    def add(self, entry: Entry, person: Person, proposal_id: int | None = None) -> Version:
        """A new entry, under an id that nobody bears; the proposal it came from is approved by it."""
        taken = [version.entry_id for version in self._versions.newest()]
        entry = replace(entry, id=new_id(next(iter(entry.question.values())), taken))
        if proposal_id is not None:
            self._decisions.approve(proposal_id, by=person.telegram_id, at=self._now, entry_id=entry.id)
        return self._put(entry.id, Action.ADDED, entry, person)

    def edit(self, entry_id: str, base: int | None, entry: Entry, person: Person) -> ChangeOutcome:
        """Another entry in its place, on top of the version it began with and of no other."""
        newest = self._newest(entry_id)
        if newest.number != base:
            return ChangedMeanwhile(newest)
        if newest.entry == entry:
            return NothingChanged(newest)
        action = Action.RESTORED if newest.entry is None else Action.EDITED
        return Kept(self._put(newest.entry_id, action, entry, person))

    def switch(self, seen: Version, person: Person, *, on: bool) -> ChangeOutcome:
        """Take an entry out of use, or back into it."""
        if seen.entry is None or seen.entry.hidden is not on:
            return NothingChanged(seen)
        action = Action.RESTORED if on else Action.DISABLED
        return Kept(self._put(seen.entry_id, action, replace(seen.entry, hidden=not on), person))

    def remove(self, seen: Version, person: Person) -> ChangeOutcome:
        """Take it out for good; its history stays."""
        if seen.entry is None:
            return NothingChanged(seen)
        return Kept(self._put(seen.entry_id, Action.REMOVED, None, person))

    def undo(self, seen: Version, person: Person) -> ChangeOutcome:
        """As it was before the last change."""
        before = self._versions.of(seen.entry_id, 2)[1:]
        if not before or before[0].entry == seen.entry:
            return NothingChanged(seen)
        return Kept(self._put(seen.entry_id, Action.UNDONE, before[0].entry, person))

    def bring_back(self, seen: Version, old: Version, person: Person) -> ChangeOutcome:
        """As it was in an older version."""
        if old.entry is None or old.entry == seen.entry:
            return NothingChanged(seen)
        return Kept(self._put(seen.entry_id, Action.RESTORED, old.entry, person))

    def take_over(self, batch: Iterable[tuple[Entry, int | None]], person: Person) -> list[str]:
        """Entries of an imported file; the ids of those that somebody has changed meanwhile, left alone."""
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
