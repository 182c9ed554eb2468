"""Painting: the picture of a desk made of what its incidents and its presence have left."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Protocol

from broadcasts.feeds.picture import (
    REMEMBERED,
    ComponentStatus,
    Impact,
    Picture,
    ShownComponent,
    ShownIncident,
    ShownNotice,
    Silence,
)
from broadcasts.incident import (
    Incident,
    IncidentKind,
    IncidentState,
    Notice,
    NoticeKind,
    Severity,
    Status,
    as_told,
)
from desk.component import Component
from desk.profile import Profile

PAUSE = timedelta(minutes=3)
"""A pause as short as this is a restart."""
FROM_WELL_TO_WORST = tuple(ComponentStatus)


class IncidentRecords(Protocol):
    """The incidents of one desk, as far as they are read here."""

    def live(self) -> Sequence[Incident]:
        """The incidents that are not over, newest first."""

    def ended(self, since: datetime) -> Sequence[Incident]:
        """Those that ended since then, newest first."""

    def notices_of(self, incident_ids: Sequence[int]) -> Mapping[int, Sequence[Notice]]:
        """The notices of several incidents, oldest first."""


class Presences(Protocol):
    """When a desk was at work."""

    def spans(self, since: datetime) -> Sequence[tuple[datetime, datetime]]:
        """The spans that ended since then, oldest first."""


@dataclass(frozen=True, slots=True)
class PublicPlace:
    """Where a desk is reached from outside: its page, and its bot in Telegram; empty if unknown."""

    url: str = ""
    follow: str = ""


def paint(
    profile: Profile, incidents: IncidentRecords, presences: Presences, now: datetime, place: PublicPlace
) -> Picture:
    """The picture of a desk now."""
    live, ended = incidents.live(), incidents.ended(now - REMEMBERED)
    notices = incidents.notices_of([each.id for each in (*live, *ended)])
    spans = presences.spans(now - REMEMBERED)
    known = frozenset(each.id for each in profile.components)
    shown = {each.id: _shown(each, notices.get(each.id, ()), known) for each in (*live, *ended)}
    since = spans[0][0] if spans else now
    every = list(shown.values())
    return Picture(
        desk=profile.desk,
        name=profile.company or profile.desk,
        url=place.url,
        follow=place.follow,
        zone=profile.zone,
        language=profile.language,
        texts=profile.texts,
        taken_at=now,
        since=since,
        components=tuple(_component(each, every, since) for each in profile.components),
        live=tuple(shown[each.id] for each in live),
        ended=tuple(shown[each.id] for each in ended),
        silences=tuple(_silences(spans, now)),
    )


def _shown(incident: Incident, notices: Sequence[Notice], known: frozenset[str]) -> ShownIncident:
    withdrawn = incident.state is IncidentState.WITHDRAWN
    return ShownIncident(
        id=incident.id,
        kind=incident.kind,
        severity=incident.severity,
        impact=Impact.NONE if withdrawn else _impact(incident, known),
        status=_status(incident),
        withdrawn=withdrawn,
        title="" if withdrawn else incident.title,
        components=tuple(each for each in incident.components if each in known),
        window=incident.window,
        next_by=incident.next_by,
        started_at=incident.started_at,
        updated_at=incident.updated_at,
        ended_at=incident.ended_at,
        notices=tuple(_told(incident, notices)),
        changes=max(0, len(notices) - 1),
    )


def _impact(incident: Incident, known: frozenset[str]) -> Impact:
    """Red is critical where nothing is left that works, and major where it is only a part."""
    if incident.kind is IncidentKind.MAINTENANCE:
        return Impact.MAINTENANCE
    if incident.severity is Severity.RED:
        named = known & frozenset(incident.components)
        return Impact.MAJOR if named and named < known else Impact.CRITICAL
    return Impact.MINOR if incident.severity is Severity.YELLOW else Impact.NONE


def _status(incident: Incident) -> Status:
    """The status; what is over says so, whatever its last notice has chosen."""
    if incident.live or incident.status is Status.POSTMORTEM:
        return incident.status
    return over(incident.kind)


def over(kind: IncidentKind) -> Status:
    """The status of what is over."""
    return Status.COMPLETED if kind is IncidentKind.MAINTENANCE else Status.RESOLVED


def _told(incident: Incident, notices: Sequence[Notice]) -> Iterable[ShownNotice]:
    changed = _changed(notices)
    for notice in as_told(notices):
        yield ShownNotice(
            number=notice.number,
            status=over(incident.kind) if notice.kind.ends else notice.status,
            severity=notice.severity,
            text=notice.text,
            at=notice.at,
            changed_at=changed.get(notice.number, notice.at),
            next_by=notice.next_by,
        )


def _changed(notices: Sequence[Notice]) -> dict[int, datetime]:
    """When a notice was last corrected, by its number."""
    changed, number = dict[int, datetime](), 0
    for notice in notices:
        if notice.kind is NoticeKind.CORRECTED and number:
            changed[number] = notice.at
        else:
            number = notice.number
    return changed


def _component(component: Component, incidents: Sequence[ShownIncident], since: datetime) -> ShownComponent:
    about = [each for each in incidents if component.id in each.components and not each.withdrawn]
    statuses = (each.component_status for each in about)
    return ShownComponent(
        component=component,
        status=max(statuses, key=FROM_WELL_TO_WORST.index, default=ComponentStatus.OPERATIONAL),
        updated_at=max((each.updated_at for each in about), default=since),
    )


def _silences(spans: Sequence[tuple[datetime, datetime]], now: datetime) -> Iterable[Silence]:
    """The pauses between the spans at work, and the one since the last if nobody has come back yet."""
    for (_, ended), (begun, _) in pairwise(spans):
        yield Silence(ended, begun)
    if spans and now - spans[-1][1] > PAUSE:
        yield Silence(spans[-1][1], now)
