"""The audit of a desk: who tried to do what."""

from datetime import datetime

from sqlalchemy import Connection, insert

from storage.tables import audit

ACTION, SUBJECT = 32, 64


class AuditStore:
    """The kept attempts of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def note(self, actor_id: int, action: str, subject: str | None, *, allowed: bool, at: datetime) -> None:
        """Insert one attempt."""
        values = {
            "desk": self._desk,
            "at": at,
            "actor_id": actor_id,
            "action": action[:ACTION],
            "subject": subject and subject[:SUBJECT],
            "allowed": allowed,
        }
        self._conn.execute(insert(audit), values)
