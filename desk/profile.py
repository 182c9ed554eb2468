"""What a desk is, apart from its history: its people, places, hours and manners."""

from dataclasses import dataclass, field
from datetime import timedelta, tzinfo

from desk.hours import WorkHours
from desk.people import Customer, Person, Texts


@dataclass(slots=True)
class DeskPlaces:
    """Where the desk's group and channel are now: groups migrate, topics are switched on and off."""

    group: int
    channel: int | None = None
    forum: bool | None = None

    @property
    def groups(self) -> tuple[int, ...]:
        """The operators' groups, the one for everybody first."""
        return (self.group,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One desk as its configuration describes it."""

    desk: str
    company: str
    language: str
    zone: tzinfo
    hours: WorkHours
    managers: frozenset[int]
    configured_group: int
    places: DeskPlaces
    texts: Texts
    album_wait: timedelta = timedelta(seconds=1)
    rating_delay: timedelta = timedelta(0)
    comment_window: timedelta = field(default=timedelta(minutes=10))

    def language_of(self, someone: Customer | Person) -> str:
        """What to speak with them: as they chose, else as their Telegram does, else as the desk does."""
        if isinstance(someone, Customer):
            chosen = someone.language
            return chosen or self.language_of(someone.person)
        return self.texts.best(someone.language_code, default=self.language)
