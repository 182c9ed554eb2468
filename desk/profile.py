"""The profile of a desk: people, places, hours and language, as configured."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta, tzinfo

from desk.alert_rule import AlertRules
from desk.component import Component
from desk.hiding.secrets import Secrets
from desk.hook import Hook
from desk.hours import WorkHours
from desk.letters.leaving import LeaveLinks
from desk.letters.reach import BackupReach
from desk.notice_template import NoticeTemplate
from desk.paid import PaidPace
from desk.people import Customer, Person, Texts


@dataclass(slots=True)
class DeskPlaces:
    """The desk's group and channel now: groups migrate, and topics are switched on and off."""

    group: int
    channel: int | None = None
    forum: bool | None = None

    def copied(self) -> "DeskPlaces":
        """The same places, apart from these."""
        return DeskPlaces(self.group, self.channel, self.forum)

    def become(self, others: "DeskPlaces") -> None:
        """Be set as others are."""
        self.group, self.channel, self.forum = others.group, others.channel, others.forum

    @property
    def groups(self) -> tuple[int, ...]:
        """The operators' groups; customers without a topic are seen in the first."""
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
    banned_write_to: str = ""
    comment_window: timedelta = field(default=timedelta(minutes=10))
    secrets: Secrets = field(default_factory=Secrets)
    components: tuple[Component, ...] = ()
    public_url: str = ""
    hooks: tuple[Hook, ...] = ()
    templates: tuple[NoticeTemplate, ...] = ()
    advertising: bool = False
    escalation: frozenset[int] = frozenset()
    bulk_per_second: float = 30
    alerts: AlertRules = field(default_factory=AlertRules)
    publishers: Mapping[int, str] = field(default_factory=dict)
    """The roles of `desk.authority` by the ids of those who are no managers."""
    backup: BackupReach = field(default_factory=BackupReach)
    page_url: str = ""
    """Where people outside find the status page, empty if nowhere; programs are told `public_url` anyway."""
    leave: LeaveLinks = field(default_factory=LeaveLinks)
    paid: PaidPace | None = None
    """How notices may go faster for Stars; None where nobody may choose it."""
    two_person: str = "never"
    """Which notices need a second person: "never", "red" or "always"."""
    two_person_first: bool = False
    approval: timedelta = timedelta(hours=1)
    """How long a submission waits."""

    def component(self, component_id: str) -> Component:
        """A component by its id, one without a name if the configuration knows it no longer."""
        found = (each for each in self.components if each.id == component_id)
        return next(found, Component(id=component_id))

    def language_of(self, someone: Customer | Person) -> str:
        """The language to speak with somebody: their choice, else Telegram's, else the desk's."""
        if isinstance(someone, Customer):
            chosen = someone.language
            return chosen or self.language_of(someone.person)
        return self.texts.best(someone.language_code, default=self.language)
