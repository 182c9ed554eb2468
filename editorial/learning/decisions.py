"""Decisions about proposals, and what they change in entries."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desk.people import Person
from editorial.entries.languages import put, spoken
from editorial.learning.proposal import Proposal, ProposalKind, Proposals, ProposalState, folded
from faq.entries.entry import ANY, Entry
from faq.entries.version import Action, Author, Version, Versions

REGRET = timedelta(hours=1)
"""So long a decision can be undone under the sheet; later by the entry's history."""


@dataclass(frozen=True, slots=True)
class ProposalAccepted:
    """The phrasing was added to the entry."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class ProposalDismissed:
    """The proposal was dismissed, and will not be made again."""


@dataclass(frozen=True, slots=True)
class DecisionUndone:
    """The decision was undone: the proposal waits again."""


@dataclass(frozen=True, slots=True)
class DecisionTooLate:
    """Nothing was done: it was decided before, or undoing came too late."""


@dataclass(frozen=True, slots=True)
class EntryGone:
    """Nothing was done: the entry does not exist any more."""


ProposalOutcome = ProposalAccepted | ProposalDismissed | DecisionUndone | DecisionTooLate | EntryGone


class ProposalDecisions:
    """Decides proposals once each; what it changes in an entry is a version with its author."""

    def __init__(self, proposals: Proposals, versions: Versions, now: datetime) -> None:
        self._proposals, self._versions, self._now = proposals, versions, now

    def add(self, proposal: Proposal, person: Person, entry_id: str | None = None) -> ProposalOutcome:
        """Add the phrasing to its entry, or to another one."""
        meant = entry_id or proposal.gap.entry_id or ""
        newest = self._newest(meant)
        if proposal.gap.kind is not ProposalKind.PHRASING or proposal.state is not ProposalState.OPEN:
            return DecisionTooLate()
        if newest is None or newest.entry is None:
            self._proposals.reject(proposal.id, by=person.telegram_id, at=self._now)
            return EntryGone()
        if not self._proposals.approve(proposal.id, by=person.telegram_id, at=self._now, entry_id=meant):
            return DecisionTooLate()
        entry = with_phrasing(newest.entry, proposal.gap.language, proposal.gap.question)
        if entry != newest.entry:
            self._keep(Action.EDITED, entry, person)
        return ProposalAccepted(entry)

    def dismiss(self, proposal: Proposal, person: Person) -> ProposalOutcome:
        """Dismiss the proposal."""
        if self._proposals.reject(proposal.id, by=person.telegram_id, at=self._now):
            return ProposalDismissed()
        return DecisionTooLate()

    def take_back(self, proposal: Proposal, person: Person) -> ProposalOutcome:
        """Undo a decision: the phrasing is removed, and the proposal waits again."""
        decided = proposal.decided_at
        if decided is None or self._now - decided > REGRET or _became_entry(proposal):
            return DecisionTooLate()
        if not self._proposals.reopen(proposal.id):
            return DecisionTooLate()
        newest = self._newest(proposal.gap.entry_id or "")
        if proposal.state is ProposalState.APPROVED and newest is not None and newest.entry is not None:
            entry = without_phrasing(newest.entry, proposal.gap.question)
            if entry != newest.entry:
                self._keep(Action.UNDONE, entry, person)
        return DecisionUndone()

    def _newest(self, entry_id: str) -> Version | None:
        return next(iter(self._versions.of(entry_id, 1)), None)

    def _keep(self, action: Action, entry: Entry, person: Person) -> None:
        author = Author(person.telegram_id, person.name)
        self._versions.add(entry.id, action, entry, author=author, at=self._now)


def with_phrasing(entry: Entry, language: str, text: str) -> Entry:
    """The entry with one more phrasing in its language; unchanged if it has it."""
    said = folded(text)
    if any(folded(way) == said for ways in entry.phrasings.values() for way in ways):
        return entry
    written = entry.phrasings or entry.question
    place = spoken(written, language or next(iter(written), ANY))
    ways = (*entry.phrasings.get(place, ()), text)
    return replace(entry, phrasings=put(entry.phrasings, place, ways))


def without_phrasing(entry: Entry, text: str) -> Entry:
    """The entry without that phrasing."""
    left = {language: tuple(way for way in ways if way != text) for language, ways in entry.phrasings.items()}
    return replace(entry, phrasings={language: ways for language, ways in left.items() if ways})


def _became_entry(proposal: Proposal) -> bool:
    return proposal.gap.kind is ProposalKind.ENTRY and proposal.state is ProposalState.APPROVED
