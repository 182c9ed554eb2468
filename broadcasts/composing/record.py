"""The record of what was published, in the audit."""

from datetime import datetime

from broadcasts.announcement import PublishedNotice
from desk.audit_list import WRITTEN_BY
from desk.authority import Audit


class PublishedRecord:
    """Keeps which notice went to whom by whose press, as what and for how many Stars; never its words."""

    def __init__(self, audit: Audit, now: datetime) -> None:
        self._audit, self._now = audit, now

    def published(self, told: PublishedNotice) -> None:
        """Insert it, in the transaction that publishes it; who wrote it is named if somebody else did."""
        notice, by = told.notice, told.by
        sort = "advertising" if notice.advertising else "service"
        stars = f" stars {notice.stars}" if notice.stars else ""
        written = "" if by.telegram_id == notice.author_id else f" {WRITTEN_BY}{notice.author_id}"
        self._audit.note(
            by.telegram_id,
            "published",
            f"{told.incident.id}:{notice.number}",
            allowed=True,
            at=self._now,
            details=f"{notice.severity.value} {notice.audience.value} {sort}{stars}{written}",
        )
