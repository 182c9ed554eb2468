"""The real process over a database that swallows everything: told to stop, it does."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.faults.outages.conftest import Shaken, over_road
from tests.faults.roads import HALF_OPEN
from tests.faults.test_stopping import CONFIG
from tests.faults.troubles import until
from tests.ground.terminal import OTKLIK, environment
from tests.stories.conftest import SetUp

WAITS = 40
"""Seconds that a busy machine may take for what has to take ten on a free one."""


@asynccontextmanager
async def over_a_mute_database(
    set_up: SetUp, server: str, template: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """It is at work, and from now on nothing answers at the other end, with a message to be handled."""
    async with over_road(set_up, server, template) as shaken:
        process = await start(shaken)
        try:
            await shaken.road.breaks(HALF_OPEN)
            await shaken.scene.customer("Анна").says("почему мой зонтик поёт?")
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()


async def start(shaken: Shaken) -> asyncio.subprocess.Process:
    """It runs, and asks for updates."""
    scene = shaken.scene
    config = CONFIG.format(api=scene.server.url, token=scene.bot.token, group=scene.group.id)
    url = scene.settings().storage.url
    (scene.folder / "config.toml").write_text(config.replace("sqlite:///otklik.db", url), "utf-8")
    process = await asyncio.create_subprocess_exec(OTKLIK, "run", cwd=scene.folder, env=environment())
    await until(lambda: bool(scene.world.log.calls("getUpdates")), within=60)
    return process


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP])
async def test_it_ends_well(
    sent: signal.Signals, set_up: SetUp, postgres_server: str, postgres_template: str
) -> None:
    async with over_a_mute_database(set_up, postgres_server, postgres_template) as process:
        process.send_signal(sent)
        assert await asyncio.wait_for(process.wait(), WAITS) == 0


@pytest.mark.proof
async def test_within_ten_seconds(set_up: SetUp, postgres_server: str, postgres_template: str) -> None:
    async with over_a_mute_database(set_up, postgres_server, postgres_template) as process:
        await asyncio.sleep(3)
        begun = time.monotonic()
        process.terminate()
        assert await asyncio.wait_for(process.wait(), WAITS) == 0
        assert time.monotonic() - begun < 10
