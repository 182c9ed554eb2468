"""What every room of a desk stands on, in one transaction."""

from datetime import datetime
from functools import cached_property

from bot.rooms.group import Group
from bot.rooms.stores import Stores
from bot.rooms.uncertain import Uncertain
from desk.alarm import Alarm
from desk.profile import Profile
from tickets.answers import Answers, Faq
from tickets.lines import Lines


class Shared:
    """A desk's profile and stores, the FAQ as this unit sees it, the time, and what both audiences need."""

    def __init__(self, profile: Profile, stores: Stores, faq: Faq, now: datetime) -> None:
        self.profile, self.stores, self.faq, self.now = profile, stores, faq, now

    @cached_property
    def alarm(self) -> Alarm:
        """Says something to every manager."""
        return Alarm(self.profile, self.stores.outbox, self.now)

    @cached_property
    def lines(self) -> Lines:
        """Lines of ours about a matter."""
        return Lines(self.profile, self.stores.outbox)

    @cached_property
    def answers(self) -> Answers:
        """How the FAQ speaks."""
        return Answers(self.profile, self.stores.outbox, complaints=self.stores.files, alarm=self.alarm)

    @cached_property
    def group(self) -> Group:
        """The operators' group as Telegram has it."""
        return Group(self.profile, self.stores.places, self.stores.outbox)

    @cached_property
    def uncertain(self) -> Uncertain:
        """Parcels of which nobody knows whether they arrived."""
        return Uncertain(self.stores.outbox, self.alarm)
