"""The listener for everything that comes over HTTP, each kind of request with paths of its own."""

from collections.abc import Iterable
from typing import Protocol

from aiohttp import web

LARGEST = 8 * 2**20
"""Bytes of a request's body."""
CLOSING = 1.0
"""Seconds that requests have to end when we stop; Telegram posts again what was not answered."""


class Routes(Protocol):
    """Something that answers requests: the webhook today, other pages and hooks later."""

    def add_to(self, app: web.Application) -> None:
        """Add its paths."""


class WebServer:
    """Listens at one address while it is entered."""

    def __init__(self, host: str, port: int, routes: Iterable[Routes]) -> None:
        self._host, self._port = host, port
        app = web.Application(client_max_size=LARGEST)
        for each in routes:
            each.add_to(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=CLOSING)

    async def __aenter__(self) -> "WebServer":
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError:
            await self._runner.cleanup()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()
