"""Taking back: what lies in the outbox and is not on its way yet waits again, or is not sent at all."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from broadcasts.deliveries.broadcast import Broadcast, BroadcastKind, Delivery, DeliveryState
from broadcasts.deliveries.posting import DeliveryStores, key_of

AT_LEAST = 200
"""So many are looked for: counts may lag behind what was posted in this very transaction."""


class UndeliveredNotices(Protocol):
    """Parcels in the outbox that can still be taken back."""

    def take_back(self, keys: Sequence[str]) -> Collection[str]:
        """Delete those with these dedupe keys that are not on their way; their keys."""


class TakingBack:
    """Takes deliveries back from the outbox."""

    def __init__(self, stores: DeliveryStores, undelivered: UndeliveredNotices, now: datetime) -> None:
        self._broadcasts, self._deliveries = stores.broadcasts, stores.deliveries
        self._undelivered, self._now = undelivered, now

    def whole(self, broadcast: Broadcast) -> Broadcast:
        """All that a broadcast has posted waits again; edits are let go on."""
        if broadcast.kind is BroadcastKind.MEND:
            return broadcast
        many = max(AT_LEAST, broadcast.counts.posted)
        posted = self._deliveries.among(broadcast.id, DeliveryState.POSTED, many)
        return self.some(broadcast, posted, DeliveryState.WAITING)

    def some(self, broadcast: Broadcast, posted: Sequence[Delivery], state: DeliveryState) -> Broadcast:
        """Those of these that can be taken back become what `state` says."""
        by_key = {key_of(each.id): each.id for each in posted}
        taken = self._undelivered.take_back(list(by_key))
        self._undelivered.take_back([f"{key}:picture" for key in taken])
        self._deliveries.settle([by_key[key] for key in taken], state, self._now)
        changes = {"posted": -len(taken)}
        if state is DeliveryState.SPARED:
            changes["spared"] = len(taken)
        return self._broadcasts.count(broadcast.id, changes) if taken else broadcast
