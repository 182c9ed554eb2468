"""The announcement: a notice with all that is needed to publish it, and what it is once that is done."""

from dataclasses import dataclass

from broadcasts.incident import Incident, IncidentPlan, Notice
from desk.people import Person
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedNotice:
    """A notice that was just published, by whose press and in which chat, and the incident as it has left it.

    `alert_id`: the alert whose draft it came from.
    """

    incident: Incident
    notice: Notice
    by: Person
    where: Chat
    alert_id: int | None = None
