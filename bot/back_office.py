"""The managers' rooms of a desk: incidents, the knowledge base, and what is learnt for it."""

from datetime import datetime
from functools import cached_property

from bot.stores import Stores
from broadcasts.console import Console
from broadcasts.publishing import Publishing
from desk.alarm import Alarm
from desk.authority import Authority
from desk.conversation import Conversation, ManagersSide
from desk.profile import Profile
from editorial.digest import Digest
from editorial.editor import Editor
from editorial.filing import Filing
from editorial.learning.lessons import Lessons
from editorial.learning.offer import ReplyOffer
from editorial.learning.review import Review
from editorial.opening import open_editor
from tickets.answers import Faq

CONVERSATIONS: tuple[type[Conversation], ...] = (Console, Editor, Review, Filing)
"""Those with managers, as `managers_side` puts them together."""


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
            alarm=self.alarm,
            now=self.now,
        )

    @cached_property
    def editor(self) -> Editor:
        """The managers' conversation about the knowledge base."""
        stores = self.stores
        return open_editor(
            self.profile,
            drafts=stores.faq_drafts,
            versions=stores.versions,
            decisions=stores.proposals,
            pending=stores.pending,
            faq=self._faq,
            now=self.now,
        )

    @cached_property
    def managers_side(self) -> ManagersSide:
        """Every conversation with managers."""
        authority = Authority(self.profile, self.stores.audit, self.now)
        conversations = (self.console, self.editor, self.review, self.filing)
        return ManagersSide(self.profile, authority, self.stores.outbox, conversations)

    @cached_property
    def review(self) -> Review:
        """The managers' talk about proposals."""
        stores = self.stores
        return Review(
            self.profile,
            proposals=stores.proposals,
            evidence=stores.evidence,
            versions=stores.versions,
            writer=self.editor,
            timers=stores.timers,
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
    def offering(self) -> ReplyOffer:
        """What operators offer as entries."""
        stores = self.stores
        return ReplyOffer(
            self.profile,
            proposals=stores.proposals,
            evidence=stores.evidence,
            alarm=self.alarm,
            now=self.now,
        )
