"""The listener for everything that comes over HTTP, each kind of request with paths of its own."""

import asyncio
import socket
from collections.abc import Iterable
from contextlib import suppress
from typing import Protocol

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.web.connections import Connections, limits_here

log = structlog.get_logger("web")

LARGEST = 2**20
"""Bytes of a request's body; the longest update of Telegram's has a tenth of it."""
MOST_HEADERS = 64
AT_ONCE, FOR_LOOKS = 64, 16
"""Requests that are answered at the same moment, and how many of these places only looks (GET) may take."""
BODY = 10.0
"""Seconds for a body to come whole."""
ANSWER = 25.0
"""Seconds for an answer to be found: Telegram waits for a minute, and posts again what was not answered."""
LINGER = 1.0
"""Seconds for which the rest of a body that nobody wants is listened to, so that the answer is heard."""
CLOSING = 1.0
"""Seconds that requests have to end when we stop; Telegram posts again what was not answered."""
QUEUE = 512
"""Newcomers that the system may hold until we look."""
UNHEARD = 5
"""Seconds for which the system keeps a newcomer who has said nothing yet."""
LATER = {"Retry-After": "1"}


class Routes(Protocol):
    """Something that answers requests: the webhook, pages, hooks."""

    def add_to(self, app: web.Application) -> None:
        """Add its paths."""


async def whole_body(request: web.Request, largest: int = LARGEST) -> bytes:
    """The body of a request; refuses one that is too large or does not come in time."""
    if largest < LARGEST:
        request = request.clone(client_max_size=largest)
    try:
        async with asyncio.timeout(BODY):
            return await request.read()
    except TimeoutError:
        raise web.HTTPRequestTimeout(headers={"Connection": "close"}) from None


class WebServer:
    """Listens at one address while it is entered."""

    def __init__(self, host: str, port: int, routes: Iterable[Routes]) -> None:
        self._host, self._port = host, port
        self._connections = Connections(limits_here())
        self._at_work = 0
        app = web.Application(client_max_size=LARGEST, middlewares=[self._bounded()])
        for each in routes:
            each.add_to(app)
        self._runner = web.AppRunner(
            app,
            access_log=None,
            shutdown_timeout=CLOSING,
            lingering_time=LINGER,
            max_headers=MOST_HEADERS,
        )
        self._listener: asyncio.Server | None = None

    async def __aenter__(self) -> "WebServer":
        await self._runner.setup()
        http = self._runner.server
        assert http is not None  # noqa: S101 - made by setup
        try:
            self._listener = await asyncio.get_running_loop().create_server(
                self._connections.watched(http), self._host, self._port, backlog=QUEUE
            )
        except OSError:
            await self._runner.cleanup()
            raise
        self._leave_the_silent_outside()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._listener is not None:
            self._listener.close()
        await self._runner.cleanup()
        self._connections.close()

    def _leave_the_silent_outside(self) -> None:
        """Where the system can (Linux), it hands a connection over only when its first bytes are there."""
        defer = getattr(socket, "TCP_DEFER_ACCEPT", 0)
        for each in self._listener.sockets if self._listener is not None and defer else ():
            with suppress(OSError):
                each.setsockopt(socket.IPPROTO_TCP, defer, UNHEARD)

    def _bounded(self) -> Middleware:
        """What stands before every path: so many requests at once, each for so long."""

        @web.middleware
        async def bounded(request: web.Request, handler: Handler) -> web.StreamResponse:
            places = AT_ONCE if request.method in {"GET", "HEAD"} else AT_ONCE - FOR_LOOKS
            if self._at_work >= places:
                return web.Response(status=503, headers=LATER)
            self._at_work += 1
            try:
                with self._connections.speaking(request.transport):
                    async with asyncio.timeout(ANSWER):
                        return await handler(request)
            except TimeoutError:
                log.warning("a request could not be answered in time")
                return web.Response(status=503, headers=LATER)
            finally:
                self._at_work -= 1

        return bounded
