"""Lines of ours about a ticket: to the customer, or to operators in the customer's topic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from desk.alarm import hash_of
from desk.people import Customer
from desk.post import AT_ONCE, Address, Button, Outbox, Parcel, Say, TopicOf, say
from desk.profile import Profile

GATHERING = timedelta(seconds=4)
"""What happens again within this time is said in the same line."""
LONGEST_GATHERING = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Line:
    """What is to be said: the key of a text, and what is put into it."""

    key: str
    params: Mapping[str, Any] = field(default_factory=dict)


class Gathering(Outbox, Protocol):
    """The parcels that wait, and what was noted on one of them."""

    def noted(self, dedupe: str) -> Mapping[str, Any] | None:
        """The `ref` of the waiting parcel with this key."""


class Lines:
    """Sends lines for one desk."""

    def __init__(self, profile: Profile, outbox: Gathering, now: datetime) -> None:
        self._profile, self._outbox, self._now = profile, outbox, now

    def to_topic(self, customer: Customer, key: str, /, **params: object) -> None:
        """Send a text to the customer's topic, in the desk's language."""
        self.show_operators(customer, self._profile.texts.say(key, self._profile.language, **params))

    def show_operators(self, customer: Customer, html: str, rows: Sequence[Sequence[Button]] = ()) -> None:
        """Send HTML with buttons to the customer's topic."""
        self._outbox.post(Parcel(to=TopicOf(customer.id), body=say(html, rows)))

    def to_customer(self, customer: Customer, key: str, /, *, clears: bool = False, **params: object) -> None:
        """Send a text to the customer, in their language; `clears`: a former bot's keyboard goes away."""
        html = self._profile.texts.say(key, self._profile.language_of(customer), **params)
        self._outbox.post(Parcel(to=customer.address, body=Say(html=html, clears=clears)))

    def gather(self, customer: Customer, one: str, several: str, *, about: str = "") -> None:
        """Say into the topic what may befall all of a burst: once, by the text `one` or `several`.

        `about` is the reason; what has another reason is said in another line.
        """
        self._gather(customer, TopicOf(customer.id), self._profile.language, (one, several), about)

    def gather_to_customer(self, customer: Customer, one: str, several: str) -> None:
        """The same to the customer."""
        language = self._profile.language_of(customer)
        self._gather(customer, customer.address, language, (one, several), "")

    def _gather(
        self, customer: Customer, to: Address, language: str, keys: tuple[str, str], about: str
    ) -> None:
        dedupe = f"{keys[0]}:{customer.id}:{hash_of(about)}"
        before = self._outbox.noted(dedupe) or {"n": 0, "since": self._now.timestamp()}
        n, since = before["n"] + 1, datetime.fromtimestamp(before["since"], UTC)
        html = self._profile.texts.say(keys[n > 1], language, n=n, reason=about)
        self._outbox.post(
            Parcel(
                to=to,
                body=say(html),
                dedupe=dedupe,
                ref={**before, "n": n},
                wait=max(AT_ONCE, min(GATHERING, since + LONGEST_GATHERING - self._now)),
            )
        )
