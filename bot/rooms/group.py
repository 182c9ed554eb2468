"""The operators' group as Telegram has it now: its id, and whether it has topics."""

from desk.profile import Profile
from storage.outbox import OutboxStore
from storage.places import PlaceStore


class Group:
    """Keeps the group's id and whether it has topics, in the database and in the unit's own places."""

    DUE = frozenset({"topics"})

    def __init__(self, profile: Profile, places: PlaceStore, outbox: OutboxStore) -> None:
        self._profile, self._places, self._outbox = profile, places, outbox

    @property
    def had_topics(self) -> bool | None:
        """Whether the group had topics when it was last found out; None if it never was."""
        return self._places.now(self._profile.configured_group)[1]

    def moved(self, old: int, new: int) -> None:
        """Set the group's new id everywhere; several calls may say so."""
        places, configured = self._profile.places, self._profile.configured_group
        if self._places.now(configured)[0] == old:
            self._places.note(configured, new, forum=None)
            self._places.migrate(old, new)
        self._outbox.move(old, new)
        if places.group == old:
            places.group, places.forum = new, None

    def due(self, kind: str, subject: int) -> None:
        """Find out anew whether the group has topics, with the next message."""
        self._profile.places.forum = None

    def forum(self, *, yes: bool) -> None:
        """Note whether the group has topics."""
        places = self._profile.places
        if places.forum is not yes:
            places.forum = yes
            self._places.note(self._profile.configured_group, places.group, forum=yes)
