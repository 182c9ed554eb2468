"""Paying: which deliveries of a broadcast may cost Stars, and what follows when Telegram takes none."""

from collections.abc import Sequence
from dataclasses import replace

from broadcasts.deliveries.broadcast import Broadcast, Broadcasts, Payment
from broadcasts.incident import Notice
from desk.paid import PaidPace
from desk.post import Lane
from desk.profile import Profile

SECONDS_AHEAD, MOST_AHEAD = 2, 1000
"""So many seconds' worth of what is paid for lie in the outbox, and no more than so many."""
LEAST_AT_ONCE, SECONDS_AT_ONCE = 200, 0.6
"""So many are written in one unit of work, or so many seconds' worth: the ticker comes twice a second."""


class Paying:
    """Keeps what a broadcast costs within what was agreed to."""

    def __init__(self, profile: Profile, broadcasts: Broadcasts) -> None:
        self._paid, self._broadcasts = profile.paid, broadcasts
        self._free_pace = profile.bulk_per_second

    def go_on(self, broadcast: Broadcast, notices: Sequence[Notice]) -> Broadcast:
        """The broadcast, which pays no more once it can afford nobody else."""
        if broadcast.payment is not Payment.PAYS:
            return broadcast
        if self._paid is None:
            return self.ended(broadcast, Payment.REFUSED)
        counts = broadcast.counts
        if counts.left and not counts.posted and not broadcast.affords(messages_of(broadcast, notices)):
            return self.ended(broadcast, Payment.SPENT)
        return broadcast

    def ended(self, broadcast: Broadcast, why: Payment) -> Broadcast:
        """What is left goes free of charge."""
        free = replace(broadcast, payment=why)
        self._broadcasts.keep(free)
        return free

    def room(self, broadcast: Broadcast, notices: Sequence[Notice]) -> int | None:
        """How many more may be put into the outbox for Stars; None where none are paid."""
        pace = self._pace(broadcast)
        if pace is None:
            return None
        ahead = min(MOST_AHEAD, int(pace.per_second * SECONDS_AHEAD)) - broadcast.counts.posted
        at_once = max(LEAST_AT_ONCE, int(pace.per_second * SECONDS_AT_ONCE))
        return min(ahead, at_once, broadcast.affords(messages_of(broadcast, notices)))

    def per_second(self, broadcast: Broadcast) -> float:
        """How many a second it is told to now."""
        pace = self._pace(broadcast)
        return self._free_pace if pace is None else pace.per_second

    def _pace(self, broadcast: Broadcast) -> PaidPace | None:
        return self._paid if broadcast.payment is Payment.PAYS else None


def lane_of(broadcast: Broadcast) -> Lane:
    """The lane of its messages."""
    return Lane.PAID if broadcast.payment is Payment.PAYS else Lane.BULK


def messages_of(broadcast: Broadcast, notices: Sequence[Notice]) -> int:
    """How many messages tell it to one person, at most: the words may not fit under a file."""
    return 1 if notices[broadcast.number - 1].attached is None else 2
