"""A process starts while its disk takes nothing more, or while its database is one that cannot be read."""

import asyncio
import resource
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from sandbox import BotApiServer, Customer, World
from tests.ground.terminal import OTKLIK, environment
from tests.stories.conftest import FAQ

CONFIG = """
[telegram]
api_url = "{api}"
[desk.main]
token = "{token}"
operators_group = {group}
faq = ["faq.yaml"]
"""
WITHIN = 40.0


class Place:
    """A folder with a configuration, and somebody who writes to the bot of it."""

    def __init__(self, folder: Path, world: World, api: str) -> None:
        self.folder, bot, group = folder, world.bot("support_bot"), world.forum("Operators")
        world.admit(group, bot, can_manage_topics=True, can_delete_messages=True, can_pin_messages=True)
        self.customer = Customer(world, bot, "Sample")
        (folder / "faq.yaml").write_text(FAQ, "utf-8")
        (folder / "config.toml").write_text(CONFIG.format(api=api, token=bot.token, group=group.id), "utf-8")

    @asynccontextmanager
    async def running(self, largest: int | None = None) -> AsyncIterator[asyncio.subprocess.Process]:
        """The bot's process, for which no file may grow beyond so many bytes."""

        def limited() -> None:
            _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard if largest is None else largest, hard))

        process = await asyncio.create_subprocess_exec(
            OTKLIK,
            "run",
            cwd=self.folder,
            env=environment(),
            stderr=asyncio.subprocess.PIPE,
            preexec_fn=limited,
        )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()

    async def has_served(self) -> None:
        """The bot was here before: its database holds something."""
        async with self.running() as process:
            await self.customer.says("как вернуть деньги")
            await self.customer.sees("оформите возврат", within=WITHIN)
            process.terminate()
            assert await asyncio.wait_for(process.wait(), WITHIN) == 0


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    world = World(seed=11)
    async with BotApiServer(world) as server:
        yield Place(tmp_path, world, server.url)


async def said(process: asyncio.subprocess.Process, words: str) -> str:
    """The line of the process's log that has these words."""
    assert process.stderr is not None
    async with asyncio.timeout(WITHIN):
        while words not in (line := (await process.stderr.readline()).decode()):
            assert line, "it has ended"
    return line


async def test_a_start_on_a_full_disk_waits_for_room_and_serves_then(place: Place) -> None:
    await place.has_served()
    async with place.running(largest=4096) as process:
        line = await said(process, "everything waits for it")
        assert "storage.url" in line
        await place.customer.says("как вернуть деньги")
        _, hard = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (hard, hard))
        await said(process, "the database works again")
        await place.customer.sees("оформите возврат", within=WITHIN)
        process.terminate()
        await asyncio.wait_for(process.communicate(), WITHIN)
    assert process.returncode == 0


async def test_a_database_with_spoilt_pages_ends_the_start_in_one_line(place: Place) -> None:
    await place.has_served()
    (path,) = place.folder.glob("data/otklik.db")
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xa5" * (len(whole) - 100))
    async with place.running() as process:
        _, stderr = await asyncio.wait_for(process.communicate(), WITHIN)
    assert process.returncode == 1
    (line,) = stderr.decode().splitlines()
    assert "storage.url" in line
    assert path.read_bytes()[100:] == b"\xa5" * (len(whole) - 100)
