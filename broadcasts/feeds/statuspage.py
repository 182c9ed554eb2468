"""The picture in the shapes of Statuspage's API v2, which other people's clients read unchanged."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from broadcasts.feeds.feed_wording import FeedWording, iso, plain
from broadcasts.feeds.picture import (
    BROKEN,
    ComponentStatus,
    Impact,
    Picture,
    ShownComponent,
    ShownIncident,
    ShownNotice,
)
from broadcasts.incident import Severity, Status

MOST = 50
"""So many are listed at most, as Statuspage does."""
STALE_AFTER = 180
"""Seconds after which whoever cannot reach us any more should say so beside what they know."""
DESCRIPTIONS = {
    "none": "All Systems Operational",
    "maintenance": "Service Under Maintenance",
    "minor": "Minor Service Outage",
    "major": "Partial System Outage",
    "critical": "Major Service Outage",
}
"""Clients compare these words, so they are said in no other language."""
OVER = {Status.RESOLVED, Status.POSTMORTEM, Status.COMPLETED}
Shape = dict[str, Any]


class StatuspageShapes:
    """Draws a picture as Statuspage's objects."""

    def __init__(self, picture: Picture, language: str) -> None:
        self._picture, self._wording = picture, FeedWording(picture, language)

    def page(self) -> Shape:
        """Whose page it is."""
        picture = self._picture
        return {
            "id": picture.desk,
            "name": picture.name,
            "url": picture.url,
            "time_zone": str(picture.zone),
            "updated_at": iso(picture, picture.updated_at),
        }

    def status(self) -> Shape:
        """How the whole service is."""
        impact = self._picture.impact.value
        return {"indicator": impact, "description": DESCRIPTIONS[impact]}

    def plate(self) -> Shape:
        """The words of the plate on a company's own pages; it puts a time in place of each @."""
        say, others = (
            self._wording.say,
            sum(each.impact is not Impact.NONE for each in self._picture.unresolved) - 1,
        )
        return {
            "language": self._wording.language,
            "level": self._wording.impact(),
            "others": say("embed.others", n=others) if others > 0 else "",
            "until": say("embed.until", when="@"),
            "next": say("embed.next", when="@"),
            "late": say("embed.late", when="@"),
        }

    def components(self) -> list[Shape]:
        """All components."""
        return [self.component(each, n) for n, each in enumerate(self._picture.components, 1)]

    def component(self, shown: ShownComponent, position: int) -> Shape:
        """One component."""
        picture = self._picture
        return {
            "id": shown.component.id,
            "name": self._wording.component(shown.component.id),
            "status": shown.status.value,
            "created_at": iso(picture, picture.since),
            "updated_at": iso(picture, shown.updated_at),
            "position": position,
            "description": None,
            "showcase": True,
            "start_date": None,
            "group_id": None,
            "page_id": picture.desk,
            "group": False,
            "only_show_if_degraded": False,
        }

    def incidents(self, those: Sequence[ShownIncident]) -> list[Shape]:
        """Several incidents, no more than Statuspage would list."""
        return [self.incident(each) for each in those[:MOST]]

    def incident(self, incident: ShownIncident) -> Shape:
        """One incident or one maintenance, with what was told of it, newest first."""
        picture = self._picture
        touched = [
            self.component(each, n)
            for n, each in enumerate(picture.components, 1)
            if each.component.id in incident.components
        ]
        shape = {
            "id": str(incident.id),
            "name": self._wording.title(incident),
            "status": incident.status.value,
            "created_at": iso(picture, incident.started_at),
            "updated_at": iso(picture, incident.updated_at),
            "monitoring_at": self._at(_monitored(incident)),
            "resolved_at": self._at(incident.ended_at),
            "impact": incident.impact.value,
            "shortlink": picture.link(incident),
            "started_at": iso(picture, incident.started_at),
            "page_id": picture.desk,
            "incident_updates": self._updates(incident),
            "components": touched,
            "x_severity": None if incident.withdrawn else incident.severity.value,
            "x_next_update_by": self._at(incident.next_by),
        }
        return shape | self._window(incident)

    def _window(self, incident: ShownIncident) -> Shape:
        if not incident.of_maintenance:
            return {}
        window, begun = incident.window, incident.started_at
        return {
            "scheduled_for": iso(self._picture, window.begins if window else begun),
            "scheduled_until": self._at(window.ends if window else incident.ended_at),
        }

    def _updates(self, incident: ShownIncident) -> list[Shape]:
        befores = (None, *incident.notices)
        told = [
            self._update(incident, notice, before)
            for before, notice in zip(befores, incident.notices, strict=False)
        ]
        return told[::-1]

    def _update(self, incident: ShownIncident, notice: ShownNotice, before: ShownNotice | None) -> Shape:
        at, changed = iso(self._picture, notice.at), iso(self._picture, notice.changed_at)
        return {
            "id": f"{incident.id}-{notice.number}",
            "status": notice.status.value,
            "body": plain(notice.text),
            "incident_id": str(incident.id),
            "created_at": at,
            "updated_at": changed,
            "display_at": at,
            "affected_components": self._affected(incident, notice, before),
            "deliver_notifications": True,
            "custom_tweet": None,
            "tweet_id": None,
        }

    def _affected(
        self, incident: ShownIncident, notice: ShownNotice, before: ShownNotice | None
    ) -> list[Shape] | None:
        if not incident.components or incident.withdrawn:
            return None
        old, new = made_of(incident, before), made_of(incident, notice)
        return [
            {
                "code": each,
                "name": self._wording.component(each),
                "old_status": old.value,
                "new_status": new.value,
            }
            for each in incident.components
        ]

    def _at(self, at: datetime | None) -> str | None:
        return None if at is None else iso(self._picture, at)


def _monitored(incident: ShownIncident) -> datetime | None:
    watched = (each.at for each in incident.notices if each.status is Status.MONITORING)
    return next(watched, None)


class AnyNotice(Protocol):
    """A notice, as far as it says how components are."""

    @property
    def status(self) -> Status:
        """How far its incident had come."""

    @property
    def severity(self) -> Severity:
        """How bad it was."""


def made_of(incident: ShownIncident, notice: AnyNotice | None) -> ComponentStatus:
    """What an incident made of its components when a notice was told."""
    if notice is None or notice.status in OVER or notice.status is Status.SCHEDULED:
        return ComponentStatus.OPERATIONAL
    return ComponentStatus.MAINTENANCE if incident.of_maintenance else BROKEN[notice.severity]


def _summary(picture: Picture, shapes: StatuspageShapes) -> Shape:
    return {
        "components": shapes.components(),
        "incidents": shapes.incidents(picture.unresolved),
        "scheduled_maintenances": shapes.incidents([*picture.active, *picture.upcoming]),
        "status": shapes.status(),
        "x_stale_after": STALE_AFTER,
        "x_plate": shapes.plate(),
    }


def _status(picture: Picture, shapes: StatuspageShapes) -> Shape:
    return {"status": shapes.status(), "x_stale_after": STALE_AFTER}


def _faults(picture: Picture) -> Sequence[ShownIncident]:
    ended = [each for each in picture.ended if not each.of_maintenance]
    return [*picture.unresolved, *ended]


def _works(picture: Picture) -> Sequence[ShownIncident]:
    return [each for each in picture.every if each.of_maintenance]


Draw = Callable[[Picture, StatuspageShapes], Shape]
PAGES: Mapping[str, Draw] = {
    "summary": _summary,
    "status": _status,
    "components": lambda _, shapes: {"components": shapes.components()},
    "incidents": lambda picture, shapes: {"incidents": shapes.incidents(_faults(picture))},
    "incidents/unresolved": lambda picture, shapes: {"incidents": shapes.incidents(picture.unresolved)},
    "scheduled-maintenances": lambda picture, shapes: {
        "scheduled_maintenances": shapes.incidents(_works(picture))
    },
    "scheduled-maintenances/upcoming": lambda picture, shapes: {
        "scheduled_maintenances": shapes.incidents(picture.upcoming)
    },
    "scheduled-maintenances/active": lambda picture, shapes: {
        "scheduled_maintenances": shapes.incidents(picture.active)
    },
}
"""What each path below /api/v2/ holds besides the page."""


def drawn(picture: Picture, name: str, language: str) -> Shape:
    """What one path of the API says."""
    shapes = StatuspageShapes(picture, language)
    return {"page": shapes.page(), **PAGES[name](picture, shapes)}
