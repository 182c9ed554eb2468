"""The audit of a desk: who tried to do what."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select, tuple_

from desk.audit_list import KeptAttempt
from storage.tables import audit

ACTION, SUBJECT = 32, 64


class AuditStore:
    """The kept attempts of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def note(
        self,
        actor_id: int,
        action: str,
        subject: str | None,
        *,
        allowed: bool,
        at: datetime,
        details: str | None = None,
    ) -> None:
        """Insert one attempt."""
        values = {
            "desk": self._desk,
            "at": at,
            "actor_id": actor_id,
            "action": action[:ACTION],
            "subject": subject and subject[:SUBJECT],
            "allowed": allowed,
            "details": details,
        }
        self._conn.execute(insert(audit), values)

    def before(self, attempt_id: int | None, limit: int) -> Sequence[KeptAttempt]:
        """The newest ones, or those before an attempt; newest first."""
        mine = [audit.c.desk == self._desk]
        if attempt_id is not None:
            at = select(audit.c.at).where(audit.c.desk == self._desk, audit.c.id == attempt_id)
            mine.append(tuple_(audit.c.at, audit.c.id) < tuple_(at.scalar_subquery(), attempt_id))
        order = (audit.c.at.desc(), audit.c.id.desc())
        rows = self._conn.execute(select(audit).where(*mine).order_by(*order).limit(limit))
        return [
            KeptAttempt(
                id=row.id,
                at=row.at,
                actor_id=row.actor_id,
                action=row.action,
                subject=row.subject,
                allowed=row.allowed,
                details=row.details,
            )
            for row in rows
        ]
