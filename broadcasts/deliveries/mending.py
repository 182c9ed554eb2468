"""Mending: what people have been told is edited when a notice is corrected or an incident withdrawn."""

from collections.abc import Sequence
from dataclasses import replace

from broadcasts.deliveries.broadcast import (
    AudiencePart,
    Broadcast,
    Delivery,
    DeliveryState,
)
from broadcasts.deliveries.personal import PersonalWording
from broadcasts.deliveries.posting import LASTS, DeliveryStores
from broadcasts.incident import Incident, Notice
from desk.people import Customer
from desk.post import Lane, Parcel
from desk.profile import Profile

MENDED = "notice.mended"


class Mending:
    """Edits the messages of another broadcast, oldest first."""

    def __init__(self, profile: Profile, stores: DeliveryStores) -> None:
        self._stores, self._wording = stores, PersonalWording(profile)

    def go_on(
        self, broadcast: Broadcast, incident: Incident, notices: Sequence[Notice], limit: int
    ) -> Broadcast:
        """Put the next edits into the outbox; the broadcast with its counts after that."""
        mended = self._stores.broadcasts.get(broadcast.mends or 0)
        if mended is None or broadcast.part is AudiencePart.WHOLE or limit < 1:
            return broadcast
        sent = self._stores.deliveries.among(mended.id, DeliveryState.SENT, limit, broadcast.cursor)
        edits = self._edit(mended, incident, notices, sent, broadcast.id)
        last = len(sent) < limit
        part = AudiencePart.WHOLE if last else broadcast.part
        moved = replace(broadcast, part=part, cursor=sent[-1].id if sent else broadcast.cursor)
        self._stores.broadcasts.keep(moved)
        if not edits:
            return moved
        return self._stores.broadcasts.count(broadcast.id, {"total": edits, "posted": edits})

    def late(
        self, mended: Broadcast, incident: Incident, notices: Sequence[Notice], delivery: Delivery
    ) -> None:
        """Edit what was on its way when its text was corrected."""
        self._edit(mended, incident, notices, [delivery], None)

    def _edit(
        self,
        mended: Broadcast,
        incident: Incident,
        notices: Sequence[Notice],
        sent: Sequence[Delivery],
        broadcast_id: int | None,
    ) -> int:
        customers = self._stores.customers_of(sent)
        edits = [each for each in sent if each.message_id is not None and each.customer_id in customers]
        for delivery in edits:
            customer = customers[delivery.customer_id]
            self._post(mended, incident, notices, delivery, customer, broadcast_id)
        return len(edits)

    def _post(
        self,
        mended: Broadcast,
        incident: Incident,
        notices: Sequence[Notice],
        delivery: Delivery,
        customer: Customer,
        broadcast_id: int | None,
    ) -> None:
        footer = self._stores.footers.footer(customer, incident, notices[mended.number - 1])
        body = self._wording.mends(incident, notices, mended.number, footer, delivery.message_id or 0)
        self._stores.outbox.post(
            Parcel(
                to=customer.address,
                lane=Lane.BULK,
                body=body,
                kind=MENDED,
                ref={"broadcast": broadcast_id},
                dedupe=f"mend:{broadcast_id}:{delivery.id}",
                lasts=LASTS,
            )
        )
