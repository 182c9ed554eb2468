"""The rooms that learn from questions: what is proposed for the knowledge base, and its weekly digest."""

from propcache.api import cached_property

from bot.rooms.shared import Shared
from editorial.digest import Digest
from editorial.learning.lessons import Lessons
from editorial.learning.offer import ReplyOffer


class LessonRooms:
    """Makes each room on the transaction when it is first asked for."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared

    @cached_property
    def lessons(self) -> Lessons:
        """Finds phrasings and entries to propose."""
        return Lessons(self._shared.stores.proposals, self._shared.stores.evidence, self._shared.now)

    @cached_property
    def digest(self) -> Digest:
        """The weekly digest of the FAQ."""
        stores = self._shared.stores
        return Digest(
            self._shared.profile, proposals=stores.proposals, statistics=stores.evidence, now=self._shared.now
        )

    @cached_property
    def offering(self) -> ReplyOffer:
        """Makes proposals of what operators offer as entries."""
        stores = self._shared.stores
        return ReplyOffer(
            self._shared.profile,
            proposals=stores.proposals,
            evidence=stores.evidence,
            alarm=self._shared.alarm,
            now=self._shared.now,
        )
