"""A notice with ready words that one press publishes without a preview: work goes on, or is over."""

from datetime import datetime

from broadcasts.composing.draft import NoticeDraft
from broadcasts.composing.second import takes_two
from broadcasts.incident import Incidents
from broadcasts.telling.publishing import Publishing
from desk.people import Person
from desk.profile import Profile


class AtOnce:
    """Publishes a ready notice once, and only if nothing else was said since its button was made."""

    def __init__(self, profile: Profile, incidents: Incidents, publishing: Publishing, now: datetime) -> None:
        self._profile = profile
        self._incidents, self._publishing, self._now = incidents, publishing, now

    def publish(self, draft: NoticeDraft, seen: int | None, author: Person, *, planned: bool = False) -> str:
        """Publish after the notices that were seen; returns the key of the toast.

        What was `planned` has been agreed on with the plan.
        """
        incident = None if draft.incident_id is None else self._incidents.get(draft.incident_id)
        if incident is None or not incident.live:
            return "manager.ended"
        before = self._incidents.notices(incident.id)
        announcement = draft.complete(len(before), author.telegram_id, self._now)
        if announcement is None or len(before) != seen:
            return "manager.said_meanwhile"
        if not planned and takes_two(self._profile, announcement.notice, before):
            return "approval.takes_two"
        self._publishing.publish(announcement, author)
        return "manager.toast.published"
