"""Proposals for the FAQ, and what managers decided."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, select, update

from editorial.learning.proposal import Gap, Proposal, ProposalKind, ProposalState
from storage.engine.upsert import adding
from storage.tables import faq_proposals, questions
from storage.tables.columns import also_of

AT_ONCE = 5000
"""The most ids in one statement; both databases take six times as many."""


def _proposal(row: Row[Any]) -> Proposal:
    gap = Gap(
        kind=ProposalKind(row.kind),
        question=row.question,
        language=row.language,
        entry_id=row.entry_id,
        answer=row.answer,
        asked=tuple(row.asked),
        author_id=row.author_id,
        author_name=row.author_name,
    )
    return Proposal(
        id=row.id,
        gap=gap,
        state=ProposalState(row.state),
        people=row.people,
        proposed_at=row.proposed_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )


class ProposalStore:
    """The proposals of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def add(self, gap: Gap, at: datetime) -> int | None:
        """Insert one; None if the same has been proposed before, whatever became of it."""
        values = {
            "desk": self._desk,
            "kind": gap.kind.value,
            "state": ProposalState.OPEN.value,
            "entry_id": gap.entry_id,
            "language": gap.language,
            "question": gap.question,
            "answer": gap.answer,
            "asked": list(gap.asked),
            "people": self.people(gap.asked),
            "author_id": gap.author_id,
            "author_name": gap.author_name,
            "digest": gap.digest,
            "proposed_at": at,
        }
        adding_it = adding(self._conn.dialect.name, faq_proposals).returning(faq_proposals.c.id)
        number: int | None = self._conn.execute(adding_it, values).scalar_one_or_none()
        return number

    def grow(self, proposal_id: int, asked: Sequence[int], answer: str | None = None) -> None:
        """Add questions to an open proposal, and a draft if it has none."""
        proposal = self.get(proposal_id)
        if proposal is None or proposal.state is not ProposalState.OPEN:
            return
        ids = list(dict.fromkeys((*proposal.gap.asked, *asked)))
        values = {"asked": ids, "people": self.people(ids), "answer": proposal.gap.answer or answer}
        self._change(faq_proposals.c.id == proposal_id, **values)

    def get(self, proposal_id: int) -> Proposal | None:
        """By its id."""
        row = self._conn.execute(
            select(faq_proposals).where(self._mine, faq_proposals.c.id == proposal_id)
        ).one_or_none()
        return None if row is None else _proposal(row)

    def every(self) -> Sequence[Proposal]:
        """All proposals, oldest first."""
        rows = select(faq_proposals).where(self._mine).order_by(faq_proposals.c.id)
        return [_proposal(row) for row in self._conn.execute(rows)]

    def open(self) -> Sequence[Proposal]:
        """The open proposals in the order of review: those that most people asked for first."""
        rows = select(faq_proposals).where(self._mine, self._open)
        rows = rows.order_by(faq_proposals.c.people.desc(), faq_proposals.c.id)
        return [_proposal(row) for row in self._conn.execute(rows)]

    def open_count(self) -> int:
        """How many proposals are open."""
        count = select(func.count()).select_from(faq_proposals).where(self._mine, self._open)
        return self._conn.execute(count).scalar_one()

    def approve(self, proposal_id: int, *, by: int, at: datetime, entry_id: str | None = None) -> bool:
        """Mark an open proposal as accepted; False if it was decided before."""
        entry = {} if entry_id is None else {"entry_id": entry_id}
        return self._decide(proposal_id, ProposalState.APPROVED, decided_by=by, decided_at=at, **entry)

    def reject(self, proposal_id: int, *, by: int, at: datetime) -> bool:
        """Mark an open proposal as dismissed; False if it was decided before."""
        return self._decide(proposal_id, ProposalState.REJECTED, decided_by=by, decided_at=at)

    def reopen(self, proposal_id: int) -> bool:
        """Undo a decision; False if there is none."""
        values = {"state": ProposalState.OPEN.value, "decided_by": None, "decided_at": None}
        return self._change(faq_proposals.c.id == proposal_id, ~self._open, **values)

    def people(self, asked: Sequence[int], since: datetime | None = None) -> int:
        """How many customers asked these questions, or those of them asked since a time."""
        who: set[int] = set()
        for start in range(0, len(asked), AT_ONCE):
            ids = asked[start : start + AT_ONCE]
            rows = select(questions.c.customer_id).where(
                also_of(questions, self._desk), questions.c.id.in_(ids)
            )
            rows = rows if since is None else rows.where(questions.c.asked_at >= since)
            who.update(self._conn.execute(rows.distinct()).scalars())
        return len(who)

    def forget(self, asked: Iterable[int]) -> None:
        """Remove questions that are being erased from proposals.

        A waiting proposal made of their words is deleted; a decided one keeps only its digest, so
        that nothing is proposed a second time. Others lose the ids.
        """
        gone = set(asked)
        for proposal in self.every():
            ids = proposal.gap.asked
            if gone.isdisjoint(ids):
                continue
            mine = faq_proposals.c.id == proposal.id
            if ids[0] not in gone:
                self._change(mine, asked=[number for number in ids if number not in gone])
            elif proposal.state is ProposalState.OPEN:
                self._conn.execute(delete(faq_proposals).where(self._mine, mine))
            else:
                self._change(mine, asked=[], question="", answer=None)

    @property
    def _mine(self) -> ColumnElement[bool]:
        return faq_proposals.c.desk == self._desk

    @property
    def _open(self) -> ColumnElement[bool]:
        return faq_proposals.c.state == ProposalState.OPEN.value

    def _decide(self, proposal_id: int, state: ProposalState, **values: object) -> bool:
        return self._change(faq_proposals.c.id == proposal_id, self._open, state=state.value, **values)

    def _change(self, *which: ColumnElement[bool], **values: object) -> bool:
        changed = update(faq_proposals).where(self._mine, *which).values(**values)
        return self._conn.execute(changed).rowcount == 1
