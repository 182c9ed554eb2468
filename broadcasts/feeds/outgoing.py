"""What hooks are told of a notice, in the shapes of Statuspage's own webhooks."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from broadcasts.announcement import PublishedNotice
from broadcasts.feeds.feed_wording import iso
from broadcasts.feeds.painting import FROM_WELL_TO_WORST, PublicPlace, paint
from broadcasts.feeds.picture import ComponentStatus, Picture, ShownComponent, ShownIncident
from broadcasts.feeds.statuspage import StatuspageShapes, made_of
from broadcasts.incident import Incident, Notice
from desk.hook import Hook
from desk.profile import Profile

UNUSED: Mapping[str, Any] = {
    "backfilled": False,
    "impact_override": None,
    "postmortem_body": None,
    "postmortem_body_last_updated_at": None,
    "postmortem_ignored": False,
    "postmortem_notified_subscribers": False,
    "postmortem_notified_twitter": False,
    "postmortem_published_at": None,
    "scheduled_auto_completed": False,
    "scheduled_auto_in_progress": False,
    "scheduled_for": None,
    "scheduled_remind_prior": False,
    "scheduled_until": None,
}
"""What Statuspage's webhooks have besides, for programs that insist on it."""


class HookDeliveries(Protocol):
    """What the hooks of one desk are to be told."""

    def add(self, hook: Hook, body: str, at: datetime) -> None:
        """Insert a delivery, due at once."""


class NearRecords(Protocol):
    """The incidents of one desk, as far as they are read here."""

    def live(self) -> Sequence[Incident]:
        """The incidents that are not over."""

    def notices_of(self, incident_ids: Sequence[int]) -> Mapping[int, Sequence[Notice]]:
        """The notices of several incidents, oldest first."""


class OutgoingHooks:
    """Puts down what every hook is told, in the transaction that publishes a notice."""

    def __init__(
        self, profile: Profile, incidents: NearRecords, deliveries: HookDeliveries, now: datetime
    ) -> None:
        self._profile, self._incidents, self._deliveries = profile, incidents, deliveries
        self._now = now

    def published(self, told: PublishedNotice) -> None:
        """Put down the notice, and each component that is not as it was."""
        if not self._profile.hooks:
            return
        incident, near = told.incident, _Near(self._incidents, told.incident)
        place = PublicPlace(self._profile.public_url)
        picture = paint(self._profile, near, near, self._now, place)
        before = self._incidents.notices_of([incident.id]).get(incident.id, ())[:-1]
        for said in bodies(picture, incident.id, before):
            body = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
            for hook in self._profile.hooks:
                self._deliveries.add(hook, body, self._now)


class _Near:
    """Only what is live and the one incident that was just told of: enough for what a hook is told."""

    def __init__(self, incidents: NearRecords, incident: Incident) -> None:
        self._incidents, self._incident = incidents, incident

    def live(self) -> Sequence[Incident]:
        return self._incidents.live()

    def ended(self, since: datetime) -> Sequence[Incident]:
        return [] if self._incident.live else [self._incident]

    def notices_of(self, incident_ids: Sequence[int]) -> Mapping[int, Sequence[Notice]]:
        return self._incidents.notices_of(incident_ids)

    def spans(self, since: datetime) -> Sequence[tuple[datetime, datetime]]:
        return ()


def bodies(picture: Picture, incident_id: int, before: Sequence[Notice]) -> Iterator[Mapping[str, Any]]:
    """The incident as it is now, then each of its components that is not as it was before."""
    incident = picture.find(incident_id)
    if incident is None:
        return
    shapes = StatuspageShapes(picture, picture.language)
    frame = {"meta": _meta(picture), "page": _page(picture, shapes)}
    yield {**frame, "incident": {**UNUSED, **shapes.incident(incident)}}
    for position, shown in enumerate(picture.components, 1):
        was = _was(picture, incident, before, shown)
        if shown.component.id in incident.components and was is not shown.status:
            yield {
                **frame,
                "component": shapes.component(shown, position),
                "component_update": _update(picture, incident, shown, was),
            }


def _meta(picture: Picture) -> Mapping[str, Any]:
    return {
        "unsubscribe": f"{picture.url}/",
        "documentation": f"{picture.url}/",
        "generated_at": iso(picture, picture.taken_at),
    }


def _page(picture: Picture, shapes: StatuspageShapes) -> Mapping[str, Any]:
    status = shapes.status()
    return {
        "id": picture.desk,
        "status_indicator": status["indicator"],
        "status_description": status["description"],
    }


def _update(
    picture: Picture, incident: ShownIncident, shown: ShownComponent, was: ComponentStatus
) -> Mapping[str, Any]:
    return {
        "id": f"{incident.id}-{incident.changes + 1}-{shown.component.id}",
        "component_id": shown.component.id,
        "component_type": "Component",
        "old_status": was.value,
        "new_status": shown.status.value,
        "created_at": iso(picture, picture.taken_at),
    }


def _was(
    picture: Picture, incident: ShownIncident, before: Sequence[Notice], shown: ShownComponent
) -> ComponentStatus:
    """How a component was before the last notice: as others left it, and this incident until then."""
    others = [
        each.component_status
        for each in picture.live
        if each.id != incident.id and shown.component.id in each.components
    ]
    mine = made_of(incident, before[-1] if before else None)
    return max([*others, mine], key=FROM_WELL_TO_WORST.index)
