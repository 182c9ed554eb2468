"""The record of what was published, in the audit."""

from datetime import datetime

from broadcasts.incident import Incident, Notice
from desk.authority import Audit


class PublishedRecord:
    """Keeps which notice went to whom and whether it was advertising, for how many Stars; never its words."""

    def __init__(self, audit: Audit, now: datetime) -> None:
        self._audit, self._now = audit, now

    def published(self, incident: Incident, notice: Notice) -> None:
        """Insert it, in the transaction that publishes it."""
        sort = "advertising" if notice.advertising else "service"
        stars = f" stars {notice.stars}" if notice.stars else ""
        self._audit.note(
            notice.author_id,
            "published",
            f"{incident.id}:{notice.number}",
            allowed=True,
            at=self._now,
            details=f"{notice.severity.value} {notice.audience.value} {sort}{stars}",
        )
