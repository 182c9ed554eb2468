"""A desk at work to which monitoring posts alerts over HTTP."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import ClientSession, ClientTimeout

from bot.app import serve
from bot.config import Settings, Web
from sandbox import Manager
from sandbox.chats import Message
from tests.stories.conftest import Scene, SetUp
from tests.unit_broadcasts.alerts.test_reading import PAYLOADS

TOKENS = {
    source: f"a-secret-of-{source}-0001"
    for source in ("alertmanager", "grafana", "zabbix", "kuma", "healthchecks", "generic")
}
COMPONENTS = {"payments": {"name": "Оплата"}, "login": {"name": "Вход"}}
RULES = [{"match": {"alertname": "ProbeFailure"}, "component": "login"}]


@dataclass
class Monitoring:
    """Whoever posts alerts to a desk."""

    scene: Scene
    port: int

    async def maria(self) -> Manager:
        """A manager to whom the bot may write."""
        maria = self.scene.manager("Мария")
        await maria.starts()
        await maria.sees("Здравствуйте")
        return maria

    async def posts(
        self, source: str, body: object, *, token: str | None = None, below: str = "", method: str = "POST"
    ) -> tuple[int, str]:
        """The status of our answer, and its text."""
        address = f"http://127.0.0.1:{self.port}{below}/hooks/{source}/{token or TOKENS.get(source, 'x')}"
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        timeout = ClientTimeout(total=10)
        async with (
            ClientSession(timeout=timeout) as session,
            session.request(method, address, data=data) as answer,
        ):
            return answer.status, await answer.text()

    async def tells(self, title: str = "Не проходят оплаты", **more: Any) -> None:
        """Something of our own is wrong, or not any more."""
        body = {"title": title, "severity": "critical", "component": "payments", **more}
        status, said = await self.posts("generic", body)
        assert status == 202, said

    def payload(self, source: str) -> Any:
        """What a source posts, as its documentation shows it."""
        return json.loads((PAYLOADS / f"{source}.json").read_text("utf-8"))


Watched = Callable[..., AbstractAsyncContextManager[Monitoring]]


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@asynccontextmanager
async def running(settings: Settings, port: int) -> AsyncIterator[None]:
    """The bot runs with these settings and listens."""
    stop = asyncio.Event()
    serving = asyncio.create_task(serve(settings, stop))
    try:
        await listens(port)
        yield
    finally:
        stop.set()
        await asyncio.wait_for(serving, 30)


@asynccontextmanager
async def served(scene: Scene, port: int) -> AsyncIterator[Monitoring]:
    """The bot runs and listens."""
    web = Web.model_validate({"listen": f"127.0.0.1:{port}"})
    async with running(scene.settings().model_copy(update={"web": web}), port):
        yield Monitoring(scene, port)


async def listens(port: int) -> None:
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.02)
        else:
            writer.close()
            return


@pytest.fixture
def watched(set_up: SetUp) -> Watched:
    """A desk at work, with monitoring; limits are off unless the story is about them."""

    @asynccontextmanager
    async def monitored(
        *, rules: list[dict[str, Any]] | None = None, alerts: dict[str, Any] | None = None, **more: Any
    ) -> AsyncIterator[Monitoring]:
        desk = {
            "components": COMPONENTS,
            "alerts": {**TOKENS, "rules": RULES if rules is None else rules, **(alerts or {})},
            **more.pop("desk", {}),
        }
        async with set_up(desk=desk, **more) as scene, served(scene, free_port()) as monitoring:
            yield monitoring

    return monitored


@pytest.fixture
async def monitoring(watched: Watched) -> AsyncIterator[Monitoring]:
    """The usual desk."""
    async with watched() as monitoring:
        yield monitoring


def posts_in_channel(scene: Scene) -> list[Message]:
    """What customers see in the channel."""
    posts = [message for message in scene.channel.messages.values() if not message.get("_deleted")]
    return [post for post in posts if "text" in post]


async def comes_to_say(manager: Manager, message: Message, words: str) -> Message:
    """Wait until a message reads so, once it was edited."""
    world = manager.world
    if words not in message["text"]:
        await world.changes.until(lambda _: words in message["text"], 15)
    assert words in message["text"], message["text"]
    return message
