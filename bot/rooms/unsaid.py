"""What we ourselves could not say: the customer hears that something is missing, and managers hear why."""

from datetime import datetime
from typing import Protocol

from desk.alarm import Alarm, hash_of
from desk.people import Customers
from desk.post import Chat, Failed, Outbox, Outcome, Parcel, Rewrite, Say, ShowCard, say
from desk.profile import Profile

EXPIRED = "expired"


class HeardUnsaid(Protocol):
    """What managers have heard of already."""

    def complain(self, digest: str) -> bool:
        """Note a reason; False if it was noted before."""


class Unsaid:
    """Hears of parcels that no other room listens to."""

    HEARS = frozenset({""})

    def __init__(
        self,
        profile: Profile,
        customers: Customers,
        outbox: Outbox,
        *,
        told: HeardUnsaid,
        alarm: Alarm,
        now: datetime,
    ) -> None:
        self._profile, self._customers, self._outbox = profile, customers, outbox
        self._told, self._alarm, self._now = told, alarm, now

    def heard(self, parcel: Parcel, outcome: Outcome) -> None:
        """Say something short in place of words of ours that even in the plainest form were refused."""
        match outcome, parcel.body:
            case Failed(reason, what=""), Say() | Rewrite() | ShowCard() if reason != EXPIRED:
                self.alarm(reason)
                if isinstance(parcel.to, Chat) and parcel.to.private:
                    self._apologise(parcel.to)

    def alarm(self, reason: str) -> None:
        """Tell managers that words of ours were refused: once a day for each reason."""
        if self._told.complain(hash_of(f"unsaid {self._now:%Y-%m-%d} {reason}")):
            self._alarm.to_managers("alert.unsaid", reason=reason)

    def _apologise(self, chat: Chat) -> None:
        """Say it once and plainly; whether that arrives nobody asks."""
        customer = self._customers.known(chat.chat_id)
        if customer is not None:
            text = self._profile.texts.say("customer.unsaid", self._profile.language_of(customer))
            self._outbox.post(Parcel(to=chat, body=say(text), kind="unsaid"))
