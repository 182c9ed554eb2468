"""The operators of one desk."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, func, select

from desk.people import Operator
from storage.engine.upsert import put
from storage.tables import operators

ROUGHLY = timedelta(minutes=5)
OPERATOR = select(operators.c.name, operators.c.username, operators.c.seen_at).where(
    operators.c.desk == bindparam("desk"), operators.c.telegram_id == bindparam("telegram_id")
)


class OperatorStore:
    """The operators of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def meet(self, operator: Operator, at: datetime) -> None:
        """Set an operator's name, username and roughly when they last wrote."""
        key = {"desk": self._desk, "telegram_id": operator.telegram_id}
        shown = {"name": operator.name, "username": operator.username}
        row = self._conn.execute(OPERATOR, key).one_or_none()
        if row is None or (row.name, row.username) != tuple(shown.values()) or at - row.seen_at > ROUGHLY:
            put(self._conn, operators, ("desk", "telegram_id"), {**key, **shown, "seen_at": at})

    def here(self, since: datetime) -> int:
        """How many operators have been seen since that time."""
        mine = (operators.c.desk == self._desk, operators.c.seen_at >= since)
        return self._conn.execute(select(func.count()).select_from(operators).where(*mine)).scalar_one()

    def knows(self, telegram_ids: Collection[int]) -> bool:
        """Whether any of these people is an operator."""
        here = (operators.c.desk == self._desk, operators.c.telegram_id.in_(telegram_ids))
        return self._conn.execute(select(operators.c.telegram_id).where(*here).limit(1)).first() is not None

    def usernames(self) -> frozenset[str]:
        """The operators' usernames in small letters, without @."""
        rows = self._conn.execute(
            select(operators.c.username).where(
                operators.c.desk == self._desk, operators.c.username.is_not(None)
            )
        )
        return frozenset(str(row.username).lower() for row in rows)
