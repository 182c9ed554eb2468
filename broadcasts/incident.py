"""The incident: something broken that many people feel, or maintenance, told about by notices."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from desk.formatted import Html


class Severity(StrEnum):
    """How bad it is."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"

    @property
    def sign(self) -> str:
        """The coloured circle."""
        return {"red": "🔴", "yellow": "🟡", "green": "🟢"}[self.value]

    @property
    def rings(self) -> bool:
        """Whether messages about it make a sound: only red does."""
        return self is Severity.RED


class IncidentKind(StrEnum):
    """What it is: a fault, or work that was planned."""

    INCIDENT = "incident"
    MAINTENANCE = "maintenance"


class Status(StrEnum):
    """How far it has come; the values are Statuspage's."""

    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MONITORING = "monitoring"
    RESOLVED = "resolved"
    POSTMORTEM = "postmortem"
    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    VERIFYING = "verifying"
    COMPLETED = "completed"

    @property
    def kind(self) -> IncidentKind:
        """What has this status."""
        return IncidentKind.MAINTENANCE if self in MAINTAINING else IncidentKind.INCIDENT


MAINTAINING = (Status.SCHEDULED, Status.IN_PROGRESS, Status.VERIFYING, Status.COMPLETED)


class NoticeKind(StrEnum):
    """What a notice does to its incident."""

    OPENED = "opened"
    UPDATED = "updated"
    CORRECTED = "corrected"
    RESCHEDULED = "rescheduled"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"
    REVIEWED = "reviewed"

    @property
    def ends(self) -> bool:
        """Whether the incident is over after it."""
        return self in {NoticeKind.RESOLVED, NoticeKind.WITHDRAWN}

    @property
    def rings(self) -> bool:
        """Whether it may make a sound: a correction and a post-mortem never do."""
        return self not in {NoticeKind.CORRECTED, NoticeKind.REVIEWED}


class IncidentState(StrEnum):
    """Where an incident stands; maintenance that was called off is withdrawn."""

    LIVE = "live"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"


class Audience(StrEnum):
    """Who is told by a notice: the page and the operators always, the channel and people as chosen."""

    CONCERNED = "concerned"
    CHANNEL = "channel"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Attached:
    """A picture or film that goes with a notice: its kind of `desk.kinds`, and Telegram's file_id."""

    kind: str
    file_id: str


@dataclass(frozen=True, slots=True)
class Window:
    """When maintenance begins and ends."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """An incident as its notices have left it; `components` are ids, `next_by` is the promise that stands."""

    id: int
    kind: IncidentKind = IncidentKind.INCIDENT
    severity: Severity
    state: IncidentState
    status: Status = Status.INVESTIGATING
    title: str = ""
    text: Html
    components: tuple[str, ...] = ()
    window: Window | None = None
    next_by: datetime | None = None
    started_at: datetime
    updated_at: datetime
    ended_at: datetime | None = None

    @property
    def live(self) -> bool:
        """Whether it is not over."""
        return self.state is IncidentState.LIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One step told about an incident; `severity` and `status` are the incident's after it.

    `next_by`: when the next notice is promised. `advertising`: it is no service message.
    `stars`: how many Stars it may cost at most to tell it faster than is free; 0 for none.
    """

    number: int
    kind: NoticeKind
    severity: Severity
    status: Status = Status.INVESTIGATING
    text: Html
    author_id: int
    at: datetime
    next_by: datetime | None = None
    audience: Audience = Audience.CONCERNED
    attached: Attached | None = None
    advertising: bool = False
    stars: int = 0

    @property
    def rings(self) -> bool:
        """Whether messages that tell it make a sound."""
        return self.severity.rings and self.kind.rings


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentPlan:
    """What an incident is apart from its notices."""

    kind: IncidentKind = IncidentKind.INCIDENT
    title: str
    components: tuple[str, ...] = ()
    window: Window | None = None


class Incidents(Protocol):
    """The incidents of one desk and their notices."""

    def open(self, plan: IncidentPlan, notice: Notice, token: str) -> int:
        """Insert an incident with its first notice."""

    def tell(self, incident_id: int, plan: IncidentPlan, notice: Notice, token: str) -> None:
        """Insert a further notice; the incident follows it and the plan."""

    def told(self, token: str) -> bool:
        """Whether a press with this token has published already."""

    def get(self, incident_id: int) -> Incident | None:
        """By our own id."""

    def of_alert(self, alert_id: int) -> Incident | None:
        """The incident that an alert has opened, if it has."""

    def live(self, kind: IncidentKind | None = None) -> Sequence[Incident]:
        """The incidents that are not over, newest first; of one kind, or of both."""

    def ended(self, since: datetime) -> Sequence[Incident]:
        """Those that ended since then, withdrawn ones too, newest first; 500 at most."""

    def notices(self, incident_id: int) -> Sequence[Notice]:
        """The notices of an incident, oldest first."""


def as_told(notices: Sequence[Notice]) -> list[Notice]:
    """The notices as they read now: a correction replaces one, a withdrawal all."""
    steps: list[Notice] = []
    for notice in notices:
        match notice.kind:
            case NoticeKind.CORRECTED if steps:
                steps[-1] = replace(steps[-1], text=notice.text, severity=notice.severity)
            case NoticeKind.WITHDRAWN:
                steps = [notice]
            case _:
                steps.append(notice)
    return steps
