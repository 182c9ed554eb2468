"""The rooms of customers and operators: a matter from its question to its rating."""

from functools import cached_property

from bot.rooms.shared import Shared
from broadcasts.bulletin import Bulletin
from surveys.rating import Ratings
from tickets.asking import Asking
from tickets.card import Cards
from tickets.expectation import Expectation
from tickets.handling import Handling
from tickets.menu import Menu
from tickets.operator_side import OperatorSide
from tickets.relay import Relay
from tickets.suggestions import Suggestions
from tickets.triage import Triage


class Matters:
    """Put together over one transaction, each room when it is first entered."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared

    @cached_property
    def relay(self) -> Relay:
        """Carries between the two sides."""
        stores = self._shared.stores
        return Relay(
            self._shared.profile,
            stores.customers,
            stores.messages,
            stores.outbox,
            self._shared.lines,
            self._shared.now,
        )

    @cached_property
    def ratings(self) -> Ratings:
        """The survey after a ticket."""
        stores = self._shared.stores
        return Ratings(
            self._shared.profile,
            customers=stores.customers,
            tickets=stores.tickets,
            messages=stores.messages,
            surveys=stores.surveys,
            timers=stores.timers,
            outbox=stores.outbox,
            alarm=self._shared.alarm,
            now=self._shared.now,
        )

    @cached_property
    def handling(self) -> Handling:
        """The life of tickets."""
        stores = self._shared.stores
        return Handling(
            self._shared.profile,
            customers=stores.customers,
            tickets=stores.tickets,
            messages=stores.messages,
            outbox=stores.outbox,
            relay=self.relay,
            lines=self._shared.lines,
            topics=stores.topics,
            expectation=Expectation(self._shared.profile, stores.tickets, stores.operators, self._shared.now),
            follow_up=self.ratings,
            alarm=self._shared.alarm,
            now=self._shared.now,
        )

    @cached_property
    def menu(self) -> Menu:
        """What a customer can do without writing."""
        stores = self._shared.stores
        return Menu(
            self._shared.profile,
            customers=stores.customers,
            tickets=stores.tickets,
            messages=stores.messages,
            questions=stores.questions,
            answers=self._shared.answers,
            handling=self.handling,
            faq=self._shared.faq,
            bulletin=Bulletin(self._shared.profile, stores.incidents, self._shared.now),
            now=self._shared.now,
        )

    @cached_property
    def asking(self) -> Asking:
        """Puts messages to the FAQ."""
        return Asking(
            self._shared.profile,
            questions=self._shared.stores.questions,
            answers=self._shared.answers,
            handling=self.handling,
            faq=self._shared.faq,
            now=self._shared.now,
        )

    @cached_property
    def triage(self) -> Triage:
        """Decides what to do with what a customer says."""
        stores = self._shared.stores
        return Triage(
            self._shared.profile,
            customers=stores.customers,
            tickets=stores.tickets,
            messages=stores.messages,
            questions=stores.questions,
            answers=self._shared.answers,
            relay=self.relay,
            handling=self.handling,
            lines=self._shared.lines,
            listeners=[self.ratings],
            faq=self._shared.faq,
            asking=self.asking,
            now=self._shared.now,
        )

    @cached_property
    def operator_side(self) -> OperatorSide:
        """Hears operators."""
        stores = self._shared.stores
        return OperatorSide(
            self._shared.profile,
            customers=stores.customers,
            operators=stores.operators,
            tickets=stores.tickets,
            messages=stores.messages,
            outbox=stores.outbox,
            relay=self.relay,
            handling=self.handling,
            lines=self._shared.lines,
            topics=stores.topics,
            suggestions=self.suggestions,
            now=self._shared.now,
        )

    @cached_property
    def suggestions(self) -> Suggestions:
        """Suggests answers to operators."""
        stores = self._shared.stores
        return Suggestions(
            self._shared.profile,
            customers=stores.customers,
            messages=stores.messages,
            questions=stores.questions,
            answers=self._shared.answers,
            outbox=stores.outbox,
            handling=self.handling,
            faq=self._shared.faq,
        )

    @cached_property
    def cards(self) -> Cards:
        """Writes cards and titles."""
        stores = self._shared.stores
        return Cards(
            self._shared.profile,
            customers=stores.customers,
            tickets=stores.tickets,
            questions=stores.questions,
            faq=self._shared.faq,
            ratings=stores.surveys,
            now=self._shared.now,
        )
