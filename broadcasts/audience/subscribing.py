"""Subscribing: a customer chooses what to be told about, when quietly, and ends it at any moment."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from broadcasts.audience.chosen import ALL, all_pressed, hours_named, pressed
from broadcasts.audience.follower import Followers
from broadcasts.audience.subscriber import ConsentSource, Subscriber, Subscribers
from broadcasts.audience.subscription_wording import ON_A_PAGE, PRESSES, Rows, SubscriptionWording
from desk.conversation import Press, number
from desk.people import Customer, Customers, Person
from desk.post import Chat, Outbox, Parcel, Rewrite, press, rebutton, say
from desk.profile import Profile

LINK = "sub"
"""What the payload of the company's links is, or begins with before an underscore."""


class PostedDeliveries(Protocol):
    """What is being delivered, as far as somebody wants no part in it any more."""

    def leave_out(self, customer_id: int) -> None:
        """Take back what has not gone out to them yet."""


class OwnAddresses(Protocol):
    """Where customers want letters when Telegram is away."""

    def leave(self, customer_id: int, when: datetime) -> bool:
        """Forget all addresses of a customer; False if there were none."""

    def follow(self, customer_id: int, components: Collection[str]) -> None:
        """Let them be for these components and no others."""

    def mail_of(self, customer_id: int) -> str:
        """The customer's address for e-mail; empty if they have given none."""


class Offering(Protocol):
    """Who waits for a code of the customer's."""

    def stopped(self, customer_id: int) -> None:
        """The customer wants to hear nothing any more."""


class Subscribing:
    """Takes what a person says and presses about their own subscription."""

    PRESSES = PRESSES

    def __init__(
        self,
        profile: Profile,
        *,
        customers: Customers,
        subscribers: Subscribers,
        followers: Followers,
        outbox: Outbox,
        leaving: Sequence[PostedDeliveries],
        addresses: OwnAddresses,
        offering: Offering,
        now: datetime,
    ) -> None:
        self._profile, self._customers, self._subscribers = profile, customers, subscribers
        self._followers, self._outbox, self._leaving, self._now = followers, outbox, leaving, now
        self._addresses, self._offering = addresses, offering

    def ask(self, person: Person) -> None:
        """Show what there is to choose; where there are no components, subscribe to everything at once."""
        self._show(self._customers.meet(person))

    def came(self, person: Person, payload: str) -> bool:
        """Take the payload of a link that subscribes; False for any other."""
        link, _, named = payload.partition("_")
        if link != LINK:
            return False
        customer = self._customers.meet(person)
        known = {each.id for each in self._profile.components}
        if named in known:
            held = self._held(customer)
            if "" not in held:
                self._choose(customer, held | {named}, ConsentSource.LINK)
            self._say_chosen(customer)
        else:
            self._show(customer, ConsentSource.LINK, lost=bool(named and known))
        return True

    def stop(self, person: Person) -> None:
        """End it at once, with all that the person follows, and letters to all their addresses."""
        self._stop(self._customers.meet(person))

    def in_group(self, where: Chat) -> None:
        """Say that everybody subscribes for themselves, in private."""
        html = self._profile.texts.say("subscription.in_private", self._profile.language)
        key = f"subscription:{where.chat_id}"
        self._outbox.post(Parcel(to=where, body=say(html), kind="subscription", dedupe=key))

    def pressed(self, person: Person, said: Press) -> str | None:
        """Carry out a press; returns the toast, if any. What no button of ours says finds nothing."""
        customer = self._customers.meet(person)
        match said.action, said.words:
            case "on", [component_id]:
                return self._toggle(customer, [component_id], said.message_id)
            case "group", [first]:
                return self._toggle(customer, self._below_heading(customer, first), said.message_id)
            case "all", []:
                self._choose(customer, all_pressed(self._held(customer)))
                self._list(customer, 0, said.message_id)
            case "page", [page]:
                self._list(customer, number(page) or 0, said.message_id)
            case "ask", []:
                self._show(customer)
            case "hours", []:
                self._rewrite_hours(customer, said.message_id)
            case "hush", [word] if word == "none" or hours_named(word) is not None:
                self._subscribers.hush(customer.id, hours_named(word))
                self._list_or_summary(customer, said.message_id)
            case "done", []:
                self._summary(customer, said.message_id)
            case "stop", []:
                self._outbox.post(Parcel(to=Chat(customer.chat_id), body=rebutton(said.message_id)))
                self._stop(customer)
        return None

    def _toggle(self, customer: Customer, ids: Collection[str], message_id: int) -> str | None:
        """Choose components or take them out; one that is there no more changes nothing."""
        components = self._profile.components
        places = [place for place, each in enumerate(components) if each.id in ids]
        if places:
            self._choose(customer, pressed(self._held(customer), components, ids))
        self._list(customer, places[0] // ON_A_PAGE if places else 0, message_id)
        return None if places else self._wording(customer).plain("subscription.gone")

    def _below_heading(self, customer: Customer, first: str) -> list[str]:
        """The components with the heading of this one."""
        language = self._profile.language_of(customer)
        headings = {each.id: each.group(language) for each in self._profile.components}
        heading = headings.get(first)
        return [] if heading is None else [each for each, of in headings.items() if of == heading]

    def _choose(
        self, customer: Customer, wanted: Collection[str], source: ConsentSource = ConsentSource.BOT
    ) -> None:
        if wanted:
            self._subscribers.subscribe(customer.id, wanted, source, self._now)
            self._addresses.follow(customer.id, wanted)
        else:
            self._subscribers.stop(customer.id, self._now)
            self._addresses.leave(customer.id, self._now)

    def _show(
        self, customer: Customer, source: ConsentSource = ConsentSource.BOT, *, lost: bool = False
    ) -> None:
        """A new message with the list, or with what is subscribed to where there is nothing to choose."""
        if not self._profile.components:
            self._choose(customer, ALL, source)
            self._say_chosen(customer)
            return
        wording, subscriber = self._wording(customer), self._of(customer)
        html = wording.choice(subscriber)
        html = f"{wording.text('subscription.lost')}\n\n{html}" if lost else html
        self._say(customer, html, wording.choice_rows(subscriber, 0))

    def _say_chosen(self, customer: Customer) -> None:
        wording, subscriber = self._wording(customer), self._of(customer)
        mail = self._addresses.mail_of(customer.id)
        self._say(customer, wording.summary(subscriber, mail), wording.summary_rows(subscriber, mail))

    def _stop(self, customer: Customer) -> None:
        stood = self._subscribers.stop(customer.id, self._now)
        follows = self._followers.leave(customer.id)
        for each in self._leaving:
            each.leave_out(customer.id)
        given = self._addresses.leave(customer.id, self._now)
        self._offering.stopped(customer.id)
        wording = self._wording(customer)
        key = "subscription.stopped" if stood or follows or given else "subscription.none"
        self._say(customer, wording.text(key), [[wording.button("subscription.again", "ask")]])

    def _list_or_summary(self, customer: Customer, message_id: int) -> None:
        if self._profile.components:
            self._list(customer, 0, message_id)
        else:
            self._summary(customer, message_id)

    def _list(self, customer: Customer, page: int, message_id: int) -> None:
        wording, subscriber = self._wording(customer), self._of(customer)
        self._rewrite(customer, message_id, wording.choice(subscriber), wording.choice_rows(subscriber, page))

    def _summary(self, customer: Customer, message_id: int) -> None:
        wording, subscriber = self._wording(customer), self._of(customer)
        mail = self._addresses.mail_of(customer.id)
        rows = wording.summary_rows(subscriber, mail)
        self._rewrite(customer, message_id, wording.summary(subscriber, mail), rows)

    def _rewrite_hours(self, customer: Customer, message_id: int) -> None:
        wording = self._wording(customer)
        html = wording.text("subscription.ask_hours", zone=wording.zone)
        self._rewrite(customer, message_id, html, wording.hours_rows(self._of(customer)))

    def _rewrite(self, customer: Customer, message_id: int, html: str, rows: Rows) -> None:
        """Of many presses in a row the last one is shown: they need no call each."""
        body = Rewrite(message_id=message_id, html=html, rows=rows)
        key = press(PRESSES, customer.id, message_id)
        self._outbox.post(Parcel(to=Chat(customer.chat_id), body=body, dedupe=key))

    def _say(self, customer: Customer, html: str, rows: Rows) -> None:
        self._outbox.post(Parcel(to=customer.address, body=say(html, rows)))

    def _wording(self, customer: Customer) -> SubscriptionWording:
        return SubscriptionWording(self._profile, self._profile.language_of(customer), self._now)

    def _of(self, customer: Customer) -> Subscriber | None:
        return self._subscribers.of(customer.id)

    def _held(self, customer: Customer) -> frozenset[str]:
        subscriber = self._of(customer)
        return frozenset() if subscriber is None else subscriber.components
