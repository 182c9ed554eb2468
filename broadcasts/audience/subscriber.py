"""The subscriber: a customer who wants to be told about incidents, of which components and at which hours."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

EVERYTHING = ""
"""The component that stands for all there are and will be."""
DAY = 24 * 60


class ConsentSource(StrEnum):
    """How somebody came to be subscribed."""

    BOT = "bot"
    LINK = "link"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class QuietHours:
    """When nothing makes a sound: from one minute of the desk's day until another, over midnight perhaps."""

    begin: int
    end: int

    def cover(self, local: datetime) -> bool:
        """Whether a time, in the desk's zone, lies in them."""
        minute = local.hour * 60 + local.minute
        return (minute - self.begin) % DAY < (self.end - self.begin) % DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """A customer's consent: `components` are ids, EVERYTHING among them for all; who stopped has none."""

    customer_id: int
    components: frozenset[str] = frozenset()
    quiet: QuietHours | None = None
    consented_at: datetime
    source: ConsentSource = ConsentSource.BOT
    stopped_at: datetime | None = None

    @property
    def wants_all(self) -> bool:
        """Whether they are told about every component."""
        return EVERYTHING in self.components


@dataclass(frozen=True, slots=True)
class ListedSubscriber:
    """A subscriber as a list names them: by Telegram's id, with the language they are spoken to in."""

    telegram_id: int
    language: str | None
    subscriber: Subscriber


class Subscribers(Protocol):
    """The subscribers of one desk."""

    def of(self, customer_id: int) -> Subscriber | None:
        """The customer as a subscriber, one who has stopped too; None if they never were."""

    def subscribe(
        self, customer_id: int, components: Collection[str], source: ConsentSource, at: datetime
    ) -> None:
        """Set what somebody wants to hear about, one thing at least; a consent that stands keeps its date."""

    def hush(self, customer_id: int, quiet: QuietHours | None) -> None:
        """Set or take away the quiet hours of a subscriber."""

    def stop(self, customer_id: int, at: datetime) -> bool:
        """End a consent with all that it covered, or note that they want none; False if none stood."""

    def after(self, customer_id: int, limit: int) -> Sequence[ListedSubscriber]:
        """Those who have not stopped, in the order of our ids from one on."""
