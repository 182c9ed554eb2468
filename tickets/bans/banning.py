"""Banning: shuts somebody out, keeps what they write meanwhile for a day, and lets them in again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desk.authority import Right, may
from desk.formatted import cut
from desk.people import Customer, Customers, Operator, Person
from desk.profile import Profile
from desk.timers import Timers
from tickets.bans.ban import KEPT, MOST_KEPT, Ban, Bans, Held, Undelivered
from tickets.handling import Handling
from tickets.lines import Line, Lines
from tickets.relay import IncomingMessage, Relay
from tickets.ticket import FollowUp, Messages, Ticket, Tickets

REASON = 500
"""The longest reason that is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BanStores:
    """What a ban reads and changes."""

    bans: Bans
    held: Held
    customers: Customers
    tickets: Tickets
    messages: Messages
    undelivered: Undelivered
    timers: Timers


class Banning:
    """Bans, and what becomes of whatever a banned person does."""

    DUE = frozenset({"held"})

    def __init__(
        self,
        profile: Profile,
        stores: BanStores,
        *,
        relay: Relay,
        handling: Handling,
        follow_up: FollowUp,
        lines: Lines,
        now: datetime,
    ) -> None:
        self._profile, self._bans, self._held = profile, stores.bans, stores.held
        self._customers, self._tickets, self._messages = stores.customers, stores.tickets, stores.messages
        self._undelivered, self._timers = stores.undelivered, stores.timers
        self._relay, self._handling, self._follow_up = relay, handling, follow_up
        self._lines, self._now = lines, now

    def of(self, customer: Customer) -> Ban | None:
        """The ban that stands against a customer."""
        return self._bans.of(customer.id)

    def shuts_out(self, telegram_id: int) -> bool:
        """Whether a ban stands against this person; only reads."""
        known = self._customers.known(telegram_id)
        return known is not None and known.banned

    def ban(self, operator: Operator, customer: Customer, reason: str) -> Line | None:
        """Ban the customer; returns what to say instead if that is not done."""
        standing = self._bans.of(customer.id)
        if standing is not None:
            return Line("operator.ban.already", self.facts(standing))
        if may(self._profile, customer.person.telegram_id, Right.DRAFT):
            return Line("operator.ban.manager")
        reason = cut(reason, REASON)
        if not reason:
            return Line("operator.ban.why")
        ban = self._bans.add(
            customer.id, reason, by_id=operator.telegram_id, by_name=operator.name, at=self._now
        )
        self._stop_short(customer, ban)
        closed = self._handling.close(customer, silent=True)
        if closed.ticket is not None:
            self._follow_up.call_off(closed.ticket)
        self._handling.refresh(customer)
        self._lines.to_topic(customer, "operator.ban.stands", name=operator.name, reason=reason)
        where = self._profile.banned_write_to
        self._lines.to_customer(
            customer, "customer.banned_elsewhere" if where else "customer.banned", where=where
        )
        return None

    def lift(self, by: Operator | Person, customer: Customer) -> Line | None:
        """Undo the ban and deliver what was written during it; returns what to say if there is none."""
        ban = self._bans.of(customer.id)
        if ban is None:
            return Line("operator.ban.none")
        self._bans.lift(ban.id, by_id=by.telegram_id, by_name=by.name, at=self._now)
        self._lines.to_topic(customer, "operator.ban.lifted", name=by.name)
        self._held.sweep(customer.id, self._now - KEPT)
        delivered = self._deliver(customer, ban)
        self._handling.refresh(customer)
        self._lines.to_customer(customer, "customer.unbanned_heard" if delivered else "customer.unbanned")
        return None

    def hold(self, person: Person, incoming: IncomingMessage) -> None:
        """Keep what a banned person wrote; they are not answered."""
        customer = self._customers.meet(person)
        self._hold(customer, incoming)

    def edited(self, person: Person, incoming: IncomingMessage) -> None:
        """Keep the words to which a banned person changed a message."""
        customer = self._customers.meet(person)
        held = [each for each in self._messages.find(incoming.place) if each.author == "held"]
        if held:
            self._messages.rewrite(held[-1].id, incoming.content)
        else:
            self._hold(customer, incoming)

    def toast(self, person: Person) -> str:
        """What a banned person's press is answered."""
        known = self._customers.known(person.telegram_id)
        return self._profile.texts.plain("customer.banned_toast", self._profile.language_of(known or person))

    def due(self, kind: str, subject: int) -> None:
        """Sweep what one customer wrote during a ban more than a day ago."""
        oldest = self._held.sweep(subject, self._now - KEPT)
        if oldest is not None:
            self._timers.set("held", subject, oldest + KEPT)

    def facts(self, ban: Ban) -> dict[str, Any]:
        """Who banned, when and why, in the desk's language."""
        profile = self._profile
        at, now = (each.astimezone(profile.zone) for each in (ban.at, self._now))
        when = profile.texts.moment(profile.language, at, now)
        return {"name": ban.by_name, "when": when, "reason": ban.reason}

    def _hold(self, customer: Customer, incoming: IncomingMessage) -> None:
        kept, ban = self._held.count(customer.id), self._bans.of(customer.id)
        if kept >= MOST_KEPT and ban is not None:
            self._bans.overflow(ban.id)
            return
        if not kept:
            self._timers.set("held", customer.id, self._now + KEPT)
        self._messages.keep(
            customer_id=customer.id,
            ticket_id=None,
            author="held",
            content=incoming.content,
            at=self._now,
            original=incoming.place,
        )

    def _stop_short(self, customer: Customer, ban: Ban) -> None:
        """Hold what the customer wrote before the ban and what is still on its way to the group."""
        ticket = self._tickets.last_of(customer.id)
        if ticket is None:
            return
        waiting = self._undelivered.withdraw(customer.id, ticket.id)
        carried = [message_id for act, message_id in waiting if act == "carry"]
        if waiting:
            self._timers.set("held", customer.id, self._now + KEPT)
        self._held.hold(carried)
        for message in self._messages.get([each for act, each in waiting if act == "amend"]):
            if message.id not in carried:  # its copy stands with the words before the edit
                places = self._messages.places(message.id)
                self._hold(customer, IncomingMessage(place=places[0], content=message.content))

    def _deliver(self, customer: Customer, ban: Ban) -> bool:
        """Carry what was held to the operators, in order, named for what it is; False if nothing was."""
        held = self._held.of(customer.id)
        if not held:
            return False
        ticket = self._ticket_for(customer, ban)
        self._lines.to_topic(customer, "operator.ban.held", n=len(held))
        if ban.unkept:
            self._lines.to_topic(customer, "operator.ban.unkept", n=ban.unkept)
        self._held.release([message.id for message in held], ticket.id)
        for message in held:
            self._relay.to_operators(customer, message, apart="held:")
        return True

    def _ticket_for(self, customer: Customer, ban: Ban) -> Ticket:
        """The ticket that the ban had closed, or a new one."""
        last = self._tickets.last_of(customer.id)
        if last is not None and last.closed_at is not None and last.closed_at >= ban.at:
            self._handling.reopen(customer)
        return self._handling.opened(customer)
