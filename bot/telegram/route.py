"""One way to Telegram: its connections, the calls that are on it, and how it has been lately."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache

import certifi
from aiogram.client.telegram import TelegramAPIServer
from aiohttp import BaseConnector, ClientError, ClientSession, TCPConnector, TraceConfig
from aiohttp.hdrs import USER_AGENT
from aiohttp.http import SERVER_SOFTWARE
from aiohttp_socks import ProxyConnectionError, ProxyConnector, ProxyError, ProxyTimeoutError, ProxyType

from bot.config.routes import RouteAddress

PROXY_TROUBLE = (ProxyConnectionError, ProxyTimeoutError, ProxyError, EOFError)
TROUBLE = (*PROXY_TROUBLE, ClientError, OSError)
"""All that the network does to a call; time-outs are among these."""
CONNECTIONS = 100
PROXY_TYPES = {"socks5": ProxyType.SOCKS5, "http": ProxyType.HTTP}


@dataclass(slots=True)
class CallState:
    """How far a call has come: whether it waits for a free connection, and whether any of it was sent."""

    queued: bool = False
    sent: bool = False


class Route:
    """One way to Telegram: its connections, and how it has been lately.

    `ill`: it is not to be taken. `well_since` is when it began to answer every probe; None while it does not.
    """

    def __init__(self, address: RouteAddress, api_url: str) -> None:
        self._address = address
        self.name = address.name
        self.api = TelegramAPIServer.from_base(address.api_url or api_url)
        self.ill, self.strikes = False, 0
        self.well_since: float | None = None
        self.latency: float | None = None
        self._session: ClientSession | None = None
        self._calls: dict[asyncio.Timeout, bool] = {}

    def session(self) -> ClientSession:
        """The connections; they are opened when first asked for."""
        if self._session is None or self._session.closed:
            self._session = ClientSession(
                connector=self._connector(), headers={USER_AGENT: SERVER_SOFTWARE}, trace_configs=[_tracing()]
            )
        return self._session

    @asynccontextmanager
    async def within(self, seconds: float, *, idle: bool = False) -> AsyncIterator[None]:
        """A call on this route; it is cut short when the route is left. `idle`: it only waits for news."""
        async with asyncio.timeout(seconds) as patience:
            self._calls[patience] = idle
            try:
                yield
            finally:
                del self._calls[patience]

    def abandon(self, linger: float) -> None:
        """Wait no longer than that for the answers of calls that are on their way; for news not at all."""
        now = asyncio.get_running_loop().time()
        for patience, idle in self._calls.items():
            end = now if idle else now + linger
            if not patience.expired():
                patience.reschedule(min(patience.when() or end, end))

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    def _connector(self) -> BaseConnector:
        context = _trusted()
        address = self._address
        if address.kind not in PROXY_TYPES:
            return TCPConnector(ssl=context, limit=CONNECTIONS, ttl_dns_cache=3600)
        return ProxyConnector(
            proxy_type=PROXY_TYPES[address.kind],
            host=address.host,
            port=address.port,
            username=address.user,
            password=address.password,
            rdns=True,
            ssl=context,
            limit=CONNECTIONS,
        )


def _tracing() -> TraceConfig:
    """Keeps the stage of each call that has one."""
    tracing = TraceConfig()
    tracing.on_connection_queued_start.append(_queued)
    tracing.on_connection_queued_end.append(_free)
    tracing.on_request_headers_sent.append(_sent)
    return tracing


async def _queued(_session: object, context: object, _params: object) -> None:
    _stage(context).queued = True


async def _free(_session: object, context: object, _params: object) -> None:
    _stage(context).queued = False


async def _sent(_session: object, context: object, _params: object) -> None:
    _stage(context).sent = True


def _stage(context: object) -> CallState:
    """The stage of the call; one that nobody reads if aiogram has made it."""
    stage = getattr(context, "trace_request_ctx", None)
    return stage if isinstance(stage, CallState) else CallState()


@cache
def _trusted() -> ssl.SSLContext:
    """The authorities that are trusted; reading them takes longer than a call, so all routes share them."""
    return ssl.create_default_context(cafile=certifi.where())
