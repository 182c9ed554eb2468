"""The announcement: a notice with all that is needed to publish it."""

from dataclasses import dataclass

from broadcasts.incident import IncidentPlan, Notice
from desk.post import Chat


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """A complete draft, as one press publishes it."""

    incident_id: int | None
    plan: IncidentPlan
    notice: Notice
    token: str
    where: Chat
    alert_id: int | None = None
