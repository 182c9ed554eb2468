"""Presses under a ticket's card."""

from datetime import datetime

from desk.people import Customers, Operator
from desk.profile import Profile
from tickets.bans.banning import Banning
from tickets.handling import Handling, TicketChanged
from tickets.operator_side.orders import Orders
from tickets.ticket import Operators, Tickets


class CardPresses:
    """Carries out what operators press under a card."""

    def __init__(
        self,
        profile: Profile,
        *,
        customers: Customers,
        operators: Operators,
        tickets: Tickets,
        handling: Handling,
        orders: Orders,
        banning: Banning,
        now: datetime,
    ) -> None:
        self._profile, self._customers, self._operators = profile, customers, operators
        self._tickets, self._handling, self._now = tickets, handling, now
        self._orders, self._banning = orders, banning

    def pressed(self, operator: Operator, action: str, customer_id: int) -> str | None:
        """Carry out a press under a card; returns the toast to show."""
        self._operators.meet(operator, self._now)
        if self._tickets.last_of(customer_id) is None:
            return None  # no card of this desk
        customer = self._customers.get(customer_id)
        banned = self._orders.refused(customer) is not None
        match action:
            case "unban":
                done = self._banning.lift(operator, customer) is None
                return self._toast("unban" if done else "already")
            case "take" | "reopen" if banned:
                return self._toast("banned")
            case "take":
                outcome = self._handling.take(operator, customer)
            case "close":
                outcome = self._handling.close(customer)
            case "reopen":
                outcome = self._handling.reopen(customer)
            case _:
                return None
        return self._toast(action if isinstance(outcome, TicketChanged) else "already")

    def _toast(self, name: str) -> str:
        return self._profile.texts.plain(f"operator.toast.{name}", self._profile.language)
