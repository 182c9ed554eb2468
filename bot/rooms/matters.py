"""The rooms of customers and operators: from a question to its rating."""

from propcache.api import cached_property

from bot.rooms.shared import Shared
from broadcasts.audience.known import KnownIncidents
from broadcasts.polls.commenting import PollComments
from broadcasts.telling.bulletin import Bulletin
from surveys.rating import Ratings
from tickets.asking import Asking
from tickets.bans.banning import Banning, BanStores
from tickets.card import Cards
from tickets.customer_side.concealing import Concealing
from tickets.customer_side.menu import Menu
from tickets.customer_side.thanks import Thanks
from tickets.customer_side.triage import Triage
from tickets.expectation import Expectation
from tickets.handling import Handling
from tickets.relay import Relay
from tickets.suggestions import Suggestions
from tickets.topic_changes import TopicChanges


class Matters:
    """Makes each room on the transaction when it is first asked for."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared

    @cached_property
    def relay(self) -> Relay:
        """Carries messages between a customer's chat and the operators' group."""
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
    def poll_comments(self) -> PollComments:
        """Takes comments on grades that polls have asked for."""
        stores = self._shared.stores
        return PollComments(
            self._shared.profile,
            customers=stores.customers,
            polls=stores.polls,
            ballots=stores.ballots,
            messages=stores.messages,
            outbox=stores.outbox,
            now=self._shared.now,
        )

    @cached_property
    def handling(self) -> Handling:
        """Opens, takes, closes and reopens tickets."""
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
            known=self.known,
            alarm=self._shared.alarm,
            now=self._shared.now,
        )

    @cached_property
    def banning(self) -> Banning:
        """Shuts people out and lets them in again."""
        stores = self._shared.stores
        return Banning(
            self._shared.profile,
            BanStores(
                bans=stores.bans,
                held=stores.held,
                customers=stores.customers,
                tickets=stores.tickets,
                messages=stores.messages,
                undelivered=stores.outbox,
                timers=stores.timers,
            ),
            relay=self.relay,
            handling=self.handling,
            follow_up=self.ratings,
            lines=self._shared.lines,
            now=self._shared.now,
        )

    @cached_property
    def menu(self) -> Menu:
        """The greeting, the FAQ by categories, and what else a customer can do by buttons."""
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
    def known(self) -> KnownIncidents:
        """Tells of live incidents that questions may be about."""
        stores = self._shared.stores
        return KnownIncidents(
            self._shared.profile,
            incidents=stores.incidents,
            askers=stores.askers,
            lines=self._shared.lines,
            outbox=stores.outbox,
            now=self._shared.now,
        )

    @cached_property
    def asking(self) -> Asking:
        """Puts a customer's message to the FAQ."""
        return Asking(
            self._shared.profile,
            questions=self._shared.stores.questions,
            answers=self._shared.answers,
            handling=self.handling,
            known=self.known,
            faq=self._shared.faq,
            now=self._shared.now,
        )

    @cached_property
    def concealing(self) -> Concealing:
        """Hides what customers must not show."""
        return Concealing(
            self._shared.profile,
            messages=self._shared.stores.messages,
            questions=self._shared.stores.questions,
            relay=self.relay,
            lines=self._shared.lines,
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
            thanks=self.thanks,
            listeners=[self.ratings, self.poll_comments],
            unmistaken=[self._shared.offering],
            faq=self._shared.faq,
            asking=self.asking,
            concealing=self.concealing,
            now=self._shared.now,
        )

    @cached_property
    def thanks(self) -> Thanks:
        """Takes thanks after closing."""
        stores = self._shared.stores
        return Thanks(
            tickets=stores.tickets,
            messages=stores.messages,
            answers=self._shared.answers,
            relay=self.relay,
            now=self._shared.now,
        )

    @cached_property
    def topic_changes(self) -> TopicChanges:
        """Keeps what happened to topics."""
        stores = self._shared.stores
        return TopicChanges(
            self._shared.profile,
            customers=stores.customers,
            topics=stores.topics,
            outbox=stores.outbox,
            handling=self.handling,
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
            banning=self.banning,
            faq=self._shared.faq,
        )

    @cached_property
    def cards(self) -> Cards:
        """Writes cards and titles of topics."""
        stores = self._shared.stores
        return Cards(
            self._shared.profile,
            customers=stores.customers,
            tickets=stores.tickets,
            questions=stores.questions,
            faq=self._shared.faq,
            ratings=stores.surveys,
            banning=self.banning,
            now=self._shared.now,
        )
