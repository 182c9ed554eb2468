"""Expanding: the frozen audience of a broadcast written down as deliveries, a part at a time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from broadcasts.deliveries.broadcast import AudiencePart, Broadcast, Broadcasts, Deliveries
from broadcasts.deliveries.concerned import Concerned
from broadcasts.incident import Incident

CHUNK = 500
"""So many people in one unit of work: nobody waits long behind it."""
NEXT = {AudiencePart.TOLD: AudiencePart.CONCERNED, AudiencePart.CONCERNED: AudiencePart.WHOLE}


class Expanding:
    """Writes deliveries for those who were told of the incident before, then for those it concerns."""

    def __init__(
        self, broadcasts: Broadcasts, deliveries: Deliveries, concerned: Concerned, now: datetime
    ) -> None:
        self._now = now
        self._broadcasts, self._deliveries, self._concerned = broadcasts, deliveries, concerned

    def go_on(self, broadcast: Broadcast, incident: Incident) -> Broadcast:
        """Write the next part."""
        people = self._next(broadcast, incident)
        fresh = [each for each in people if each <= broadcast.until]
        added = self._deliveries.add(broadcast, fresh)
        last = len(people) < CHUNK or people[-1] > broadcast.until
        part = NEXT[broadcast.part] if last else broadcast.part
        moved = replace(broadcast, part=part, cursor=0 if last else people[-1])
        self._broadcasts.keep(moved)
        counted = self._broadcasts.count(broadcast.id, {"total": added}) if added else moved
        return replace(moved, counts=counted.counts)

    def _next(self, broadcast: Broadcast, incident: Incident) -> Sequence[int]:
        if broadcast.part is AudiencePart.TOLD:
            return self._deliveries.told(incident.id, broadcast.cursor, CHUNK)
        return self._concerned.concerned(
            incident.id, incident.components, broadcast.cursor, CHUNK, not_within=(broadcast.at, self._now)
        )
