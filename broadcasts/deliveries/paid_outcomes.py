"""What became of messages for Stars: counted, or sent without them where Telegram takes none."""

from collections.abc import Sequence
from datetime import datetime

from broadcasts.deliveries.broadcast import Broadcast, Delivery, DeliveryState, Payment
from broadcasts.deliveries.paying import Paying
from broadcasts.deliveries.posting import EXPIRED, PICTURE, TOLD, DeliveryStores, Posting
from broadcasts.deliveries.taking_back import TakingBack
from desk.post import DROPPED, UNPAID, Failed, Outcome, Parcel, Sent


class PaidOutcomes:
    """Lets nobody be lost because Stars ran out."""

    def __init__(
        self, stores: DeliveryStores, paying: Paying, posting: Posting, taking_back: TakingBack, now: datetime
    ) -> None:
        self._broadcasts, self._deliveries, self._now = stores.broadcasts, stores.deliveries, now
        self._paying, self._posting, self._taking_back = paying, posting, taking_back

    def heard(self, parcel: Parcel, outcome: Outcome) -> bool:
        """Act on what became of a message for Stars; True if it goes once more, without them."""
        broadcast = self._broadcasts.get(parcel.ref["broadcast"])
        match outcome:
            case _ if broadcast is None:
                return False
            case Sent() if parcel.kind == PICTURE:
                self._broadcasts.count(broadcast.id, {"paid": 1})
            case Failed(what=what) if what == UNPAID:
                self._waits_again(self.refused(broadcast), parcel)
                return True
            case Failed(reason) if parcel.kind == TOLD and reason not in {EXPIRED, DROPPED}:
                self._posting.free_of_charge(broadcast, parcel)
                return True
        return False

    def refused(self, broadcast: Broadcast) -> Broadcast:
        """Telegram takes no Stars for it: what is left goes without."""
        if broadcast.payment is not Payment.PAYS:
            return broadcast
        return self._taking_back.whole(self._paying.ended(broadcast, Payment.REFUSED))

    def _waits_again(self, broadcast: Broadcast, parcel: Parcel) -> None:
        found = self._posted(broadcast, parcel.ref["delivery"])
        if parcel.kind == TOLD:  # it has left the outbox
            self._deliveries.settle([each.id for each in found], DeliveryState.WAITING, self._now)
            self._broadcasts.count(broadcast.id, {"posted": -len(found)})
        else:  # its words wait behind it
            self._taking_back.some(broadcast, found, DeliveryState.WAITING)

    def _posted(self, broadcast: Broadcast, delivery_id: int) -> Sequence[Delivery]:
        """A delivery, if it lies in the outbox as far as we know."""
        found = self._deliveries.among(broadcast.id, DeliveryState.POSTED, 1, delivery_id - 1)
        return [each for each in found if each.id == delivery_id]
