"""Posting: waiting deliveries put into the outbox, never many at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from broadcasts.deliveries.broadcast import (
    Broadcast,
    Broadcasts,
    Deliveries,
    Delivery,
    DeliveryState,
)
from broadcasts.deliveries.concerned import Concerned, NoticeFooters, ToldElsewhere
from broadcasts.deliveries.paying import lane_of
from broadcasts.deliveries.personal import PersonalWording
from broadcasts.incident import Incident, Notice
from desk.people import Customer
from desk.post import Lane, Outbox, Parcel, Say
from desk.profile import Profile

LASTS = timedelta(hours=24)
"""A notice that could not be sent for so long is not sent any more."""
TOLD, PICTURE = "notice.told", "notice.picture"
EXPIRED = "expired"
FREED = "freed"
"""Marks a parcel that was refused for Stars and goes without."""


class Receivers(Protocol):
    """The customers of one desk, several at a time."""

    def among(self, ids: Collection[int]) -> Sequence[Customer]:
        """By our own ids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryStores:
    """What is read and written while notices are delivered."""

    broadcasts: Broadcasts
    deliveries: Deliveries
    receivers: Receivers
    concerned: Concerned
    footers: NoticeFooters
    elsewhere: ToldElsewhere
    outbox: Outbox

    def customers_of(self, deliveries: Sequence[Delivery]) -> Mapping[int, Customer]:
        """Whom these deliveries are for, by our own ids."""
        found = self.receivers.among([each.customer_id for each in deliveries])
        return {each.id: each for each in found}


class Posting:
    """Writes each person's message when its turn comes, as the notice reads then."""

    def __init__(self, profile: Profile, stores: DeliveryStores, now: datetime) -> None:
        self._stores, self._now = stores, now
        self._wording, self._zone = PersonalWording(profile), profile.zone

    def post(
        self, broadcast: Broadcast, incident: Incident, notices: Sequence[Notice], limit: int
    ) -> Broadcast:
        """Put the next ones into the outbox; the broadcast with its counts after that."""
        waiting = self._stores.deliveries.among(broadcast.id, DeliveryState.WAITING, limit)
        if not waiting:
            return broadcast
        customers = self._stores.customers_of(waiting)
        to = self._sorted_out(broadcast, waiting, customers)
        quiet_hours = self._stores.concerned.quiet_hours(list(customers))
        local = self._now.astimezone(self._zone)
        answers = self._stores.deliveries.last_messages(incident.id, customers)
        for delivery in to[DeliveryState.POSTED]:
            customer = customers[delivery.customer_id]
            notice = notices[broadcast.number - 1]
            footer = self._stores.footers.footer(customer, incident, notice)
            says = self._wording.says(incident, notices, broadcast.number, footer, answers.get(customer.id))
            hours = quiet_hours.get(customer.id)
            quiet = not notice.rings or (hours is not None and hours.cover(local))
            self._send(broadcast, delivery, customer, [replace(say, quiet=quiet) for say in says], notices)
        return self._counted(broadcast, to)

    def free_of_charge(self, broadcast: Broadcast, parcel: Parcel) -> None:
        """Send what was refused for Stars once more without: if it arrives, they were the reason."""
        ref = {**parcel.ref, FREED: True}
        self._stores.outbox.post(replace(parcel, lane=Lane.BULK, lasts=self._left(broadcast), ref=ref))

    def words_alone(self, broadcast: Broadcast, parcel: Parcel, say: Say) -> None:
        """Send what was refused with its picture once more without it."""
        self._stores.outbox.post(
            replace(parcel, body=replace(say, media=None), lasts=self._left(broadcast), ref=_unfreed(parcel))
        )

    def _sorted_out(
        self,
        broadcast: Broadcast,
        waiting: Sequence[Delivery],
        customers: Mapping[int, Customer],
    ) -> Mapping[DeliveryState, list[Delivery]]:
        """Who is to be sent it, who cannot be, and who is spared."""
        spared = self._stores.concerned.unwilling(list(customers))
        spared |= self._stores.elsewhere.told(broadcast.incident_id, broadcast.number, list(customers))
        to: dict[DeliveryState, list[Delivery]] = {
            state: [] for state in (DeliveryState.POSTED, DeliveryState.BLOCKED, DeliveryState.SPARED)
        }
        for delivery in waiting:
            customer = customers.get(delivery.customer_id)
            if customer is None or customer.banned or customer.id in spared:
                to[DeliveryState.SPARED].append(delivery)
            elif customer.blocked_at is not None:
                to[DeliveryState.BLOCKED].append(delivery)
            else:
                to[DeliveryState.POSTED].append(delivery)
        return to

    def _send(
        self,
        broadcast: Broadcast,
        delivery: Delivery,
        customer: Customer,
        says: Sequence[Say],
        notices: Sequence[Notice],
    ) -> None:
        for place, say in enumerate(says, 1):
            last = place == len(says)
            self._stores.outbox.post(
                Parcel(
                    to=customer.address,
                    lane=lane_of(broadcast),
                    body=say,
                    kind=TOLD if last else PICTURE,
                    ref={"broadcast": broadcast.id, "delivery": delivery.id, "as": len(notices)},
                    dedupe=key_of(delivery.id) if last else f"{key_of(delivery.id)}:picture",
                    lasts=self._left(broadcast),
                )
            )

    def _counted(self, broadcast: Broadcast, to: Mapping[DeliveryState, Sequence[Delivery]]) -> Broadcast:
        for state, those in to.items():
            self._stores.deliveries.settle([each.id for each in those], state, self._now)
        changes = {state.name.lower(): len(those) for state, those in to.items() if those}
        return self._stores.broadcasts.count(broadcast.id, changes)

    def _left(self, broadcast: Broadcast) -> timedelta:
        return max(timedelta(0), broadcast.at + LASTS - self._now)


def _unfreed(parcel: Parcel) -> dict[str, Any]:
    return {name: value for name, value in parcel.ref.items() if name != FREED}


def key_of(delivery_id: int) -> str:
    """The dedupe key of a delivery in the outbox."""
    return f"delivery:{delivery_id}"
