"""The operators' group as Telegram has it now: groups migrate, topics are switched on and off."""

from desk.profile import Profile
from storage.outbox import OutboxStore
from storage.places import PlaceStore


class Group:
    """Keeps what was found out about the group, in the database and for those who are about to send.

    A unit may be run again, so what is kept decides, not the memory.
    """

    DUE = frozenset({"topics"})

    def __init__(self, profile: Profile, places: PlaceStore, outbox: OutboxStore) -> None:
        self._profile, self._places, self._outbox = profile, places, outbox

    @property
    def had_topics(self) -> bool | None:
        """What is kept; None while it is not known."""
        return self._places.now(self._profile.configured_group)[1]

    def moved(self, old: int, new: int) -> None:
        """It has another id now, which is rewritten everywhere; several calls may hear of it."""
        places, configured = self._profile.places, self._profile.configured_group
        if self._places.now(configured)[0] == old:
            self._places.note(configured, new, forum=None)
            self._places.migrate(old, new)
        self._outbox.move(old, new)
        if places.group == old:
            places.group, places.forum = new, None

    def due(self, kind: str, subject: int) -> None:
        """Perhaps topics can be made by now: the next message finds out."""
        self._profile.places.forum = None

    def forum(self, *, yes: bool) -> None:
        """Telegram has told whether the group has topics."""
        places = self._profile.places
        if places.forum is not yes:
            places.forum = yes
            self._places.note(self._profile.configured_group, places.group, forum=yes)
