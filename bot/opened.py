"""A desk on one transaction: where its rooms are put together over its books."""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property

from bot.stores import Books
from broadcasts.bulletin import Bulletin
from broadcasts.console import Console
from broadcasts.publishing import Publishing
from editorial.bench import Bench
from editorial.console import Editor
from editorial.digest import Digest
from editorial.filing import Filing
from editorial.lessons import Lessons
from editorial.offering import Offering
from editorial.review import Review
from handlers.listening import Listener
from surveys.rating import Ratings
from tickets.alarm import Alarm
from tickets.answers import Answers, Faq
from tickets.asking import Asking
from tickets.card import Cards
from tickets.counter import Counter
from tickets.desk import FrontDesk
from tickets.expectation import Expectation
from tickets.menu import Menu
from tickets.profile import Profile
from tickets.relay import Relay
from tickets.triage import Triage


class Opened:
    """A desk on one transaction: its books, and its rooms over them, each put together when first entered.

    This is the one place where the rooms meet; to handlers it is their `Rooms`.
    """

    def __init__(self, profile: Profile, books: Books, faq: Faq, now: datetime) -> None:
        self.profile, self.books, self._faq, self.now = profile, books, faq, now

    @cached_property
    def alarm(self) -> Alarm:
        """Says something to every manager."""
        return Alarm(self.profile, self.books.outbox, self.now)

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
            now=self.now,
        )

    @cached_property
    def publishing(self) -> Publishing:
        """Tells of incidents."""
        return Publishing(self.profile, incidents=self.books.incidents, outbox=self.books.outbox)

    @cached_property
    def console(self) -> Console:
        """The managers' conversation."""
        books = self.books
        return Console(
            self.profile,
            drafts=books.drafts,
            incidents=books.incidents,
            audit=books.audit,
            outbox=books.outbox,
            now=self.now,
        )

    @cached_property
    def filing(self) -> Filing:
        """Holds the files against what managers have written."""
        books = self.books
        return Filing(
            self.profile,
            history=books.versions,
            filings=books.filed,
            audit=books.audit,
            alarm=self.alarm,
            outbox=books.outbox,
            now=self.now,
        )

    @cached_property
    def editor(self) -> Editor:
        """The managers' conversation about the knowledge base."""
        books = self.books
        bench = Bench(
            self.profile,
            drafts=books.faq_drafts,
            versions=books.versions,
            decisions=books.proposals,
            pending=books.pending,
            faq=self._faq,
            now=self.now,
        )
        return Editor(self.profile, bench, audit=books.audit, outbox=books.outbox, now=self.now)

    @property
    def listeners(self) -> Sequence[Listener]:
        """Who may have asked a manager for words."""
        return self.console, self.editor

    @cached_property
    def review(self) -> Review:
        """The managers' talk about proposals."""
        books = self.books
        return Review(
            self.profile,
            proposals=books.proposals,
            evidence=books.evidence,
            versions=books.versions,
            composer=self.editor,
            audit=books.audit,
            timers=books.timers,
            outbox=books.outbox,
            faq=self._faq,
            now=self.now,
        )

    @cached_property
    def lessons(self) -> Lessons:
        """Learns from what people said."""
        return Lessons(self.books.proposals, self.books.evidence, self.now)

    @cached_property
    def digest(self) -> Digest:
        """The week of the FAQ."""
        books = self.books
        return Digest(self.profile, proposals=books.proposals, statistics=books.evidence, now=self.now)

    @cached_property
    def offering(self) -> Offering:
        """What operators offer as entries."""
        books = self.books
        return Offering(
            self.profile,
            proposals=books.proposals,
            evidence=books.evidence,
            alarm=self.alarm,
            now=self.now,
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
