"""What the bot or an operator thinks the FAQ lacks, until a manager has decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b
from typing import Protocol

from faq.judging.flaws import plain_words


class ProposalKind(StrEnum):
    """A further phrasing of an entry, or a whole entry."""

    PHRASING = "phrasing"
    ENTRY = "entry"


class ProposalState(StrEnum):
    """Whether a proposal waits, was accepted, or was dismissed."""

    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What the FAQ lacks: a phrasing or an entry."""

    kind: ProposalKind
    question: str
    language: str = ""
    entry_id: str | None = None
    answer: str | None = None
    asked: tuple[int, ...] = ()
    author_id: int | None = None
    author_name: str | None = None

    @property
    def digest(self) -> str:
        """The same for what would look the same to a manager: it is never proposed again."""
        parts = (self.kind.value, self.entry_id, folded(self.question))
        by = () if self.author_id is None else (folded(self.answer or ""),)
        return blake2b(repr((*parts, *by)).encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What was found, as it stands now; `people` counts the different customers who asked."""

    id: int
    gap: Gap
    state: ProposalState
    people: int
    proposed_at: datetime
    decided_by: int | None = None
    decided_at: datetime | None = None


class Proposals(Protocol):
    """The proposals of one desk."""

    def add(self, gap: Gap, at: datetime) -> int | None:
        """Insert one; None if the same has been proposed before, whatever became of it."""

    def grow(self, proposal_id: int, asked: Sequence[int], answer: str | None = None) -> None:
        """Add questions to an open proposal, and a draft if it has none."""

    def get(self, proposal_id: int) -> Proposal | None:
        """By its id."""

    def every(self) -> Sequence[Proposal]:
        """All proposals, oldest first."""

    def open(self) -> Sequence[Proposal]:
        """The open proposals in the order of review: those that most people asked for first."""

    def open_count(self) -> int:
        """How many proposals are open."""

    def approve(self, proposal_id: int, *, by: int, at: datetime, entry_id: str | None = None) -> bool:
        """Mark an open proposal as accepted; False if it was decided before."""

    def reject(self, proposal_id: int, *, by: int, at: datetime) -> bool:
        """Mark an open proposal as dismissed; False if it was decided before."""

    def reopen(self, proposal_id: int) -> bool:
        """Undo a decision; False if there is none."""

    def people(self, asked: Sequence[int], since: datetime | None = None) -> int:
        """How many customers asked these questions, or those of them asked since a time."""


folded = lru_cache(maxsize=8192)(plain_words)
"""A text without what nobody hears: case, signs, spaces."""
