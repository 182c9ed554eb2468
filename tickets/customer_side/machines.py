"""Machines: other bots that write to ours. People read them; the bot itself hardly answers them."""

from datetime import datetime, timedelta

from desk.people import Customer, Customers, Person
from tickets.handling import Handling
from tickets.lines import Lines
from tickets.relay import IncomingMessage, Relay
from tickets.ticket import Message, Messages, Ticket, Tickets

DAY = timedelta(days=1)
"""For so long after its ticket was closed a machine opens no other."""


class Machines:
    """Takes what machines write: one answer a ticket, a ticket a day, and all of it is shown to operators."""

    def __init__(
        self,
        *,
        customers: Customers,
        tickets: Tickets,
        messages: Messages,
        relay: Relay,
        handling: Handling,
        lines: Lines,
        now: datetime,
    ) -> None:
        self._customers, self._tickets, self._messages = customers, tickets, messages
        self._relay, self._handling, self._lines, self._now = relay, handling, lines, now

    def hear(self, person: Person, incoming: IncomingMessage) -> None:
        """Take a machine's message, whatever it says: a machine that greets would be greeted for ever."""
        customer = self._customers.meet(person)
        ticket = self._tickets.last_of(customer.id)
        if ticket is not None and not self._is_over(ticket):
            self._relay.to_operators(customer, self._keep(customer, incoming, ticket.id))
            return
        self._keep(customer, incoming, None)
        self._handling.escalate(customer)
        self._lines.to_topic(customer, "operator.machine", name=customer.name)

    def _is_over(self, ticket: Ticket) -> bool:
        return ticket.closed_at is not None and self._now - ticket.closed_at > DAY

    def _keep(self, customer: Customer, incoming: IncomingMessage, ticket_id: int | None) -> Message:
        return self._messages.keep(
            customer_id=customer.id,
            ticket_id=ticket_id,
            author="customer",
            content=incoming.content,
            at=self._now,
            original=incoming.place,
        )
