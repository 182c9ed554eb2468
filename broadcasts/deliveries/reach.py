"""How many people a notice would tell, and how long that takes: for who is about to publish it."""

from collections.abc import Sequence

from broadcasts.composing.reaches import Reach
from broadcasts.deliveries.broadcast import BroadcastKind, Broadcasts
from broadcasts.deliveries.concerned import Concerned
from broadcasts.deliveries.progress import taking


class Reaching:
    """Counts the people whom a notice of an incident would tell."""

    def __init__(self, broadcasts: Broadcasts, concerned: Concerned, per_second: float) -> None:
        self._broadcasts, self._concerned, self._per_second = broadcasts, concerned, per_second

    def of(self, incident_id: int | None, components: Sequence[str]) -> Reach:
        """Those an incident with these components concerns, or who were told of it, if those are more."""
        reached, blocked = self._concerned.how_many(incident_id, components)
        before = [] if incident_id is None else self._broadcasts.of(incident_id)
        told = [each.counts for each in before if each.kind is BroadcastKind.TELL]
        people = max([reached + blocked, *(each.total - each.spared for each in told)])
        takes = taking(people - blocked, self._per_second)
        return Reach(people=people, blocked=blocked, lasts=takes)
