"""The rooms of those whom notices reach: what they subscribe to, and what they say of an incident."""

from propcache.api import cached_property

from bot.rooms.shared import Shared
from broadcasts.audience.subscribing import Subscribing


class AudienceRooms:
    """Makes each of these rooms on the transaction when it is first asked for."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared

    @cached_property
    def subscribing(self) -> Subscribing:
        """Takes what people say about their subscription."""
        stores = self._shared.stores
        return Subscribing(
            self._shared.profile,
            customers=stores.customers,
            subscribers=stores.subscribers,
            followers=stores.followers,
            outbox=stores.outbox,
            now=self._shared.now,
        )
