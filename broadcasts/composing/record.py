"""The record of what was published, in the audit."""

from datetime import datetime

from broadcasts.incident import Notice
from desk.audit_list import WRITTEN_BY
from desk.authority import Audit
from desk.people import Person


class PublishedRecord:
    """Keeps which notice went to whom by whose press, as what and for how many Stars; never its words."""

    def __init__(self, audit: Audit, now: datetime) -> None:
        self._audit, self._now = audit, now

    def published(self, incident_id: int, notice: Notice, by: Person) -> None:
        """Insert it, in the transaction that publishes it; who wrote it is named if somebody else did."""
        sort = "advertising" if notice.advertising else "service"
        stars = f" stars {notice.stars}" if notice.stars else ""
        written = "" if by.telegram_id == notice.author_id else f" {WRITTEN_BY}{notice.author_id}"
        self._audit.note(
            by.telegram_id,
            "published",
            f"{incident_id}:{notice.number}",
            allowed=True,
            at=self._now,
            details=f"{notice.severity.value} {notice.audience.value} {sort}{stars}{written}",
        )
