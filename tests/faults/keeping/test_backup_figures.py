"""What /metrics tells of backups: when the newest was made, after a restart too, by whoever serves alone."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from storage.keeping.folder import backup_name, made_at
from tests.faults.keeping.conftest import made
from tests.faults.processes.elsewhere import elsewhere
from tests.faults.troubles import until
from tests.faults.web.test_health_pages import Pages, at_work, free_port, listens
from tests.stories.conftest import Scene, SetUp

MADE, EVERY = "otklik_backup_timestamp_seconds", "otklik_backup_every_seconds"
WITHIN = 30.0
Told = dict[str, float]


@asynccontextmanager
async def serving(scene: Scene) -> AsyncIterator[Pages]:
    """The bot with its pages, once they can be asked."""
    async with at_work(scene, free_port()) as pages:
        await until(lambda: listens(pages.port), within=WITHIN)
        yield pages


async def tell(pages: Pages, holds: Callable[[Told], bool]) -> Told:
    """What the pages tell of backups, once it is so."""
    async with asyncio.timeout(WITHIN):
        while True:
            figures = await pages.figures()
            told = {name: figure for (name, _), figure in figures.items() if name in {MADE, EVERY}}
            if holds(told):
                return told


async def test_the_newest_is_told_and_a_restart_tells_the_same(set_up: SetUp) -> None:
    async with set_up() as scene:
        async with serving(scene) as pages:
            told = await tell(pages, lambda told: bool(told.get(MADE)))
            assert told == {MADE: made_at(made(scene)[0]).timestamp(), EVERY: 86_400}
        older = made(scene)[0].with_name(backup_name(datetime.now(UTC) - timedelta(hours=5), ".db"))
        made(scene)[0].rename(older)
        async with serving(scene) as pages:
            told = await tell(pages, lambda told: bool(told.get(MADE)))
            assert told[MADE] == made_at(older).timestamp()
        assert made(scene) == [older]


async def test_where_none_can_be_made_that_is_told_and_where_none_is_wanted_nothing(set_up: SetUp) -> None:
    async with set_up() as scene:
        (scene.folder / "backups").write_text("a file in its way")
        async with serving(scene) as pages:
            await tell(pages, lambda told: told.get(MADE) == 0)
        scene.backup = {"every_hours": 0}
        async with serving(scene) as pages:
            await pages.comes_to()
            assert await tell(pages, lambda told: True) == {}


async def test_one_that_stands_by_tells_of_none(set_up: SetUp) -> None:
    """It makes none, and the folder on its machine may be empty."""
    async with set_up() as scene, elsewhere(scene) as other:
        await other.takes()
        async with serving(scene) as pages:
            await pages.comes_to("standby")
            assert await tell(pages, lambda told: True) == {}
            await other.stops()
            await tell(pages, lambda told: bool(told.get(MADE)))
