"""A desk on one transaction: where its rooms are put together over its books."""

from functools import cached_property

from bot.back_office import BackOffice
from bot.unparsing import html_of
from broadcasts.bulletin import Bulletin
from surveys.rating import Ratings
from tickets.answers import Answers
from tickets.asking import Asking
from tickets.card import Cards
from tickets.counter import Counter
from tickets.desk import FrontDesk
from tickets.drafting import Drafting
from tickets.expectation import Expectation
from tickets.hints import Hints
from tickets.menu import Menu
from tickets.relay import Relay
from tickets.triage import Triage


class Opened(BackOffice):
    """A desk on one transaction: its books, and its rooms over them, each put together when first entered.

    This is the one place where the rooms meet; to handlers it is their `Rooms`.
    """

    @cached_property
    def relay(self) -> Relay:
        """Carries between the two sides."""
        books = self.books
        return Relay(self.profile, books.customers, books.messages, books.outbox, self.now)

    @cached_property
    def answers(self) -> Answers:
        """How the FAQ speaks."""
        return Answers(self.profile, self.books.outbox)

    @cached_property
    def ratings(self) -> Ratings:
        """The survey after a ticket."""
        books = self.books
        return Ratings(
            self.profile,
            customers=books.customers,
            tickets=books.tickets,
            messages=books.messages,
            surveys=books.surveys,
            timers=books.timers,
            outbox=books.outbox,
            alarm=self.alarm,
            now=self.now,
        )

    @cached_property
    def desk(self) -> FrontDesk:
        """The life of tickets."""
        books = self.books
        return FrontDesk(
            self.profile,
            customers=books.customers,
            tickets=books.tickets,
            messages=books.messages,
            outbox=books.outbox,
            relay=self.relay,
            expectation=Expectation(self.profile, books.tickets, books.operators, self.now),
            aftercare=self.ratings,
            alarm=self.alarm,
            now=self.now,
        )

    @cached_property
    def menu(self) -> Menu:
        """What a customer can do without writing."""
        books = self.books
        return Menu(
            self.profile,
            customers=books.customers,
            tickets=books.tickets,
            messages=books.messages,
            questions=books.questions,
            answers=self.answers,
            desk=self.desk,
            faq=self._faq,
            bulletin=Bulletin(self.profile, books.incidents, self.now),
            now=self.now,
        )

    @cached_property
    def asking(self) -> Asking:
        """Puts messages to the FAQ."""
        return Asking(
            self.profile,
            questions=self.books.questions,
            answers=self.answers,
            desk=self.desk,
            faq=self._faq,
            now=self.now,
        )

    @cached_property
    def triage(self) -> Triage:
        """Decides what to do with what a customer says."""
        books = self.books
        return Triage(
            self.profile,
            customers=books.customers,
            tickets=books.tickets,
            messages=books.messages,
            questions=books.questions,
            answers=self.answers,
            relay=self.relay,
            desk=self.desk,
            comments=self.ratings,
            faq=self._faq,
            asking=self.asking,
            now=self.now,
        )

    @cached_property
    def counter(self) -> Counter:
        """Hears operators."""
        books = self.books
        return Counter(
            self.profile,
            customers=books.customers,
            operators=books.operators,
            tickets=books.tickets,
            messages=books.messages,
            outbox=books.outbox,
            relay=self.relay,
            desk=self.desk,
            hints=self.hints,
            now=self.now,
        )

    @cached_property
    def hints(self) -> Hints:
        """Suggests answers to operators."""
        books = self.books
        return Hints(
            self.profile,
            customers=books.customers,
            messages=books.messages,
            questions=books.questions,
            answers=self.answers,
            outbox=books.outbox,
            desk=self.desk,
            faq=self._faq,
        )

    @cached_property
    def drafting(self) -> Drafting:
        """Makes an entry's draft out of a reply."""
        books = self.books
        return Drafting(
            self.profile,
            customers=books.customers,
            tickets=books.tickets,
            messages=books.messages,
            questions=books.questions,
            outbox=books.outbox,
            scribe=self.offering,
            html_of=html_of,
        )

    @cached_property
    def cards(self) -> Cards:
        """Writes cards and titles."""
        books = self.books
        return Cards(
            self.profile,
            customers=books.customers,
            tickets=books.tickets,
            questions=books.questions,
            faq=self._faq,
            ratings=books.surveys,
            now=self.now,
        )

    def moved(self, old: int, new: int) -> None:
        """The operators' group has become a supergroup under another id: it is rewritten everywhere.

        Several calls may hear of it, and a unit may be run again: what is kept decides, not the memory.
        """
        places, kept = self.profile.places, self.books.places
        if kept.now(self.profile.configured_group)[0] == old:
            kept.note(self.profile.configured_group, new, forum=None)
            kept.migrate(old, new)
        self.books.outbox.move(old, new)
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
            self.books.places.note(self.profile.configured_group, places.group, forum=yes)
