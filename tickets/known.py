"""What is known of live incidents, for customers who ask and for operators who get their tickets."""

from collections.abc import Sequence
from typing import Protocol

from desk.people import Customer
from tickets.ticket import Message


class Known(Protocol):
    """The live incidents that a question may be about."""

    def answers(self, customer: Customer, message: Message, text: str) -> bool:
        """Say how such an incident stands, once to each person; False if there is none to tell of."""

    def hint(self, customer: Customer, texts: Sequence[str]) -> None:
        """Show operators which incident the ticket that these words have just opened may be about."""
