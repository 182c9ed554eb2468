"""A program of the company is told every notice, whatever it does; nobody inside our network is reached."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from bot.channels import hook_sender
from bot.channels.guarded_resolver import is_public
from tests.faults.database import sql
from tests.faults.troubles import until
from tests.ground.terminal import OTKLIK, environment
from tests.stories.conftest import Scene, SetUp
from tests.stories.outside.visiting import goes_on, publishes

SECRET = "sixteen-letters-and-more"


@dataclass
class Program:
    """A program that takes what it is told, or does something else."""

    does: str = "ok"
    port: int = 0
    calls: int = 0
    told: list[dict[str, Any]] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    elsewhere: int = 0

    async def take(self, request: web.Request) -> web.StreamResponse:
        self.calls += 1
        body = await request.read()
        if self.does == "hang":
            await asyncio.sleep(3600)
        if self.does == "500":
            return web.Response(status=500)
        if self.does == "reset":
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        if self.does == "redirect":
            raise web.HTTPTemporaryRedirect("/elsewhere")
        if self.does == "endless":
            return await self.pour(request)
        self.check(request.headers["X-Otklik-Signature"], body)
        self.numbers.append(request.headers["X-Otklik-Delivery"])
        self.told.append(json.loads(body))
        return web.Response(text="thank you " * 1000)

    async def pour(self, request: web.Request) -> web.StreamResponse:
        """Answer, and never come to an end."""
        answer = web.StreamResponse()
        await answer.prepare(request)
        while True:
            await answer.write(b"x" * 65536)

    def check(self, signature: str, body: bytes) -> None:
        parts = dict(each.split("=", 1) for each in signature.split(","))
        wanted = hmac.new(SECRET.encode(), parts["t"].encode() + b"." + body, hashlib.sha256).hexdigest()
        assert hmac.compare_digest(wanted, parts["v1"])

    async def lead_away(self, _: web.Request) -> web.Response:
        self.elsewhere += 1
        return web.Response()


@pytest.fixture
async def program() -> AsyncIterator[Program]:
    one = Program()
    app = web.Application()
    app.router.add_post("/hook", one.take)
    app.router.add_post("/elsewhere", one.lead_away)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    one.port = runner.addresses[0][1]
    yield one
    await runner.cleanup()


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hook_sender, "PAUSES", (timedelta(seconds=0.05),) * 100)
    monkeypatch.setattr(hook_sender, "PATIENCE", 0.5)


PRIVATE = (
    "127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 0.0.0.0 100.64.0.1 224.0.0.1 ::1 fe80::1"
    " fc00::1 ::ffff:127.0.0.1 2002:7f00:1:: 64:ff9b::7f00:1 fe80::1%eth0 nonsense"
)
PARTS = {"payments": {"name": "Оплата"}, "site": {"name": "Сайт"}}


@asynccontextmanager
async def telling(set_up: SetUp, program: Program, **hook: Any) -> AsyncIterator[Scene]:
    url = f"http://127.0.0.1:{program.port}/hook"
    told = {"url": url, "secret": SECRET, "private": True, **hook}
    async with set_up(desk={"webhooks": [told], "components": PARTS}) as scene:
        yield scene


async def test_every_notice_is_told_once_and_signed(set_up: SetUp, program: Program) -> None:
    async with telling(set_up, program) as scene, scene.at_work():
        maria = scene.manager()
        await publishes(maria, "red Не работает вход")
        await until(lambda: len(program.told) == 1)
        await goes_on(maria, "Не работает", "Решено")
        await until(lambda: len(program.told) == 2)
        await maria.says("/incidents webhooks")
        log = await maria.sees("Последние отправки")
        assert log["text"].count("127.0.0.1, ответ 200") == 2
    opened, resolved = program.told
    assert opened["page"]["status_indicator"] == "critical"
    assert (opened["incident"]["status"], resolved["incident"]["status"]) == ("investigating", "resolved")
    assert opened["incident"]["incident_updates"][0]["body"] == "Не работает вход"
    assert {"unsubscribe", "documentation", "generated_at"} == set(opened["meta"])
    assert resolved["page"]["status_indicator"] == "none"
    assert len(set(program.numbers)) == 2


@pytest.mark.parametrize("does", ["500", "hang", "reset", "redirect"])
async def test_it_is_told_again_until_it_arrives(set_up: SetUp, program: Program, does: str) -> None:
    program.does = does
    async with telling(set_up, program) as scene, scene.at_work():
        await publishes(scene.manager(), "red Не работает вход")
        await until(lambda: program.calls >= 2)
        program.does = "ok"
        await until(lambda: len(program.told) == 1)
        await until(lambda: sql(scene, "SELECT state FROM hook_deliveries") == [(1,)])
    assert program.elsewhere == 0


async def test_an_endless_answer_holds_nobody(set_up: SetUp, program: Program) -> None:
    program.does = "endless"
    async with telling(set_up, program) as scene, scene.at_work():
        await publishes(scene.manager(), "red Не работает вход")
        await until(lambda: sql(scene, "SELECT state, answer FROM hook_deliveries") == [(1, "200")])


async def test_what_waits_is_told_after_the_next_start(set_up: SetUp, program: Program) -> None:
    program.does = "500"
    async with telling(set_up, program) as scene:
        async with scene.at_work():
            await publishes(scene.manager(), "red Не работает вход")
            await until(lambda: program.calls >= 1)
        program.does = "ok"
        async with scene.at_work():
            await until(lambda: len(program.told) == 1)


CONFIG = """
[storage]
url = "sqlite:///otklik.db"
[telegram]
api_url = "{server}"
[desk.main]
token = "{token}"
operators_group = {group}
incident_channel = {channel}
managers = [1001]
faq = ["{faq}"]
webhooks = [{{url = "http://127.0.0.1:{port}/hook", secret = "{secret}", private = true}}]
"""


@asynccontextmanager
async def apart(scene: Scene) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot in a process of its own, which does not survive this."""
    command = [OTKLIK, "run", "--config", "config.toml"]
    process = await asyncio.create_subprocess_exec(*command, cwd=scene.folder, env=environment())
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def test_a_killed_process_has_promised_nothing_that_is_not_kept(
    set_up: SetUp, program: Program
) -> None:
    program.does = "hang"
    async with telling(set_up, program) as scene:
        said = CONFIG.format(
            server=scene.server.url,
            token=scene.bot.token,
            group=scene.group.id,
            channel=scene.channel.id,
            faq=scene.faq,
            port=program.port,
            secret=SECRET,
        )
        (scene.folder / "config.toml").write_text(said, "utf-8")
        async with apart(scene) as process:
            await until(lambda: bool(scene.world.log.calls("getUpdates")), within=60)
            await publishes(scene.manager(), "red Не работает вход")
            await until(lambda: program.calls == 1, within=30)
            process.kill()
            await process.wait()
        program.does = "ok"
        async with apart(scene):
            await until(lambda: len(program.told) == 1, within=90)
    assert program.told[0]["incident"]["name"] == "Не работает вход"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_nobody_inside_our_network_is_reached(set_up: SetUp, program: Program, host: str) -> None:
    url = f"http://{host}:{program.port}/hook"
    refused = "SELECT count(*) FROM hook_deliveries WHERE answer = 'private address'"
    async with telling(set_up, program, private=False, url=url) as scene, scene.at_work():
        maria = scene.manager()
        await publishes(maria, "red Не работает вход")
        await until(lambda: sql(scene, refused) != [(0,)])
        await maria.says("/incidents webhooks")
        await maria.sees("private address")
    assert program.calls == 0


async def test_in_the_end_it_is_given_up(
    set_up: SetUp, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.does = "500"
    monkeypatch.setattr(hook_sender, "TRYING", timedelta(seconds=0.2))
    async with telling(set_up, program) as scene, scene.at_work():
        await publishes(scene.manager(), "red Не работает вход")
        await until(lambda: sql(scene, "SELECT state, body FROM hook_deliveries") == [(2, "")])


@pytest.mark.parametrize("address", PRIVATE.split())
def test_private_addresses_are_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_public_addresses_are_known(address: str) -> None:
    assert is_public(address)
