"""People and machines outside Telegram who look at what a desk shows on the web."""

import asyncio
import json
import socket
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession, ClientTimeout

from sandbox import Manager
from tests.stories.conftest import Scene, SetUp

PATIENCE = 30.0


@dataclass
class Shown:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Outside:
    """A desk with its pages, and somebody who looks at them."""

    scene: Scene
    port: int
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def asks(self, path: str, method: str = "GET", **headers: str) -> Shown:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        asking = ClientSession(headers={**self.headers, **named}, timeout=ClientTimeout(total=10))
        async with asking as session, session.request(method, self.url + path) as answer:
            return Shown(answer.status, answer.headers.copy(), await answer.read())

    async def sees(self, path: str, words: str) -> Shown:
        """Look until these words are there."""
        end, found = time.monotonic() + PATIENCE, "nothing"
        while time.monotonic() < end:
            with suppress(OSError):  # it may not be open yet
                shown = await self.asks(path)
                found = shown.text
                if words in found:
                    return shown
            await asyncio.sleep(0.02)
        raise AssertionError(f"{words!r} is not in {found}")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@asynccontextmanager
async def shown_outside(set_up: SetUp, **desk: Any) -> AsyncIterator[Outside]:
    """A desk at work, with its pages."""
    port = free_port()
    web = {"listen": f"127.0.0.1:{port}", "public_url": "https://status.example.com"}
    async with set_up(web=web, desk=desk) as scene, scene.at_work():
        outside = Outside(scene, port)
        await outside.sees("/api/v2/status.json", "indicator")
        yield outside


async def publishes(manager: Manager, said: str) -> None:
    await manager.says(f"/broadcast {said}")
    preview = await manager.sees("Так будет выглядеть")
    await manager.presses("Опубликовать", on=preview)


async def goes_on(manager: Manager, incident: str, step: str, text: str | None = None) -> None:
    await manager.says("/incidents")
    listed = await manager.sees("не закрыто")
    await manager.presses(incident, on=listed)
    await manager.presses(step, on=listed)
    if text is not None:
        await manager.sees("Что нового?" if step == "Обновить" else "")
        await manager.says(text)
    preview = await manager.sees("Так станет выглядеть")
    await manager.presses("Опубликовать", on=preview)
