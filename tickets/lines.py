"""Lines of ours about a ticket: to the customer, or to operators in the customer's topic."""

from collections.abc import Sequence

from desk.people import Customer
from desk.post import Button, Outbox, Parcel, TopicOf, say
from desk.profile import Profile


class Lines:
    """Sends lines for one desk."""

    def __init__(self, profile: Profile, outbox: Outbox) -> None:
        self._profile, self._outbox = profile, outbox

    def to_topic(self, customer: Customer, key: str, /, **params: object) -> None:
        """Send a text to the customer's topic, in the desk's language."""
        self.show_operators(customer, self._profile.texts.say(key, self._profile.language, **params))

    def show_operators(self, customer: Customer, html: str, rows: Sequence[Sequence[Button]] = ()) -> None:
        """Send HTML with buttons to the customer's topic."""
        self._outbox.post(Parcel(to=TopicOf(customer.id), body=say(html, rows)))

    def to_customer(self, customer: Customer, key: str, /, **params: object) -> None:
        """Send a text to the customer, in the customer's language."""
        html = self._profile.texts.say(key, self._profile.language_of(customer), **params)
        self._outbox.post(Parcel(to=customer.address, body=say(html)))
