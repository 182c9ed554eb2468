"""Hurrying: a ticket that goes before others, because what was said to be mended does not work."""

from desk.people import Customer
from tickets.answers import Answers
from tickets.handling import Handling, TicketChanged
from tickets.ticket import Tickets


class Hurrying:
    """Opens tickets with priority."""

    def __init__(self, tickets: Tickets, handling: Handling, answers: Answers) -> None:
        self._tickets, self._handling, self._answers = tickets, handling, answers

    def bring_up(self, customer: Customer, *, asked: int | None, again: bool) -> None:
        """Mark the customer's open ticket, or the last one opened `again`, or a new one about a message."""
        last = self._tickets.last_of(customer.id)
        if last is not None and again:
            match self._handling.came_back(customer, last):
                case TicketChanged(ticket):
                    self._answers.tell(customer, "customer.came_back", number=ticket.number)
        elif not self._handling.escalate(customer, asked=asked):
            self._answers.tell(customer, "customer.already_called")
        opened = self._handling.opened(customer)
        self._tickets.hurry(opened.id)
        self._handling.refresh(customer)
