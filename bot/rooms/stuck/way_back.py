"""The way back of what is stuck, or out; and the word to customers whose message waits there."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from desk.people import Customers, Person
from desk.post import Carry, Chat, Failed, Hearer, Parcel, say
from desk.profile import Profile
from desk.timers import Timers
from storage.outbox import OutboxStore, WaitingParcel
from storage.stuck import StuckStore

DROPPED = "dropped"


class WayBack:
    """Lets what is stuck be tried again, or drops it for good."""

    DUE = frozenset({"released"})

    def __init__(
        self,
        profile: Profile,
        stuck: StuckStore,
        *,
        customers: Customers,
        outbox: OutboxStore,
        timers: Timers,
        hearer: Callable[[str], Hearer | None],
        now: datetime,
    ) -> None:
        self._profile, self._stuck, self._customers = profile, stuck, customers
        self._outbox, self._timers, self._hearer, self._now = outbox, timers, hearer, now

    def retry(self, name: str) -> bool:
        """Let it be tried again; False if it is not stuck (any more)."""
        if not self._stuck.retry(name):
            return False
        self._timers.set("released", 0, self._now)
        return True

    def retry_all(self, limit: int) -> int:
        """Let what has failed be tried again, the oldest first; what may have arrived stays. How many."""
        return sum(self.retry(name) for name in self._stuck.failed(limit))

    def due(self, kind: str, subject: int) -> None:
        """Hand over what was let out, perhaps by another process, to those who work on it here."""
        self._stuck.released = True
        self._outbox.posted += self._stuck.post_released()

    def drop(self, name: str) -> bool:
        """Give it up: nobody waits for it any longer. False if it is not stuck (any more)."""
        item = self._stuck.get(name)
        if item is None or not self._stuck.drop(name):
            return False
        if item.parcel is not None:
            self._fail(item.parcel)
        else:
            self._tell(item.raw or {}, "customer.stuck_dropped")
        return True

    def quarantined(self, raw: Mapping[str, Any], stream: str, update_id: int) -> None:
        """Tell the customer, once for all of theirs that stands in quarantine, that their message waits."""
        if not self._stuck.others_of(stream, update_id):
            self._tell(raw, "customer.stuck")

    def set_aside(self, waiting: WaitingParcel) -> None:
        """Tell the customer that what they wrote is not shown to anybody yet."""
        customer_id = waiting.parcel.topic_of
        if isinstance(waiting.parcel.body, Carry) and customer_id is not None:
            customer = self._customers.get(customer_id)
            self._say(customer.address, "customer.stuck", self._profile.language_of(customer))

    def _fail(self, waiting: WaitingParcel) -> None:
        """The room that posted it hears that it will not arrive."""
        reason = self._profile.texts.plain("stuck.dropped", self._profile.language)
        outcome = Failed(reason, DROPPED)
        self._outbox.settled.append((waiting, outcome))
        hearer = self._hearer(waiting.parcel.kind)
        if hearer is not None:
            hearer.heard(waiting.parcel, outcome)

    def _tell(self, raw: Mapping[str, Any], key: str) -> None:
        person = author_of(raw)
        if person is None:
            return
        customer = self._customers.known(person.telegram_id)
        if customer is None:
            self._say(Chat(person.telegram_id), key, self._profile.language_of(person))
        elif not customer.banned:
            self._say(customer.address, key, self._profile.language_of(customer))

    def _say(self, to: Chat, key: str, language: str) -> None:
        """Say it, once for all that comes together."""
        html = self._profile.texts.say(key, language)
        self._outbox.post(Parcel(to=to, body=say(html), dedupe=f"{key}:{to.chat_id}"))


def author_of(raw: Mapping[str, Any]) -> Person | None:
    """The customer who wrote the message; None if it is no message of a person in a private chat."""
    match raw.get("message"):
        case {"chat": {"type": "private", "id": int(chat_id)}, "from": dict(user)} if chat_id > 0:
            if user.get("is_bot") or not isinstance(user.get("first_name"), str):
                return None
            code = user.get("language_code")
            return Person(
                telegram_id=chat_id,
                first_name=user["first_name"],
                language_code=code if isinstance(code, str) else None,
            )
    return None
