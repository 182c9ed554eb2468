"""Half-open connections by the hundred, and a bot that may open few files: real webhooks are answered."""

import asyncio
import resource
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path

from tests.faults.sights import called
from tests.faults.troubles import heard, until
from tests.faults.web.brought import SECRET, Brought
from tests.ground.terminal import OTKLIK, environment

DESCRIPTORS = 256
SILENT, HALF_OPEN, SLOW = 200, 200, 100
HEADERS = (b"X-%d: slow\r\n" % n for n in range(2000))
LINES = [b"POST /telegram/shop HTTP/1.1\r\n", b"Host: here\r\n", *HEADERS]


class Crowd:
    """Strangers who hold connections open and say little or nothing."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.came = self.cut = 0
        self._people: list[asyncio.Task[None]] = []

    def comes(self) -> None:
        """They are there from now on; whoever is cut comes back."""
        kinds = [b""] * SILENT + [LINES[0][:1]] * HALF_OPEN + [b"".join(LINES)] * SLOW
        self._people += [asyncio.create_task(self._again(said)) for said in kinds]

    async def leaves(self) -> None:
        """They go."""
        for each in self._people:
            each.cancel()
        await asyncio.gather(*self._people, return_exceptions=True)

    async def _again(self, said: bytes) -> None:
        while True:
            with suppress(OSError):
                await self._hold(said)
            self.cut += 1
            await asyncio.sleep(1)

    async def _hold(self, said: bytes) -> None:
        """Say a byte now and then, and never all of it, until one is cut."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        self.came += 1
        try:
            for place in range(len(said)):
                writer.write(said[place : place + 1])
                with suppress(TimeoutError):
                    if not await asyncio.wait_for(reader.read(1), 0.5):
                        return
            await reader.read()
        finally:
            writer.close()


CONFIG = """
[storage]
url = "sqlite:///otklik.db"
[telegram]
api_url = "{server}"
updates = "webhook"
[telegram.webhook]
url = "http://127.0.0.1:{port}/telegram"
secret = "{secret}"
[web]
listen = "127.0.0.1:{port}"
[limits]
chat_per_second = 0
group_per_minute = 0
"""
DESK = """
[desk.{name}]
token = "{scene.bot.token}"
operators_group = {scene.group.id}
faq = ["{scene.faq}"]
"""


@asynccontextmanager
async def run_apart(brought: Brought) -> AsyncIterator[asyncio.subprocess.Process]:
    """The same two desks in a process of their own, which may open few files."""
    few = partial(resource.setrlimit, resource.RLIMIT_NOFILE, (DESCRIPTORS, DESCRIPTORS))
    home: Path = brought.shop.folder
    told = CONFIG.format(server=brought.shop.server.url, port=brought.port, secret=SECRET)
    desks = (DESK.format(name=name, scene=getattr(brought, name)) for name in ("shop", "florist"))
    (home / "config.toml").write_text(told + "".join(desks), "utf-8")
    running = await asyncio.create_subprocess_exec(
        OTKLIK, "run", cwd=home, env=environment("ru_RU"), stderr=asyncio.subprocess.PIPE, preexec_fn=few
    )
    try:
        await until(lambda: running.returncode is not None or brought.listens(), within=90)
        assert running.returncode is None, (await running.communicate())[1].decode()
        yield running
        running.terminate()
        _, said = await asyncio.wait_for(running.communicate(), 15)
        assert running.returncode == 0, said.decode()
        assert "Traceback" not in said.decode()
    finally:
        if running.returncode is None:
            running.kill()


async def test_real_webhooks_are_answered_beside_hundreds_that_say_nothing(brought: Brought) -> None:
    async with run_apart(brought):
        anna, oleg, topic = await called(brought.shop)
        crowd = Crowd(brought.port)
        crowd.comes()
        try:
            await until(lambda: crowd.came >= SILENT + HALF_OPEN + SLOW, within=60)
            for n in range(1, 61):
                assert await brought.brings("shop", {"update_id": n}) == 200, n
            await anna.says("вы ещё здесь?")
            await oleg.sees(topic, "вы ещё здесь?")
            await oleg.replies(topic, "мы здесь")
            await anna.sees("мы здесь")
            await until(lambda: crowd.cut > HALF_OPEN, within=60)
        finally:
            await crowd.leaves()
        assert heard(anna).count("мы здесь") == 1
