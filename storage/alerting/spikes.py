"""Questions that went to people, for finding spikes of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from broadcasts.alerts.spikes import NEAR, SpikeQuestion
from storage.knowledge.evidence import FROM_MENU, TO_PEOPLE
from storage.questions import TOLD
from storage.tables import customers, questions

ASKED = select(
    questions.c.id,
    questions.c.customer_id,
    questions.c.text,
    questions.c.asked_at,
    questions.c.ranked,
    customers.c.first_name,
    customers.c.last_name,
    customers.c.username,
).join(customers, customers.c.id == questions.c.customer_id)


def _question(row: Any) -> SpikeQuestion:
    names = (row.first_name, row.last_name, row.username)
    entry, confidence = (row.ranked or [(None, 0.0)])[0]
    return SpikeQuestion(
        id=row.id,
        customer_id=row.customer_id,
        text=row.text,
        names=tuple(name for name in names if name),
        asked_at=row.asked_at,
        nearest=entry if confidence >= NEAR else None,
    )


class SpikeStore:
    """The questions of one desk that went to people, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def escalated(self, since: datetime, until: datetime, limit: int) -> Sequence[SpikeQuestion]:
        """The newest that were asked between two times, oldest first."""
        found = ASKED.where(
            questions.c.desk == self._desk,
            TOLD,
            questions.c.asked_at >= since,
            questions.c.asked_at < until,
            ~FROM_MENU,
            TO_PEOPLE,
        )
        newest = found.order_by(questions.c.asked_at.desc(), questions.c.id.desc()).limit(limit)
        return [_question(row) for row in self._conn.execute(newest)][::-1]

    def began(self) -> datetime | None:
        """When the first question was kept."""
        asked = select(questions.c.asked_at).where(questions.c.desk == self._desk)
        first = asked.order_by(questions.c.asked_at).limit(1)
        began: datetime | None = self._conn.execute(first).scalar_one_or_none()
        return began
