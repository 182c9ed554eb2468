"""Surveys of a desk, with their ratings and comments."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, select, update

from storage.engine.upsert import add
from storage.tables import surveys
from surveys.rating import Survey


def _survey(row: Row[tuple[object, ...]] | None) -> Survey | None:
    if row is None:
        return None
    return Survey(
        id=row.id,
        ticket_id=row.ticket_id,
        customer_id=row.customer_id,
        rating=row.rating,
        rated_at=row.rated_at,
        comment=row.comment,
        comment_message=row.comment_message,
    )


class SurveyStore:
    """The surveys of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk
        self.rated: list[int] = []

    def ask(self, ticket_id: int, customer_id: int, at: datetime) -> int | None:
        """The survey of a ticket, inserted if there is none; None if it was rated: one survey a ticket."""
        values = {"desk": self._desk, "ticket_id": ticket_id, "customer_id": customer_id, "asked_at": at}
        add(self._conn, surveys, values)
        asked = select(surveys.c.id, surveys.c.rating).where(
            surveys.c.desk == self._desk, surveys.c.ticket_id == ticket_id
        )
        row = self._conn.execute(asked).one()
        return row.id if row.rating is None else None

    def get(self, survey_id: int) -> Survey | None:
        """By our own id."""
        mine = (surveys.c.desk == self._desk, surveys.c.id == survey_id)
        return _survey(self._conn.execute(select(surveys).where(*mine)).one_or_none())

    def rate(self, survey_id: int, rating: int, at: datetime) -> bool:
        """Record the rating if there is none yet; False otherwise."""
        unrated = (surveys.c.desk == self._desk, surveys.c.id == survey_id, surveys.c.rating.is_(None))
        changed = self._conn.execute(update(surveys).where(*unrated).values(rating=rating, rated_at=at))
        if changed.rowcount != 1:
            return False
        self.rated.append(rating)
        return True

    def newest_rated(self, customer_id: int) -> Survey | None:
        """The customer's last rated survey."""
        row = self._conn.execute(
            select(surveys).where(*self._rated_by(customer_id)).order_by(surveys.c.rated_at.desc()).limit(1)
        ).one_or_none()
        return _survey(row)

    def comment(self, survey_id: int, text: str, message_id: int, at: datetime) -> None:
        """Add what the customer wrote about it."""
        self._change(survey_id, comment=text, comment_message=message_id, commented_at=at)

    def withdraw_comment(self, survey_id: int) -> None:
        """Empty a comment; the empty one keeps the next message from becoming a comment."""
        self._change(survey_id, comment="", comment_message=None)

    def of_customer(self, customer_id: int) -> Sequence[int]:
        """The customer's ratings, newest first, at most five."""
        rows = self._conn.execute(
            select(surveys.c.rating)
            .where(*self._rated_by(customer_id))
            .order_by(surveys.c.rated_at.desc())
            .limit(5)
        )
        return [int(row.rating) for row in rows]

    def _change(self, survey_id: int, **values: object) -> None:
        mine = (surveys.c.desk == self._desk, surveys.c.id == survey_id)
        self._conn.execute(update(surveys).where(*mine).values(**values))

    def _rated_by(self, customer_id: int) -> tuple[ColumnElement[bool], ...]:
        rated = surveys.c.rating.is_not(None)
        return (surveys.c.desk == self._desk, surveys.c.customer_id == customer_id, rated)
