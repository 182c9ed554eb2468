"""Two desks of one process to which Telegram brings updates, and whoever else calls."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from bot.app import serve
from bot.config import Settings, Telegram, Web
from tests.faults.troubles import until
from tests.stories.conftest import Scene, SetUp

SECRET = "a-secret-of-letters-and-digits-01"
SECRET_HEADER = b"X-Telegram-Bot-Api-Secret-Token: "


@dataclass
class Brought:
    """Two desks of one process to which Telegram brings updates."""

    shop: Scene
    florist: Scene
    port: int

    def settings(self) -> Settings:
        """One file for both."""
        plain, address = self.shop.settings(), f"127.0.0.1:{self.port}"
        webhook = {"url": f"http://{address}/telegram", "secret": SECRET}
        telegram = {"api_url": plain.telegram.api_url, "updates": "webhook", "webhook": webhook}
        desks = {"shop": plain.desk["main"], "florist": self.florist.settings().desk["main"]}
        return plain.model_copy(
            update={
                "desk": desks,
                "telegram": Telegram.model_validate(telegram),
                "web": Web.model_validate({"listen": address}),
            }
        )

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """The process runs and listens."""
        stop = asyncio.Event()
        serving = asyncio.create_task(serve(self.settings(), stop))
        try:
            await until(self.listens)
            yield
        finally:
            stop.set()
            await asyncio.wait_for(serving, 30)

    def listens(self) -> bool:
        """Whether somebody answers at the port."""
        with socket.socket() as visitor:
            return visitor.connect_ex(("127.0.0.1", self.port)) == 0

    async def brings(self, desk: str, body: Any, secret: bytes | None = SECRET.encode()) -> int:
        """Somebody calls the webhook, byte by byte as they please; the status of our answer."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(self.request(desk, body, secret))
        status = await reader.readline()
        writer.close()
        await writer.wait_closed()
        return int(status.split()[1])

    def request(self, desk: str, body: Any, secret: bytes | None = SECRET.encode()) -> bytes:
        """What they would say."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        head = [f"POST /telegram/{desk} HTTP/1.1".encode(), b"Host: here", b"Connection: close"]
        head += [f"Content-Length: {len(data)}".encode()]
        head += [] if secret is None else [SECRET_HEADER + secret]
        return b"\r\n".join(head) + b"\r\n\r\n" + data


@pytest.fixture
async def brought(set_up: SetUp) -> AsyncIterator[Brought]:
    """A shop and a florist."""
    async with set_up() as shop:
        yield beside(shop)


def beside(shop: Scene) -> Brought:
    """A florist beside a shop, and a free port for both."""
    shop.world.webhooks.patience = 0.05
    home = shop.folder / "florist"
    home.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    return Brought(shop, Scene(shop.world, shop.server, home, limits=shop.limits), port)
