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
    """Decided once."""

    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something to propose.

    `question` is the phrasing or the new entry's question, `answer` a draft as Telegram HTML, `asked` the ids
    of the questions it came from, first the one whose words stand in `question`. The author is the operator
    who drafted it, or nobody.
    """

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
        """More questions like those of an open proposal; a draft if it has none."""

    def get(self, proposal_id: int) -> Proposal | None:
        """By its id."""

    def every(self) -> Sequence[Proposal]:
        """All there ever were, oldest first."""

    def open(self) -> Sequence[Proposal]:
        """Those that wait, in the order in which managers go through them: most people first."""

    def open_count(self) -> int:
        """How many wait."""

    def approve(self, proposal_id: int, *, by: int, at: datetime, entry_id: str | None = None) -> bool:
        """An open one has become part of the FAQ, perhaps of another entry; False if decided before."""

    def reject(self, proposal_id: int, *, by: int, at: datetime) -> bool:
        """An open one is not wanted; False if it was decided before."""

    def reopen(self, proposal_id: int) -> bool:
        """Take a decision back; False if there is none."""

    def people(self, asked: Sequence[int], since: datetime | None = None) -> int:
        """How many different customers asked these questions, or those of them that were asked since."""


folded = lru_cache(maxsize=8192)(plain_words)
"""A text without what nobody hears: case, signs, spaces."""
