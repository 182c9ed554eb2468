"""The managers' rooms of a desk: incidents, the knowledge base, and what is learnt for it."""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property

from bot.stores import Stores
from broadcasts.console import Console
from broadcasts.publishing import Publishing
from desk.alarm import Alarm
from desk.profile import Profile
from editorial.bench import Bench
from editorial.console import Editor
from editorial.digest import Digest
from editorial.filing import Filing
from editorial.lessons import Lessons
from editorial.offering import Offering
from editorial.review import Review
from handlers.listening import Listener
from tickets.answers import Faq


class BackOffice:
    """A desk's stores on one transaction, and the rooms over them that customers never enter."""

    def __init__(self, profile: Profile, stores: Stores, faq: Faq, now: datetime) -> None:
        self.profile, self.stores, self._faq, self.now = profile, stores, faq, now

    @cached_property
    def alarm(self) -> Alarm:
        """Says something to every manager."""
        return Alarm(self.profile, self.stores.outbox, self.now)

    @cached_property
    def publishing(self) -> Publishing:
        """Tells of incidents."""
        return Publishing(self.profile, incidents=self.stores.incidents, outbox=self.stores.outbox)

    @cached_property
    def console(self) -> Console:
        """The managers' conversation."""
        stores = self.stores
        return Console(
            self.profile,
            drafts=stores.drafts,
            incidents=stores.incidents,
            audit=stores.audit,
            outbox=stores.outbox,
            now=self.now,
        )

    @cached_property
    def filing(self) -> Filing:
        """Holds the files against what managers have written."""
        stores = self.stores
        return Filing(
            self.profile,
            history=stores.versions,
            filings=stores.filed,
            audit=stores.audit,
            alarm=self.alarm,
            outbox=stores.outbox,
            now=self.now,
        )

    @cached_property
    def editor(self) -> Editor:
        """The managers' conversation about the knowledge base."""
        stores = self.stores
        bench = Bench(
            self.profile,
            drafts=stores.faq_drafts,
            versions=stores.versions,
            decisions=stores.proposals,
            pending=stores.pending,
            faq=self._faq,
            now=self.now,
        )
        return Editor(self.profile, bench, audit=stores.audit, outbox=stores.outbox, now=self.now)

    @property
    def listeners(self) -> Sequence[Listener]:
        """Who may have asked a manager for words."""
        return self.console, self.editor

    @cached_property
    def review(self) -> Review:
        """The managers' talk about proposals."""
        stores = self.stores
        return Review(
            self.profile,
            proposals=stores.proposals,
            evidence=stores.evidence,
            versions=stores.versions,
            composer=self.editor,
            audit=stores.audit,
            timers=stores.timers,
            outbox=stores.outbox,
            faq=self._faq,
            now=self.now,
        )

    @cached_property
    def lessons(self) -> Lessons:
        """Learns from what people said."""
        return Lessons(self.stores.proposals, self.stores.evidence, self.now)

    @cached_property
    def digest(self) -> Digest:
        """The week of the FAQ."""
        stores = self.stores
        return Digest(self.profile, proposals=stores.proposals, statistics=stores.evidence, now=self.now)

    @cached_property
    def offering(self) -> Offering:
        """What operators offer as entries."""
        stores = self.stores
        return Offering(
            self.profile,
            proposals=stores.proposals,
            evidence=stores.evidence,
            alarm=self.alarm,
            now=self.now,
        )
