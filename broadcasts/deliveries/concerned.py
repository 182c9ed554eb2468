"""What delivering asks of others: who wants a notice still, what stands below it, who knows it already."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from broadcasts.audience.subscriber import QuietHours
from broadcasts.footer import NoticeFooter
from broadcasts.incident import Incident, Notice
from desk.people import Customer

Span = tuple[datetime, datetime]


class Concerned(Protocol):
    """Those whom incidents of one desk concern, each by our own id of the customer."""

    def concerned(
        self, incident_id: int | None, components: Sequence[str], after: int, limit: int, *, not_within: Span
    ) -> Sequence[int]:
        """The next ones in order; fewer than `limit` are the last. Who cannot be reached is left out.

        Who began to wish it `not_within` this span is among them: since a press nobody comes to it. A wish of
        later than now was made while the clock was wrong.
        """

    def how_many(self, incident_id: int | None, components: Sequence[str]) -> tuple[int, int]:
        """How many there are in all, and how many more have blocked the bot."""

    def unwilling(self, customers: Collection[int]) -> frozenset[int]:
        """Which of these have said that they want no notices, and have not asked for any since."""

    def quiet_hours(self, customers: Collection[int]) -> Mapping[int, QuietHours]:
        """The quiet hours of those of these who have any."""


class NoticeFooters(Protocol):
    """Writes what stands below notices to people."""

    def footer(self, customer: Customer, incident: Incident, notice: Notice) -> NoticeFooter:
        """What stands below this notice to this customer."""


class ToldElsewhere(Protocol):
    """Who heard of a notice by another way while Telegram was away."""

    def told(self, incident_id: int, number: int, among: Collection[int]) -> frozenset[int]:
        """Which of these customers have been told this notice already."""
