"""The managers' rooms of a desk: incidents, the knowledge base, and what is learnt for it."""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property

from bot.stores import Books
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
from tickets.alarm import Alarm
from tickets.answers import Faq
from tickets.profile import Profile


class BackOffice:
    """A desk's books on one transaction, and the rooms over them that customers never enter."""

    def __init__(self, profile: Profile, books: Books, faq: Faq, now: datetime) -> None:
        self.profile, self.books, self._faq, self.now = profile, books, faq, now

    @cached_property
    def alarm(self) -> Alarm:
        """Says something to every manager."""
        return Alarm(self.profile, self.books.outbox, self.now)

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
