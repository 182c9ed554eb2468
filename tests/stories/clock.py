"""Time and haste for stories: the desk's clock can be set and pushed forward, cards need not wait."""

from datetime import UTC, datetime, timedelta

import pytest


class Clock:
    """The clock a desk goes by, from its next start on."""

    def __init__(self, patch: pytest.MonkeyPatch, at: datetime | None = None) -> None:
        self._ahead = timedelta(0) if at is None else at - datetime.now(UTC)
        patch.setattr("bot.desk_at_work.now", self.now)

    def now(self) -> datetime:
        """What it shows."""
        return datetime.now(UTC) + self._ahead

    def passes(self, **time: float) -> None:
        """So much time goes by at once: hours=2."""
        self._ahead += timedelta(**time)


def in_a_hurry(patch: pytest.MonkeyPatch) -> None:
    """Cards and titles are brought up to date at once."""
    patch.setattr("tickets.topics.topic.CARD_PAUSE", timedelta(0))
