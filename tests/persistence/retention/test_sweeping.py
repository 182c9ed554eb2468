"""When it is swept: by due time and not by uptime, while nobody waits, by a clock that is believed."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.config import Retention
from bot.engine import sweeping
from bot.engine.leaps import Leaps
from bot.engine.sweeping import Sweeper
from bot.engine.units import Units
from faq.library import Library
from storage.tables import audit
from tests.persistence.conftest import NOON, Archive
from tests.persistence.retention.test_sweeps import OLD, count
from tests.stories.inside.test_looking import PROFILE

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


class Lives:
    """A desk that is started again and again, by a clock of its own."""

    def __init__(self, archive: Archive) -> None:
        self.archive, self.now = archive, NOON
        self._units = Units(PROFILE, 7, Library(), archive.ledger, lambda: self.now)

    def begin(self, busy: Callable[[], bool] = lambda: False, days: int = 365) -> Sweeper:
        return Sweeper(self._units, Retention(audit_days=days), busy, self._leaps())

    def _leaps(self) -> Leaps:
        return Leaps(lambda: self.now, lambda: 0.0)

    async def live(self) -> None:
        """A life of one look: whatever is due is done in it."""
        await self.begin().look()

    async def tries(self) -> None:
        """Somebody tried something long ago."""
        await self.archive.run(lambda stores: stores.audit.note(5, "x", None, allowed=False, at=OLD))

    async def kept(self) -> int:
        return await count(self.archive, audit)


@pytest.fixture
def lives(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> Lives:
    for name in ("BUSY_PAUSE", "PAUSE"):
        monkeypatch.setattr(sweeping, name, 0.01)
    return Lives(archive)


async def test_a_process_that_never_lives_for_an_hour_sweeps_all_the_same(lives: Lives) -> None:
    await lives.tries()
    await lives.live()
    assert await lives.kept() == 0
    await lives.tries()
    lives.now += 50 * MINUTE
    await lives.live()
    assert await lives.kept() == 1, "an hour has not gone by: a restart is no reason to sweep"
    lives.now += 20 * MINUTE
    await lives.live()
    assert await lives.kept() == 0


async def test_a_time_from_a_wrong_clock_does_not_keep_it_from_sweeping(lives: Lives) -> None:
    await lives.archive.run(lambda stores: stores.sweeps.ended("audit", NOON + 3650 * DAY))
    await lives.tries()
    await lives.live()
    assert await lives.kept() == 0


async def test_it_waits_while_people_wait(lives: Lives) -> None:
    await lives.tries()
    people, asked = ["Анна"], asyncio.Queue[None]()

    def busy() -> bool:
        asked.put_nowait(None)
        return bool(people)

    looking = asyncio.create_task(lives.begin(busy).look())
    for _ in range(5):
        await asked.get()
    assert await lives.kept() == 1
    people.clear()
    await looking
    assert await lives.kept() == 0


async def test_a_desk_that_is_never_idle_spares_a_bite(lives: Lives, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "PATIENCE", 0.05)
    await lives.tries()
    await lives.begin(lambda: True).look()
    assert await lives.kept() == 0


async def test_a_clock_that_jumps_makes_nothing_old(lives: Lives) -> None:
    young = lives.now - 300 * DAY
    sweeper = lives.begin()
    lives.now += 100 * DAY
    await lives.archive.run(lambda stores: stores.audit.note(5, "x", None, allowed=False, at=young))
    await sweeper.look()
    assert await lives.kept() == 1
    await lives.live()
    assert await lives.kept() == 0, "with a clock that has shown it from the start it is old"


async def test_for_ever_is_for_ever(lives: Lives) -> None:
    await lives.tries()
    await lives.begin(days=0).look()
    assert await lives.kept() == 1
