"""A desk on one transaction: where its rooms are put together over its stores."""

from functools import cached_property

from bot.back_office import BackOffice
from bot.telegram.unparsing import html_of
from broadcasts.bulletin import Bulletin
from surveys.rating import Ratings
from tickets.answers import Answers
from tickets.asking import Asking
from tickets.card import Cards
from tickets.entry_from_reply import EntryFromReply
from tickets.expectation import Expectation
from tickets.handling import Handling
from tickets.menu import Menu
from tickets.operator_side import OperatorSide
from tickets.relay import Relay
from tickets.suggestions import Suggestions
from tickets.triage import Triage


class DeskRooms(BackOffice):
    """A desk on one transaction: its stores, and its rooms over them, each put together when first entered.

    This is the one place where the rooms meet; to handlers it is their `Rooms`.
    """

    @cached_property
    def relay(self) -> Relay:
        """Carries between the two sides."""
        stores = self.stores
        return Relay(self.profile, stores.customers, stores.messages, stores.outbox, self.now)

    @cached_property
    def answers(self) -> Answers:
        """How the FAQ speaks."""
        return Answers(self.profile, self.stores.outbox)

    @cached_property
    def ratings(self) -> Ratings:
        """The survey after a ticket."""
        stores = self.stores
        return Ratings(
            self.profile,
            customers=stores.customers,
            tickets=stores.tickets,
            messages=stores.messages,
            surveys=stores.surveys,
            timers=stores.timers,
            outbox=stores.outbox,
            alarm=self.alarm,
            now=self.now,
        )

    @cached_property
    def handling(self) -> Handling:
        """The life of tickets."""
        stores = self.stores
        return Handling(
            self.profile,
            customers=stores.customers,
            tickets=stores.tickets,
            messages=stores.messages,
            outbox=stores.outbox,
            relay=self.relay,
            expectation=Expectation(self.profile, stores.tickets, stores.operators, self.now),
            aftercare=self.ratings,
            alarm=self.alarm,
            now=self.now,
        )

    @cached_property
    def menu(self) -> Menu:
        """What a customer can do without writing."""
        stores = self.stores
        return Menu(
            self.profile,
            customers=stores.customers,
            tickets=stores.tickets,
            messages=stores.messages,
            questions=stores.questions,
            answers=self.answers,
            handling=self.handling,
            faq=self._faq,
            bulletin=Bulletin(self.profile, stores.incidents, self.now),
            now=self.now,
        )

    @cached_property
    def asking(self) -> Asking:
        """Puts messages to the FAQ."""
        return Asking(
            self.profile,
            questions=self.stores.questions,
            answers=self.answers,
            handling=self.handling,
            faq=self._faq,
            now=self.now,
        )

    @cached_property
    def triage(self) -> Triage:
        """Decides what to do with what a customer says."""
        stores = self.stores
        return Triage(
            self.profile,
            customers=stores.customers,
            tickets=stores.tickets,
            messages=stores.messages,
            questions=stores.questions,
            answers=self.answers,
            relay=self.relay,
            handling=self.handling,
            listeners=[self.ratings],
            faq=self._faq,
            asking=self.asking,
            now=self.now,
        )

    @cached_property
    def operator_side(self) -> OperatorSide:
        """Hears operators."""
        stores = self.stores
        return OperatorSide(
            self.profile,
            customers=stores.customers,
            operators=stores.operators,
            tickets=stores.tickets,
            messages=stores.messages,
            outbox=stores.outbox,
            relay=self.relay,
            handling=self.handling,
            suggestions=self.suggestions,
            now=self.now,
        )

    @cached_property
    def suggestions(self) -> Suggestions:
        """Suggests answers to operators."""
        stores = self.stores
        return Suggestions(
            self.profile,
            customers=stores.customers,
            messages=stores.messages,
            questions=stores.questions,
            answers=self.answers,
            outbox=stores.outbox,
            handling=self.handling,
            faq=self._faq,
        )

    @cached_property
    def entry_from_reply(self) -> EntryFromReply:
        """Makes an entry's draft out of a reply."""
        stores = self.stores
        return EntryFromReply(
            self.profile,
            customers=stores.customers,
            tickets=stores.tickets,
            messages=stores.messages,
            questions=stores.questions,
            outbox=stores.outbox,
            scribe=self.offering,
            html_of=html_of,
        )

    @cached_property
    def cards(self) -> Cards:
        """Writes cards and titles."""
        stores = self.stores
        return Cards(
            self.profile,
            customers=stores.customers,
            tickets=stores.tickets,
            questions=stores.questions,
            faq=self._faq,
            ratings=stores.surveys,
            now=self.now,
        )

    def moved(self, old: int, new: int) -> None:
        """The operators' group has become a supergroup under another id: it is rewritten everywhere.

        Several calls may hear of it, and a unit may be run again: what is kept decides, not the memory.
        """
        places, kept = self.profile.places, self.stores.places
        if kept.now(self.profile.configured_group)[0] == old:
            kept.note(self.profile.configured_group, new, forum=None)
            kept.migrate(old, new)
        self.stores.outbox.move(old, new)
        if places.group == old:
            places.group, places.forum = new, None

    def forget_forum(self) -> None:
        """Perhaps topics can be made by now: the next message finds out."""
        self.profile.places.forum = None

    def forum(self, *, yes: bool) -> None:
        """Telegram has told whether the operators' group has topics."""
        places = self.profile.places
        if places.forum is not yes:
            places.forum = yes
            self.stores.places.note(self.profile.configured_group, places.group, forum=yes)
