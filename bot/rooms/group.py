"""The operators' group as Telegram has it now: its id, and whether it has topics."""

from desk.alarm import Alarm
from desk.profile import Profile
from desk.standing import IN_CHANNEL, IN_FORUM, Standing
from storage.outbox import OutboxStore
from storage.places import PlaceStore

KEYS = {"administrator": "check.not_an_administrator"}
"""What to do about a right where the text is not called after it."""


class Group:
    """Keeps the group's id and whether it has topics, in the database and in the unit's own places."""

    DUE = frozenset({"topics"})

    def __init__(self, profile: Profile, places: PlaceStore, outbox: OutboxStore, alarm: Alarm) -> None:
        self._profile, self._places, self._outbox, self._alarm = profile, places, outbox, alarm

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

    def stood(self, chat_id: int, title: str, before: Standing, now: Standing, *, topics: bool) -> None:
        """Look for topics again, and tell managers if the bot was removed or has lost a right it needs."""
        places = self._profile.places
        if chat_id in places.groups:
            needed: tuple[str, ...] = IN_FORUM if topics else ()
            if topics and "can_manage_topics" in now.rights:
                self.look_again()
        elif chat_id == places.channel:
            needed = IN_CHANNEL
        else:
            return
        self._tell(title, before, now, needed)

    def look_again(self) -> None:
        """Find out with the next message whether the group has topics by now."""
        if self._profile.places.forum is False:
            self._profile.places.forum = None

    def _tell(self, title: str, before: Standing, now: Standing, needed: tuple[str, ...]) -> None:
        lacked, lacks = before.lacks(needed), now.lacks(needed)
        if before.present and not now.present:
            self._alarm.to_managers("alert.bot_removed", cause=title, chat=title)
        elif now.present and set(lacks) - set(lacked):
            todo = self._todo(title, lacks)
            self._alarm.to_managers("alert.rights_taken", cause=title, chat=title, todo=todo)
        elif before.present and lacked and not lacks:
            self._rights_back(title)

    def _rights_back(self, title: str) -> None:
        if not self._alarm.over("alert.rights_taken", "alert.rights_back", cause=title, chat=title):
            self._alarm.news("alert.rights_back", chat=title)

    def _todo(self, title: str, lacks: list[str]) -> str:
        """What managers should give the bot, a line for each right."""
        texts, language = self._profile.texts, self._profile.language
        keys = [KEYS.get(each, f"check.right.{each}") for each in lacks]
        return "\n".join(f"— {texts.plain(key, language, chat=title)}" for key in keys)

    def forum(self, *, yes: bool) -> None:
        """Note whether the group has topics."""
        places = self._profile.places
        if places.forum is not yes:
            places.forum = yes
            if yes:
                self._alarm.over("alert.no_topics", "alert.topics_back")
            self._places.note(self._profile.configured_group, places.group, forum=yes)
