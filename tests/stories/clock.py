"""Time and haste for stories: the desk's clock can be set and pushed forward, cards need not wait."""

from datetime import UTC, datetime, timedelta, tzinfo

import pytest

from bot.engine.leaps import steady


class Clock:
    """The clock a desk goes by, from its next start on."""

    def __init__(self, patch: pytest.MonkeyPatch, at: datetime | None = None) -> None:
        self._ahead = timedelta(0) if at is None else at - datetime.now(UTC)
        self._passed = 0.0
        patch.setattr("bot.desk_at_work.now", self.now)
        patch.setattr("bot.desk_at_work.steady", self.steady)
        clock = self

        class Shown(datetime):
            """What the scheduler sees of it."""

            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:
                return clock.now().astimezone(tz)

        patch.setattr("apscheduler.schedulers.base.datetime", Shown)

    def now(self) -> datetime:
        """What it shows."""
        return datetime.now(UTC) + self._ahead

    def passes(self, **time: float) -> None:
        """So much time goes by at once: hours=2."""
        self._ahead += timedelta(**time)
        self._passed += timedelta(**time).total_seconds()

    def steady(self) -> float:
        """What the clock shows that nobody puts."""
        return steady() + self._passed

    def is_put(self, **time: float) -> None:
        """The clock on the wall is put forward or back, although no time goes by: hours=-1."""
        self._ahead += timedelta(**time)


def in_a_hurry(patch: pytest.MonkeyPatch) -> None:
    """Cards and titles are brought up to date at once."""
    patch.setattr("tickets.topics.topic.CARD_PAUSE", timedelta(0))
