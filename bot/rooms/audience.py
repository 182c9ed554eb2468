"""The rooms of those whom notices reach: what they subscribe to, and what they say of an incident."""

from collections.abc import Callable

from propcache.api import cached_property

from bot.rooms.matters import Matters
from bot.rooms.poll_rooms import PollRooms
from bot.rooms.shared import Shared
from broadcasts.audience.enrolling import Enrolling
from broadcasts.audience.known_presses import KnownPresses
from broadcasts.audience.subscribing import Subscribing
from broadcasts.audience.working_again import WorkingAgain
from broadcasts.backup.enrolling import AddressEnrolling
from broadcasts.deliveries.delivering import Delivering
from tickets.hurrying import Hurrying


class AudienceRooms:
    """Makes each of these rooms on the transaction when it is first asked for."""

    def __init__(
        self, shared: Shared, matters: Matters, polls: PollRooms, delivering: Callable[[], Delivering]
    ) -> None:
        self._shared, self._matters, self._polls, self._delivering = shared, matters, polls, delivering

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
            leaving=[self._delivering(), self._polls.asking],
            addresses=stores.addresses,
            offering=self._shared.offering,
            now=self._shared.now,
        )

    @cached_property
    def enrolling(self) -> Enrolling:
        """Takes subscribers from a file."""
        return Enrolling(self._shared.stores.customers, self._shared.stores.subscribers)

    @cached_property
    def address_enrolling(self) -> AddressEnrolling:
        """Takes addresses from a file."""
        return AddressEnrolling(self._shared.stores.customers, self._shared.stores.addresses)

    @cached_property
    def known_presses(self) -> KnownPresses:
        """Takes what people press about a live incident."""
        stores = self._shared.stores
        return KnownPresses(
            self._shared.profile,
            customers=stores.customers,
            incidents=stores.incidents,
            askers=stores.askers,
            followers=stores.followers,
            known=self._matters.known,
            handling=self._matters.handling,
            outbox=stores.outbox,
            now=self._shared.now,
        )

    @cached_property
    def working_again(self) -> WorkingAgain:
        """Takes what followers say after the end."""
        stores = self._shared.stores
        return WorkingAgain(
            self._shared.profile,
            customers=stores.customers,
            incidents=stores.incidents,
            followers=stores.followers,
            askers=stores.askers,
            hurrying=Hurrying(stores.tickets, self._matters.handling, self._shared.answers),
            lines=self._shared.lines,
            outbox=stores.outbox,
            now=self._shared.now,
        )
