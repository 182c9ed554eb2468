"""The picture: what a desk shows outside at one moment, frozen, so that everything drawn from it agrees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from broadcasts.incident import IncidentKind, Severity, Status, Window
from desk.component import Component
from desk.formatted import Html
from desk.people import Texts

REMEMBERED = timedelta(days=90)
"""How far back a picture goes."""


class ComponentStatus(StrEnum):
    """How a component is; the values are Statuspage's, from well to worst."""

    OPERATIONAL = "operational"
    MAINTENANCE = "under_maintenance"
    DEGRADED = "degraded_performance"
    MAJOR = "major_outage"


class Impact(StrEnum):
    """How much an incident, or all of them, is felt; the values are Statuspage's."""

    NONE = "none"
    MAINTENANCE = "maintenance"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


FROM_MILD_TO_BAD = tuple(Impact)
BROKEN = {
    Severity.RED: ComponentStatus.MAJOR,
    Severity.YELLOW: ComponentStatus.DEGRADED,
    Severity.GREEN: ComponentStatus.OPERATIONAL,
}


@dataclass(frozen=True, slots=True)
class Silence:
    """A span in which the desk was not at work: nobody knows how the service was."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownNotice:
    """A notice as it reads now; `changed_at` is later than `at` if it was corrected."""

    number: int
    status: Status
    severity: Severity
    text: Html
    at: datetime
    changed_at: datetime
    next_by: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownIncident:
    """An incident with its notices, oldest first; of one that was withdrawn only the withdrawal is left.

    `changes` says how often it was told of after the first time.
    """

    id: int
    kind: IncidentKind
    severity: Severity
    impact: Impact
    status: Status
    withdrawn: bool
    title: str
    components: tuple[str, ...]
    window: Window | None
    next_by: datetime | None
    started_at: datetime
    updated_at: datetime
    ended_at: datetime | None
    notices: tuple[ShownNotice, ...]
    changes: int

    @property
    def of_maintenance(self) -> bool:
        """Whether it is work that was planned."""
        return self.kind is IncidentKind.MAINTENANCE

    @property
    def live(self) -> bool:
        """Whether it is not over."""
        return self.ended_at is None

    @property
    def under_way(self) -> bool:
        """Whether it is felt now: maintenance that is only announced is not."""
        return self.live and self.status is not Status.SCHEDULED

    @property
    def component_status(self) -> ComponentStatus:
        """What it makes of its components now."""
        if not self.under_way:
            return ComponentStatus.OPERATIONAL
        return ComponentStatus.MAINTENANCE if self.of_maintenance else BROKEN[self.severity]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownComponent:
    """A component as it is now, and since when it is known to be so."""

    component: Component
    status: ComponentStatus
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What a desk shows outside; `since` is when it was first at work, as far as anybody knows.

    `url` is where its page is reached, without a slash at the end; `follow` is the bot's address in Telegram.
    `stale_since` is when it was taken, if that could not be done again since.
    """

    desk: str
    name: str
    url: str
    follow: str
    zone: tzinfo
    language: str
    texts: Texts
    taken_at: datetime
    since: datetime
    components: tuple[ShownComponent, ...] = ()
    live: tuple[ShownIncident, ...] = ()
    ended: tuple[ShownIncident, ...] = ()
    silences: tuple[Silence, ...] = ()
    stale_since: datetime | None = None

    def aged(self, now: datetime) -> "Picture":
        """The same picture long after it was taken: of the time since then nothing is known."""
        silences = (*self.silences, Silence(self.taken_at, now))
        return replace(self, taken_at=now, silences=silences, stale_since=self.taken_at)

    @property
    def every(self) -> Sequence[ShownIncident]:
        """All that is known, live ones first."""
        return (*self.live, *self.ended)

    @property
    def unresolved(self) -> Sequence[ShownIncident]:
        """Faults that are not over, the worst first, and of these the newest."""
        faults = [each for each in self.live if not each.of_maintenance]
        return sorted(faults, key=lambda each: -FROM_MILD_TO_BAD.index(each.impact))

    @property
    def upcoming(self) -> Sequence[ShownIncident]:
        """Maintenance to come, the next one first."""
        coming = (each for each in self.live if each.status is Status.SCHEDULED)
        return sorted(coming, key=lambda each: each.window.begins if each.window else each.started_at)

    @property
    def active(self) -> Sequence[ShownIncident]:
        """Maintenance that is under way."""
        return [each for each in self.live if each.of_maintenance and each.under_way]

    @property
    def unplaced(self) -> Sequence[ShownIncident]:
        """What was felt, and of which nobody said in what part."""
        return [each for each in self.every if not each.components and each.impact is not Impact.NONE]

    @property
    def impact(self) -> Impact:
        """How the whole service is: as its worst incident."""
        felt = (each.impact for each in self.live if each.under_way)
        return max(felt, key=FROM_MILD_TO_BAD.index, default=Impact.NONE)

    @property
    def updated_at(self) -> datetime:
        """When anything of it was last told."""
        return max((each.updated_at for each in self.every), default=self.since)

    @property
    def names(self) -> Mapping[str, Component]:
        """The components by their ids."""
        return {each.component.id: each.component for each in self.components}

    def find(self, incident_id: int) -> ShownIncident | None:
        """An incident by its id."""
        return next((each for each in self.every if each.id == incident_id), None)

    def link(self, incident: ShownIncident) -> str:
        """The address of an incident's own page."""
        return f"{self.url}/i/{incident.id}"
