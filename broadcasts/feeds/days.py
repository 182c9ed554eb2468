"""The last ninety days, day by day: what was wrong, for how long, and how much of it nobody knows about."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from broadcasts.feeds.picture import REMEMBERED, Picture, ShownIncident
from broadcasts.incident import Severity, Status

DAY = timedelta(days=1)
WORTH_SAYING = timedelta(minutes=1)
Spell = tuple[datetime, datetime]


class DayState(StrEnum):
    """The worst of a day, from well to worst; of an unknown day nothing is known at all."""

    UNKNOWN = "unknown"
    WELL = "well"
    MAINTENANCE = "maintenance"
    YELLOW = "yellow"
    RED = "red"


FELT = {Severity.RED: DayState.RED, Severity.YELLOW: DayState.YELLOW, Severity.GREEN: DayState.WELL}
OVER = {Status.RESOLVED, Status.POSTMORTEM, Status.COMPLETED, Status.SCHEDULED}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDay:
    """One day: its worst, how long that lasted, for how long and what part of it nothing is known."""

    day: date
    state: DayState
    lasted: timedelta
    unknown: timedelta
    share_unknown: float


def days_of(picture: Picture, component_id: str | None = None) -> Sequence[ShownDay]:
    """The days, oldest first; of one component or of the whole service."""
    troubles = _by_day(picture, _troubles(picture, component_id))
    unknown = _by_day(picture, ((each, DayState.UNKNOWN) for each in _unknown(picture)))
    today = picture.taken_at.astimezone(picture.zone).date()
    first = today - REMEMBERED + DAY
    every = (first + DAY * n for n in range(REMEMBERED.days))
    return [_day(picture, day, troubles.get(day, {}), unknown.get(day, {})) for day in every]


Found = dict[DayState, list[Spell]]


def _day(picture: Picture, day: date, troubles: Found, unknown: Found) -> ShownDay:
    begins, ends = _bounds(picture, day)
    missing = _together(unknown.get(DayState.UNKNOWN, ()))
    whole = max(ends - begins, WORTH_SAYING)
    worst = max(troubles, key=tuple(DayState).index, default=DayState.WELL)
    if worst is DayState.WELL and whole - missing < WORTH_SAYING:
        worst = DayState.UNKNOWN
    return ShownDay(
        day=day,
        state=worst,
        lasted=_together(troubles.get(worst, ())),
        unknown=missing if missing >= WORTH_SAYING else timedelta(0),
        share_unknown=min(1.0, missing / whole),
    )


def _troubles(picture: Picture, component_id: str | None) -> Iterator[tuple[Spell, DayState]]:
    for incident in picture.every:
        if component_id is None or component_id in incident.components:
            yield from _spells(incident, picture.taken_at)


def _spells(incident: ShownIncident, now: datetime) -> Iterator[tuple[Spell, DayState]]:
    """What an incident was, from one notice to the next."""
    ends = [*(each.at for each in incident.notices[1:]), incident.ended_at or now]
    for notice, end in zip(incident.notices, ends, strict=True):
        state = DayState.MAINTENANCE if incident.of_maintenance else FELT[notice.severity]
        if notice.status not in OVER and state is not DayState.WELL and not incident.withdrawn:
            yield (notice.at, end), state


def _unknown(picture: Picture) -> Iterator[Spell]:
    yield picture.taken_at - REMEMBERED - DAY, picture.since
    yield from ((each.begins, each.ends) for each in picture.silences)


def _by_day(picture: Picture, spells: Iterable[tuple[Spell, DayState]]) -> dict[date, Found]:
    """Spells cut at each midnight of the desk's zone."""
    found = defaultdict[date, Found](dict)
    earliest = picture.taken_at - REMEMBERED - DAY
    for (begins, ends), state in spells:
        at, until = max(begins, earliest), min(ends, picture.taken_at)
        while at < until:
            day = at.astimezone(picture.zone).date()
            stop = min(until, _midnight(picture, day + DAY))
            found[day].setdefault(state, []).append((at, stop))
            at = stop
    return found


def _bounds(picture: Picture, day: date) -> Spell:
    begins = _midnight(picture, day)
    return begins, max(begins, min(_midnight(picture, day + DAY), picture.taken_at))


def _midnight(picture: Picture, day: date) -> datetime:
    return datetime.combine(day, time(), picture.zone).astimezone(picture.taken_at.tzinfo)


def _together(spells: Iterable[Spell]) -> timedelta:
    """How long spells are together; what they share counts once."""
    whole, reached = timedelta(0), None
    for begins, ends in sorted(spells):
        start = begins if reached is None else max(begins, reached)
        if ends > start:
            whole += ends - start
            reached = ends
    return whole
