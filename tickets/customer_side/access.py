"""Whether customers let the bot write to them: a block and a return are told while a ticket is open."""

from datetime import datetime

from desk.people import Customer, Customers, Person
from tickets.lines import Lines
from tickets.ticket import Tickets


class Access:
    """Notes that a customer has blocked the bot or let it write again."""

    def __init__(self, *, customers: Customers, tickets: Tickets, lines: Lines, now: datetime) -> None:
        self._customers, self._tickets, self._lines, self._now = customers, tickets, lines, now

    def blocked(self, person: Person) -> None:
        """The person has blocked the bot."""
        customer = self._customers.known(person.telegram_id)
        if customer is not None:
            self._customers.block(customer.id, self._now)
            self._tell(customer, "operator.customer_blocked")

    def returned(self, person: Person) -> None:
        """The person lets the bot write again."""
        if self._customers.known(person.telegram_id) is not None:
            self._tell(self._customers.meet(person), "operator.customer_returned")

    def _tell(self, customer: Customer, key: str) -> None:
        if self._tickets.open_of(customer.id) is not None:
            self._lines.to_topic(customer, key, name=customer.name)
