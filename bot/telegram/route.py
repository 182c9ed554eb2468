"""One way to Telegram: its connections, the calls that are on it, and how it has been lately."""

import asyncio
import ssl
from collections.abc import Callable
from functools import cache
from typing import Any

import certifi
from aiogram.client.telegram import TelegramAPIServer
from aiohttp import (
    BaseConnector,
    ClientError,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    TCPConnector,
    TraceConfig,
)
from aiohttp.abc import AbstractStreamWriter
from aiohttp.hdrs import USER_AGENT
from aiohttp.http import SERVER_SOFTWARE
from aiohttp.payload import BytesPayload
from aiohttp_socks import ProxyConnectionError, ProxyConnector, ProxyError, ProxyTimeoutError, ProxyType

from bot.config.routes import RouteAddress

PROXY_TROUBLE = (ProxyConnectionError, ProxyTimeoutError, ProxyError, EOFError)
TROUBLE = (*PROXY_TROUBLE, ClientError, OSError)
"""All that the network does to a call; time-outs are among these."""
CONNECTIONS = 100
CONNECTING = 8
"""Seconds to wait for a connection: to Telegram, or through a proxy and to Telegram."""
PROXY_TYPES = {"socks5": ProxyType.SOCKS5, "http": ProxyType.HTTP}


Surely = Callable[[], bool]
"""Whether this process is still the one that may call."""


class NotSentError(Exception):
    """A call was not sent, because this process may not call just now."""


class TimedBody(BytesPayload):
    """The JSON of a call; who may call is looked at when it is written, and not a turn of the loop before."""

    def __init__(self, value: bytes, call: "TimedCall") -> None:
        super().__init__(value, content_type="application/json")
        self._call = call

    async def write_with_length(self, writer: AbstractStreamWriter, content_length: int | None) -> None:
        """Write it, unless this process may not call any more."""
        self._call.last_moment()
        await super().write_with_length(writer, content_length)


class TimedCall:
    """A call on its way by one route: how far it has come, and how long it may still take.

    `queued`: it waits for a free connection. `sent`: some of it was sent, and the answer is awaited. `idle`:
    it only waits for news. `not_sent`: it was about to be sent and `surely` said no.
    """

    def __init__(self, route: "Route", patience: float, surely: Surely, *, idle: bool) -> None:
        self.queued, self.sent, self.idle, self.not_sent = False, False, idle, False
        self._surely = surely
        self._route, self._patience, self._left = route, patience, False
        self._timeout = asyncio.timeout(CONNECTING + patience)

    async def __aenter__(self) -> "TimedCall":
        await self._timeout.__aenter__()
        self._route.calls.add(self)
        return self

    async def __aexit__(self, *raised: Any) -> None:
        self._route.calls.discard(self)
        await self._timeout.__aexit__(*raised)

    def last_moment(self) -> None:
        """Its bytes are about to be written: raise if that may not be."""
        if not self._surely():
            self.not_sent = True
            raise NotSentError

    def asked(self) -> None:
        """It is sent: from now on the answer has its time, unless the route was left meanwhile."""
        self.last_moment()
        self.sent = True
        if not self._left and not self._timeout.expired():
            self._timeout.reschedule(asyncio.get_running_loop().time() + self._patience)

    def hurry(self, end: float) -> None:
        """Wait no longer than until then: the route was left."""
        self._left = True
        if not self._timeout.expired():
            self._timeout.reschedule(min(self._timeout.when() or end, end))


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
        self.calls: set[TimedCall] = set()

    def session(self) -> ClientSession:
        """The connections; they are opened when first asked for."""
        if self._session is None or self._session.closed:
            self._session = ClientSession(
                connector=self._connector(),
                headers={USER_AGENT: SERVER_SOFTWARE},
                timeout=ClientTimeout(total=None, sock_connect=CONNECTING),
                cookie_jar=DummyCookieJar(),
                trace_configs=[_tracing()],
            )
        return self._session

    def call(self, patience: float, *, idle: bool = False, surely: Surely = lambda: True) -> TimedCall:
        """A call on this route, which is cut short when the route is left."""
        return TimedCall(self, patience, surely, idle=idle)

    def abandon(self, linger: float) -> None:
        """Wait no longer than that for the answers of calls that are on their way; for news not at all."""
        now = asyncio.get_running_loop().time()
        for call in self.calls:
            call.hurry(now if call.idle else now + linger)

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
    """Tells calls how far they have come."""
    tracing = TraceConfig()
    tracing.on_connection_queued_start.append(_queued)
    tracing.on_connection_queued_end.append(_free)
    tracing.on_request_headers_sent.append(_sent)
    return tracing


async def _queued(_session: object, context: object, _params: object) -> None:
    if call := _call(context):
        call.queued = True


async def _free(_session: object, context: object, _params: object) -> None:
    if call := _call(context):
        call.queued = False


async def _sent(_session: object, context: object, _params: object) -> None:
    if call := _call(context):
        call.asked()


def _call(context: object) -> TimedCall | None:
    """The call that is traced; None for a call that aiogram makes itself."""
    call = getattr(context, "trace_request_ctx", None)
    return call if isinstance(call, TimedCall) else None


@cache
def _trusted() -> ssl.SSLContext:
    """The authorities that are trusted; reading them takes longer than a call, so all routes share them."""
    return ssl.create_default_context(cafile=certifi.where())
