"""Delivering: the room that tells notices to people, hears what became of it, and shows how far it is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from broadcasts.announcement import PublishedNotice
from broadcasts.deliveries.broadcast import (
    AudiencePart,
    Broadcast,
    BroadcastKind,
    BroadcastState,
    DeliveryState,
    Payment,
)
from broadcasts.deliveries.expanding import Expanding
from broadcasts.deliveries.mending import MENDED, Mending
from broadcasts.deliveries.paid_outcomes import PaidOutcomes
from broadcasts.deliveries.paying import Paying
from broadcasts.deliveries.posting import EXPIRED, FREED, LASTS, PICTURE, TOLD, DeliveryStores, Posting
from broadcasts.deliveries.progress import SHOWN, Progress
from broadcasts.deliveries.taking_back import TakingBack, UndeliveredNotices
from broadcasts.incident import Audience, Incident, Incidents, Notice, NoticeKind
from desk.people import Person
from desk.post import Blocked, Chat, Failed, Lane, Outcome, Parcel, Say, Sent
from desk.profile import Profile
from desk.timers import Timers

EVERY = timedelta(milliseconds=400)
"""How soon a broadcast goes on; the ticker comes by every half second."""
SECONDS_AHEAD, LEAST_AHEAD, MOST_AHEAD = 3, 60, 200
"""So many seconds' worth of deliveries lie in the outbox, within these numbers: a pause takes few back."""


class Delivering:
    """Tells notices to the people they concern."""

    HEARS = frozenset({TOLD, PICTURE, MENDED, SHOWN})
    DOUBTS = frozenset({TOLD, PICTURE, MENDED})
    DUE = frozenset({"broadcast"})

    def __init__(
        self,
        profile: Profile,
        stores: DeliveryStores,
        *,
        incidents: Incidents,
        undelivered: UndeliveredNotices,
        timers: Timers,
        now: datetime,
    ) -> None:
        self._profile, self._stores, self._incidents, self._now = profile, stores, incidents, now
        self._timers, self._taking_back = timers, TakingBack(stores, undelivered, now)
        self._broadcasts, self._deliveries = stores.broadcasts, stores.deliveries
        self._expanding = Expanding(stores.broadcasts, stores.deliveries, stores.concerned, now)
        self._posting, self._mending = Posting(profile, stores, now), Mending(profile, stores)
        self._paying = Paying(profile, stores.broadcasts)
        self._paid = PaidOutcomes(stores, self._paying, self._posting, self._taking_back, now)
        self._progress = Progress(profile, stores.broadcasts, stores.outbox, now)

    def published(self, told: PublishedNotice) -> None:
        """Tell a notice that was just published, or mend what it corrects."""
        incident_id, notice, author, where = told.incident.id, told.notice, told.by, told.where
        known = [each for each in self._broadcasts.of(incident_id) if each.kind is BroadcastKind.TELL]
        if notice.kind is NoticeKind.WITHDRAWN:
            for each in known:
                self._overtake(each)
                self._mend(each, notice, author, where)
        elif notice.kind is NoticeKind.CORRECTED:
            wrong = _corrected(self._incidents.notices(incident_id))
            for each in known:  # an edit calls nobody, so it is made however silent the correction is
                if each.number == wrong:
                    self._mend(each, notice, author, where)
        elif notice.audience is Audience.CONCERNED or notice.kind.ends:
            for each in known:
                self._overtake(each)
            if notice.audience is Audience.CONCERNED:
                self._start(self._new(incident_id, notice, author, where))

    def due(self, kind: str, subject: int) -> None:
        """Take a broadcast a step further."""
        broadcast = self._broadcasts.get(subject)
        incident = None if broadcast is None else self._incidents.get(broadcast.incident_id)
        if broadcast is None or incident is None:
            return
        if broadcast.state is BroadcastState.RUNNING:
            broadcast = self._go_on(broadcast, incident)
        broadcast = self._progress.show(broadcast, incident, at_once=not broadcast.state.open)
        if broadcast.state is BroadcastState.RUNNING or broadcast.counts.posted:
            self._timers.set("broadcast", broadcast.id, self._now + EVERY)

    def heard(self, parcel: Parcel, outcome: Outcome) -> None:
        """Count what became of a delivery, an edit, or the message that shows the progress."""
        if parcel.lane is Lane.PAID and self._paid.heard(parcel, outcome):
            return
        match parcel.kind, outcome:
            case "notice.told", _:
                self._delivered(parcel, outcome)
            case "notice.mended", Sent():
                self._mended(parcel, "sent")
            case "notice.mended", Blocked():
                self._mended(parcel, "blocked")
            case "notice.mended", Failed():
                self._mended(parcel, "failed")
            case "broadcast.shown", _:
                broadcast = self._progress.heard(parcel, outcome)
                if broadcast is not None and broadcast.state is not BroadcastState.RUNNING:
                    self._timers.set("broadcast", broadcast.id, self._now)

    def doubted(self, parcel: Parcel) -> None:
        """Keep a delivery that may have arrived until a manager decides; an edit is made once more."""
        if parcel.kind == TOLD:
            self._count(parcel, DeliveryState.UNCERTAIN, paid=parcel.lane is Lane.PAID)
        elif parcel.kind == MENDED:
            self._stores.outbox.post(parcel)

    def change(self, broadcast_id: int, state: BroadcastState) -> Broadcast | None:
        """Pause, resume or cancel it; None if it is over."""
        broadcast = self._broadcasts.get(broadcast_id)
        if broadcast is None or not broadcast.state.open:
            return None
        return self._turn(broadcast, state)

    def open_of(self, incident_id: int) -> int | None:
        """The newest broadcast of an incident that goes on, or waits for a decision."""
        found = self._broadcasts.of(incident_id)
        return next((each.id for each in found[::-1] if each.state.open or each.counts.uncertain), None)

    def show_in(self, broadcast_id: int, where: Chat, language: str) -> bool:
        """Show the progress there from now on; False if there is nothing to be shown yet."""
        broadcast = self._broadcasts.get(broadcast_id)
        if broadcast is None or not broadcast.counts.total:
            return False
        self._show(self._progress.moved(broadcast, where, language))
        return True

    def decide(self, broadcast_id: int, *, again: bool) -> int:
        """Send what may have arrived once more, or take it for delivered; how many those are."""
        broadcast = self._broadcasts.get(broadcast_id)
        if broadcast is None or broadcast.counts.uncertain == 0 or (again and not _tells(broadcast)):
            return 0
        many = broadcast.counts.uncertain
        found = self._deliveries.among(broadcast.id, DeliveryState.UNCERTAIN, many)
        state = DeliveryState.WAITING if again else DeliveryState.SENT
        self._deliveries.settle([each.id for each in found], state, self._now)
        changes = {"uncertain": -len(found)} | ({} if again else {"sent": len(found)})
        broadcast = self._broadcasts.count(broadcast.id, changes)
        if again and broadcast.state is BroadcastState.DONE:
            broadcast = self._turn(broadcast, BroadcastState.RUNNING)
        self._show(broadcast)
        return len(found)

    def leave_out(self, customer_id: int) -> None:
        """Take back what is on its way to somebody who wants no notices any more."""
        for delivery in self._deliveries.posted_to(customer_id):
            broadcast = self._broadcasts.get(delivery.broadcast_id)
            if broadcast is not None:
                self._taking_back.some(broadcast, [delivery], DeliveryState.SPARED)

    def told_elsewhere(self, incident_id: int, number: int, customer_id: int) -> None:
        """Take back a notice from somebody who has just heard of it by another way."""
        for delivery in self._deliveries.posted_to(customer_id):
            broadcast = self._broadcasts.get(delivery.broadcast_id)
            if broadcast is not None and (broadcast.incident_id, broadcast.number) == (incident_id, number):
                self._taking_back.some(broadcast, [delivery], DeliveryState.SPARED)

    def _new(self, incident_id: int, notice: Notice, author: Person, where: Chat) -> Broadcast:
        language = self._profile.language_of(author) if where.private else self._profile.language
        return Broadcast(
            incident_id=incident_id,
            number=notice.number,
            stars=notice.stars,
            payment=Payment.PAYS if notice.stars else Payment.NONE,
            where=where,
            language=language,
            at=notice.at,
        )

    def _start(self, broadcast: Broadcast) -> None:
        self._timers.set("broadcast", self._broadcasts.begin(broadcast), self._now)

    def _mend(self, told: Broadcast, notice: Notice, author: Person, where: Chat) -> None:
        """Edit what a broadcast has told; what lies in the outbox is written anew when its turn comes."""
        told = replace(told, mended=notice.number)
        self._broadcasts.keep(told)
        told = self._taking_back.whole(told)
        if told.counts.sent:
            new = self._new(told.incident_id, notice, author, where)
            self._start(replace(new, kind=BroadcastKind.MEND, mends=told.id))

    def _overtake(self, broadcast: Broadcast) -> None:
        if broadcast.state.open:
            self._turn(broadcast, BroadcastState.OVERTAKEN)

    def _turn(self, broadcast: Broadcast, state: BroadcastState) -> Broadcast:
        """Go on or stop: what waits in the outbox is taken back at once."""
        turned = replace(broadcast, state=state)
        self._broadcasts.keep(turned)
        if state is BroadcastState.RUNNING:
            self._timers.set("broadcast", broadcast.id, self._now)
            return turned
        turned = self._taking_back.whole(turned)
        self._show(turned)
        if turned.counts.posted:
            self._timers.set("broadcast", broadcast.id, self._now + EVERY)
        return turned

    def _show(self, broadcast: Broadcast) -> None:
        incident = self._incidents.get(broadcast.incident_id)
        if incident is not None:
            self._progress.show(broadcast, incident, at_once=True)

    def _go_on(self, broadcast: Broadcast, incident: Incident) -> Broadcast:
        notices, room = (
            self._incidents.notices(incident.id),
            ahead(self._profile.bulk_per_second) - broadcast.counts.posted,
        )
        if broadcast.kind is BroadcastKind.MEND:
            broadcast = self._mending.go_on(broadcast, incident, notices, room)
        elif self._now - broadcast.at > LASTS:
            broadcast = self._outdated(broadcast)
        else:
            if broadcast.part is not AudiencePart.WHOLE:
                broadcast = self._expanding.go_on(broadcast, incident)
            broadcast = self._paying.go_on(broadcast, notices)
            room = room if (paid := self._paying.room(broadcast, notices)) is None else paid
            if room > 0:
                broadcast = self._posting.post(broadcast, incident, notices, room)
        if broadcast.part is AudiencePart.WHOLE and broadcast.counts.left == 0:
            broadcast = replace(broadcast, state=BroadcastState.DONE)
            self._broadcasts.keep(broadcast)
        return broadcast

    def _outdated(self, broadcast: Broadcast) -> Broadcast:
        """What waits is too old to be news; what lies in the outbox says so itself."""
        whole = replace(broadcast, part=AudiencePart.WHOLE)
        self._broadcasts.keep(whole)
        waiting = whole.counts.left - whole.counts.posted
        return self._broadcasts.count(whole.id, {"stale": waiting}) if waiting else whole

    def _delivered(self, parcel: Parcel, outcome: Outcome) -> None:
        match outcome, parcel.body:
            case Sent(ids), _:
                self._arrived(parcel, ids[-1] if ids else None)
            case Blocked(), _:
                self._count(parcel, DeliveryState.BLOCKED)
            case Failed(reason), _ if reason == EXPIRED:
                self._count(parcel, DeliveryState.STALE)
            case Failed(), Say(media=media) as body if media is not None:
                broadcast = self._broadcasts.get(parcel.ref["broadcast"])
                if broadcast is not None:
                    self._posting.words_alone(broadcast, parcel, body)
            case _:
                self._count(parcel, DeliveryState.FAILED)

    def _arrived(self, parcel: Parcel, message_id: int | None) -> None:
        broadcast = self._count(parcel, DeliveryState.SENT, message_id, paid=parcel.lane is Lane.PAID)
        if parcel.ref.get(FREED):
            broadcast = self._paid.refused(broadcast)
        incident = self._incidents.get(broadcast.incident_id)
        if broadcast.mended > parcel.ref["as"] and incident is not None:
            found = self._deliveries.among(broadcast.id, DeliveryState.SENT, 1, parcel.ref["delivery"] - 1)
            self._mending.late(broadcast, incident, self._incidents.notices(incident.id), found[0])

    def _count(
        self, parcel: Parcel, state: DeliveryState, message_id: int | None = None, *, paid: bool = False
    ) -> Broadcast:
        self._deliveries.settle([parcel.ref["delivery"]], state, self._now, message_id)
        changes = {"posted": -1, state.name.lower(): 1} | ({"paid": 1} if paid else {})
        return self._broadcasts.count(parcel.ref["broadcast"], changes)

    def _mended(self, parcel: Parcel, name: str) -> None:
        if parcel.ref["broadcast"] is not None:
            self._broadcasts.count(parcel.ref["broadcast"], {"posted": -1, name: 1})


def ahead(per_second: float) -> int:
    """How many lie in the outbox at most."""
    return max(LEAST_AHEAD, min(MOST_AHEAD, int(per_second * SECONDS_AHEAD))) if per_second else MOST_AHEAD


def _corrected(notices: Sequence[Notice]) -> int:
    """The number of the notice that the newest correction corrects."""
    return [each for each in notices if each.kind is not NoticeKind.CORRECTED][-1].number


def _tells(broadcast: Broadcast) -> bool:
    """Whether what may have arrived can be sent once more: its notice is told still."""
    return broadcast.state.open or broadcast.state is BroadcastState.DONE
