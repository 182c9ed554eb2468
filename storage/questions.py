"""Questions that were put to the FAQ, and what came of each."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, insert, literal_column, select, update

from storage.tables import messages, questions
from tickets.questions import Question, Ranked, Result, Zone

LATELY = (
    select(questions)
    .where(questions.c.desk == bindparam("desk"), questions.c.customer_id == bindparam("customer_id"))
    .order_by(questions.c.id.desc())
    .limit(200)
    .subquery()
)
"""A customer's newest questions: neither a long talk nor a long acquaintance makes those of a ticket slow."""
ABOUT = (
    select(LATELY)
    .join(messages, messages.c.id == LATELY.c.message_id)
    .where(messages.c.desk == LATELY.c.desk, messages.c.ticket_id == bindparam("ticket_id"))
    .order_by(LATELY.c.id.desc())
    .limit(bindparam("limit"))
)
OF = (
    select(questions)
    .where(questions.c.desk == bindparam("desk"), questions.c.message_id == bindparam("message_id"))
    .order_by(questions.c.id)
)
TOLD = questions.c.text != literal_column("''")
"""Questions whose text is not forgotten; a literal, for the index of such rows serves no parameter."""
INSERT = insert(questions).returning(questions.c.id)


def _question(row: Row[tuple[object, ...]]) -> Question:
    return Question(
        id=row.id,
        customer_id=row.customer_id,
        message_id=row.message_id,
        text=row.text,
        zone=row.zone,
        offered=tuple(row.offered),
        chosen=row.chosen,
        outcome=row.outcome,
        replied=row.replied,
        language=row.language,
        confidence=row.confidence,
        ranked=tuple((entry_id, confidence) for entry_id, confidence in row.ranked or ()),
        folded=row.folded,
    )


class QuestionStore:
    """The questions of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk
        self.kept: list[Zone] = []

    def keep(
        self,
        *,
        customer_id: int,
        message_id: int,
        text: str,
        zone: Zone,
        offered: Sequence[str],
        asked_at: datetime,
        chosen: str | None = None,
        language: str = "",
        confidence: float | None = None,
        ranked: Sequence[Ranked] = (),
        folded: bool = False,
    ) -> int:
        """Insert a question and return its id."""
        values = {
            "desk": self._desk,
            "customer_id": customer_id,
            "message_id": message_id,
            "text": text,
            "zone": zone,
            "offered": list(offered),
            "asked_at": asked_at,
            "chosen": chosen,
            "language": language,
            "confidence": confidence,
            "ranked": [list(each) for each in ranked] or None,
            "folded": folded,
        }
        question_id: int = self._conn.execute(INSERT, values).scalar_one()
        self.kept.append(zone)
        return question_id

    def get(self, question_id: int) -> Question | None:
        """By our own id."""
        mine = (questions.c.desk == self._desk, questions.c.id == question_id)
        row = self._conn.execute(select(questions).where(*mine)).one_or_none()
        return None if row is None else _question(row)

    def settle(
        self,
        question_id: int,
        *,
        chosen: str | None = None,
        outcome: Result | None = None,
        replied: str | None = None,
    ) -> None:
        """Note which entry was chosen, what came of it, or which entry an operator answered with."""
        mine = (questions.c.desk == self._desk, questions.c.id == question_id)
        noted = {"chosen": chosen, "outcome": outcome, "replied": replied}
        values = {name: value for name, value in noted.items() if value is not None}
        self._conn.execute(update(questions).where(*mine).values(**values))

    def obscure(self, message_id: int, text: str) -> None:
        """Put the message's text in place of the questions that were read in it."""
        mine = (questions.c.desk == self._desk, questions.c.message_id == message_id)
        self._conn.execute(update(questions).where(*mine).values(text=text))

    def of(self, message_id: int) -> Sequence[Question]:
        """The questions that were found in a message, oldest first."""
        rows = self._conn.execute(OF, {"desk": self._desk, "message_id": message_id})
        return [_question(row) for row in rows]

    def reword(self, question_id: int, text: str) -> None:
        """Set the words of a question whose message was edited."""
        mine = (questions.c.desk == self._desk, questions.c.id == question_id)
        self._conn.execute(update(questions).where(*mine).values(text=text))

    def unsettled(self, customer_id: int, since: datetime) -> Question | None:
        """The customer's newest question since then, if nothing has come of it yet."""
        row = self._conn.execute(
            select(questions)
            .where(
                questions.c.desk == self._desk,
                questions.c.customer_id == customer_id,
                questions.c.asked_at >= since,
            )
            .order_by(questions.c.id.desc())
            .limit(1)
        ).one_or_none()
        return None if row is None or row.outcome is not None else _question(row)

    def asked_before(self, until: datetime, since: datetime, limit: int) -> Sequence[tuple[str, datetime]]:
        """The newest before a time, newest first, with when each was asked."""
        return self._asked(since, until, limit, questions.c.asked_at.desc(), questions.c.id.desc())

    def asked_after(self, since: datetime, until: datetime, limit: int) -> Sequence[tuple[str, datetime]]:
        """The oldest from a time on, oldest first, with when each was asked."""
        return self._asked(since, until, limit, questions.c.asked_at, questions.c.id)

    def _asked(
        self, since: datetime, until: datetime, limit: int, *order: ColumnElement[Any]
    ) -> Sequence[tuple[str, datetime]]:
        rows = self._conn.execute(
            select(questions.c.text, questions.c.asked_at)
            .where(
                questions.c.desk == self._desk,
                TOLD,
                questions.c.asked_at >= since,
                questions.c.asked_at < until,
            )
            .order_by(*order)
            .limit(limit)
        )
        return [(row.text, row.asked_at) for row in rows]

    def about(self, customer_id: int, ticket_id: int, limit: int) -> Sequence[Question]:
        """The newest questions whose messages were handed over with a ticket, oldest first."""
        key = {"desk": self._desk, "customer_id": customer_id, "ticket_id": ticket_id, "limit": limit}
        rows = self._conn.execute(ABOUT, key).all()
        return [_question(row) for row in reversed(rows)]
