"""Asking people: a poll put to subscribers in private, few at a time, and what became of each ballot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from broadcasts.deliveries.broadcast import DeliveryState
from broadcasts.deliveries.concerned import Concerned
from broadcasts.deliveries.delivering import EVERY, ahead
from broadcasts.deliveries.expanding import CHUNK
from broadcasts.deliveries.posting import EXPIRED, LASTS, Receivers
from broadcasts.deliveries.taking_back import UndeliveredNotices
from broadcasts.polls.ballot import Ballot, Ballots
from broadcasts.polls.ballot_wording import BallotWording
from broadcasts.polls.poll import Poll, Polls
from broadcasts.polls.sheet import PollSheet
from desk.people import Customer
from desk.post import Blocked, Failed, Lane, Outbox, Outcome, Parcel, Sent
from desk.profile import Profile
from desk.timers import Timers

ASKED = "poll_asked"
GOES_ON = "poll"


@dataclass(frozen=True, slots=True, kw_only=True)
class PollStores:
    """What is read and written while people are asked."""

    polls: Polls
    ballots: Ballots
    receivers: Receivers
    concerned: Concerned
    undelivered: UndeliveredNotices
    outbox: Outbox
    timers: Timers


class PollAsking:
    """Asks all who subscribe to anything, each once."""

    HEARS = frozenset({ASKED})
    DOUBTS = frozenset({ASKED})
    DUE = frozenset({GOES_ON})

    def __init__(self, profile: Profile, stores: PollStores, sheet: PollSheet, now: datetime) -> None:
        self._profile, self._stores, self._sheet, self._now = profile, stores, sheet, now
        self._wording = BallotWording(profile, now)

    def begin(self, poll: Poll) -> None:
        """Begin with whoever is subscribed at this moment."""
        self._stores.timers.set(GOES_ON, poll.id, self._now)

    def due(self, kind: str, subject: int) -> None:
        """Ask the next ones."""
        poll = self._stores.polls.get(subject)
        if poll is None or not poll.open:
            return
        if not poll.whole:
            poll = self._written_down(poll)
        room = ahead(self._profile.bulk_per_second) - poll.counts.posted
        if room > 0:
            poll = self._posted(poll, room)
        self._sheet.show(poll, soon=poll.counts.left > 0)
        if not poll.whole or poll.counts.left:
            self._stores.timers.set(GOES_ON, poll.id, self._now + EVERY)

    def heard(self, parcel: Parcel, outcome: Outcome) -> None:
        """Count what became of a ballot."""
        match outcome:
            case Sent(ids):
                self._count(parcel, DeliveryState.SENT, ids[-1] if ids else None)
            case Blocked():
                self._count(parcel, DeliveryState.BLOCKED)
            case Failed(reason) if reason == EXPIRED:
                self._count(parcel, DeliveryState.STALE)
            case _:
                self._count(parcel, DeliveryState.FAILED)

    def doubted(self, parcel: Parcel) -> None:
        """Keep a ballot that may have arrived until a manager decides."""
        self._count(parcel, DeliveryState.UNCERTAIN)

    def decide(self, poll: Poll, *, again: bool) -> bool:
        """Ask those once more whom it may not have reached, or take it for delivered; False if none."""
        many = poll.counts.uncertain
        found = self._stores.ballots.among(poll.id, DeliveryState.UNCERTAIN, many) if many else ()
        if not found or (again and not poll.open):
            return False
        state = DeliveryState.WAITING if again else DeliveryState.SENT
        self._stores.ballots.settle([each.id for each in found], state, self._now)
        changes = {"uncertain": -len(found)} | ({} if again else {"sent": len(found)})
        self._stores.polls.count(poll.id, changes)
        self.begin(poll)
        return True

    def leave_out(self, customer_id: int) -> None:
        """Ask somebody no more who has just unsubscribed; what is on its way arrives."""
        for ballot in self._stores.ballots.posted_to(customer_id):
            if self._stores.undelivered.take_back([_key(ballot)]):
                self._stores.ballots.settle([ballot.id], DeliveryState.SPARED, self._now)
                self._stores.polls.count(ballot.poll_id, {"posted": -1, "spared": 1})

    def end(self, poll: Poll) -> Poll:
        """Take back what lies in the outbox; who was not asked yet is not asked."""
        self._stores.timers.clear(GOES_ON, poll.id)
        most = max(poll.counts.posted, 1)
        posted = self._stores.ballots.among(poll.id, DeliveryState.POSTED, most)
        by_key = {_key(each): each.id for each in posted}
        taken = self._stores.undelivered.take_back(list(by_key)) if by_key else ()
        self._stores.ballots.settle([by_key[key] for key in taken], DeliveryState.SPARED, self._now)
        waiting = poll.counts.left - poll.counts.posted
        changes = {"posted": -len(taken), "spared": len(taken) + waiting}
        return self._stores.polls.count(poll.id, changes)

    def _written_down(self, poll: Poll) -> Poll:
        """Write ballots for the next part of those who were subscribed when it was published."""
        meanwhile = (poll.published_at or self._now, self._now)
        people = self._stores.concerned.concerned(None, (), poll.cursor, CHUNK, not_within=meanwhile)
        fresh = [each for each in people if each <= poll.until]
        added = self._stores.ballots.add(poll.id, fresh)
        last = len(people) < CHUNK or people[-1] > poll.until
        moved = replace(poll, whole=last, cursor=poll.cursor if last else people[-1])
        self._stores.polls.keep(moved)
        return self._stores.polls.count(poll.id, {"total": added}) if added else moved

    def _posted(self, poll: Poll, room: int) -> Poll:
        waiting = self._stores.ballots.among(poll.id, DeliveryState.WAITING, room)
        if not waiting:
            return poll
        found = self._stores.receivers.among([each.customer_id for each in waiting])
        customers = {each.id: each for each in found}
        to = self._sorted_out(waiting, customers)
        for ballot in to[DeliveryState.POSTED]:
            self._ask(poll, ballot, customers[ballot.customer_id])
        for state, those in to.items():
            self._stores.ballots.settle([each.id for each in those], state, self._now)
        changes = {state.name.lower(): len(those) for state, those in to.items() if those}
        return self._stores.polls.count(poll.id, changes)

    def _sorted_out(
        self, waiting: Sequence[Ballot], customers: Mapping[int, Customer]
    ) -> Mapping[DeliveryState, list[Ballot]]:
        """Who is to be asked, who cannot be, and who has unsubscribed meanwhile."""
        unwilling = self._stores.concerned.unwilling(list(customers))
        to: dict[DeliveryState, list[Ballot]] = {
            state: [] for state in (DeliveryState.POSTED, DeliveryState.BLOCKED, DeliveryState.SPARED)
        }
        for ballot in waiting:
            customer = customers.get(ballot.customer_id)
            if customer is None or customer.banned or customer.id in unwilling:
                to[DeliveryState.SPARED].append(ballot)
            elif customer.blocked_at is not None:
                to[DeliveryState.BLOCKED].append(ballot)
            else:
                to[DeliveryState.POSTED].append(ballot)
        return to

    def _ask(self, poll: Poll, ballot: Ballot, customer: Customer) -> None:
        self._stores.outbox.post(
            Parcel(
                to=customer.address,
                lane=Lane.BULK,
                body=self._wording.asks(poll, customer),
                kind=ASKED,
                ref={"poll": poll.id, "ballot": ballot.id},
                dedupe=_key(ballot),
                lasts=self._lasts(poll),
            )
        )

    def _lasts(self, poll: Poll) -> timedelta:
        """No longer than a notice, and not beyond its end."""
        return LASTS if poll.ends_at is None else max(timedelta(0), min(LASTS, poll.ends_at - self._now))

    def _count(self, parcel: Parcel, state: DeliveryState, message_id: int | None = None) -> None:
        self._stores.ballots.settle([parcel.ref["ballot"]], state, self._now, message_id)
        poll = self._stores.polls.count(parcel.ref["poll"], {"posted": -1, state.name.lower(): 1})
        if not poll.open:  # it was on its way when the poll ended
            self._sheet.show(poll, soon=True)


def _key(ballot: Ballot) -> str:
    """The dedupe key of a ballot in the outbox."""
    return f"ballot:{ballot.id}"
