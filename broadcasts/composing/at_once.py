"""A notice with ready words that one press publishes without a preview: work goes on, or is over."""

from datetime import datetime

from broadcasts.composing.draft import NoticeDraft
from broadcasts.incident import Incidents
from broadcasts.telling.publishing import Publishing
from desk.people import Person


class AtOnce:
    """Publishes a ready notice once, and only if nothing else was said since its button was made."""

    def __init__(self, incidents: Incidents, publishing: Publishing, now: datetime) -> None:
        self._incidents, self._publishing, self._now = incidents, publishing, now

    def publish(self, draft: NoticeDraft, seen: int | None, author: Person) -> str:
        """Publish after the notices that were seen; returns the key of the toast."""
        incident = None if draft.incident_id is None else self._incidents.get(draft.incident_id)
        if incident is None or not incident.live:
            return "manager.ended"
        told = len(self._incidents.notices(incident.id))
        announcement = draft.complete(told, author.telegram_id, self._now)
        if announcement is None or told != seen:
            return "manager.said_meanwhile"
        self._publishing.publish(announcement, author)
        return "manager.toast.published"
