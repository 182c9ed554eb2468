"""Who is connected: the silent and the slow are cut, so that there is always room for those who speak.

aiohttp gives a client an hour to say the first line of a request. Each connection is watched here instead, in
front of aiohttp's own protocol: what says nothing is cut in time, and makes room for newcomers before that.
"""

import asyncio
import ipaddress
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

LOOK_EVERY = 0.5
"""Seconds between looks for connections whose time is over."""
OF_DESCRIPTORS = 4
"""One part of so many of the descriptors this process may open is for the web, the rest for its own work."""


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """How many connections there may be, and for how many seconds one may say nothing.

    `head`: until a request's line and headers are whole; `idle`: between two requests.
    """

    most: int = 256
    of_address: int = 128
    head: float = 5.0
    idle: float = 15.0

    def within(self, descriptors: int) -> "ConnectionLimits":
        """The same, with no more connections than a process with so few descriptors can bear."""
        most = max(4, min(self.most, descriptors // OF_DESCRIPTORS))
        return ConnectionLimits(most, min(self.of_address, most), self.head, self.idle)


def limits_here() -> ConnectionLimits:
    """The usual limits, within what the system lets this process open."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return ConnectionLimits() if soft == resource.RLIM_INFINITY else ConnectionLimits().within(soft)


class WatchedConnection(asyncio.Protocol):
    """One client's connection; hands everything on to the protocol that speaks HTTP."""

    def __init__(self, all_of_them: "Connections", http: asyncio.Protocol) -> None:
        self._all, self._http = all_of_them, http
        self.transport: asyncio.Transport | None = None
        self.address = ""
        self.speaking = self._begun = self._served = self._let_in = False
        self.since = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody has come."""
        self.transport, self.since = cast("asyncio.Transport", transport), time.monotonic()
        self.address = _neighbourhood(transport.get_extra_info("peername"))
        self._let_in = self._all.let_in(self)
        if self._let_in:
            self._http.connection_made(transport)
        else:
            self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """They have gone."""
        self._all.forget(self)
        if self._let_in:
            self._http.connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """They say something: the time for the whole head runs from its first byte."""
        if not self._begun and not self.speaking:
            self._begun, self.since = True, time.monotonic() if self._served else self.since
        if self._let_in:
            self._http.data_received(data)

    def eof_received(self) -> bool | None:
        """They will say nothing more."""
        return self._http.eof_received() if self._let_in else None

    def pause_writing(self) -> None:
        """They read slowly."""
        self._http.pause_writing()

    def resume_writing(self) -> None:
        """They have caught up."""
        self._http.resume_writing()

    def rest(self) -> None:
        """A request was answered; the next may come."""
        self.speaking = self._begun = False
        self._served, self.since = True, time.monotonic()

    def is_over(self, limits: ConnectionLimits, now: float) -> bool:
        """Whether it has said nothing for too long."""
        patience = limits.idle if self._served and not self._begun else limits.head
        return not self.speaking and now - self.since > patience

    def cut(self) -> None:
        """End it at once: who says nothing need not be told anything."""
        self._all.forget(self)
        if self.transport is not None:
            self.transport.abort()


class Connections:
    """All connections of a listener."""

    def __init__(self, limits: ConnectionLimits) -> None:
        self._limits = limits
        self._known: dict[asyncio.BaseTransport, WatchedConnection] = {}
        self._looking: asyncio.TimerHandle | None = None

    def __len__(self) -> int:
        return len(self._known)

    def watched(self, http: Callable[[], asyncio.Protocol]) -> Callable[[], WatchedConnection]:
        """What makes a protocol for each connection, watched."""
        return lambda: WatchedConnection(self, http())

    def let_in(self, newcomer: WatchedConnection) -> bool:
        """Take a newcomer in; where all places are taken, whoever has been silent longest makes room."""
        per_address = Counter(each.address for each in self._known.values())
        if per_address[newcomer.address] >= self._limits.of_address:
            crowd = newcomer.address
        elif len(self._known) >= self._limits.most:
            crowd = per_address.most_common(1)[0][0]
        else:
            crowd = None
        if crowd is not None and not self._make_room(crowd):
            return False
        if newcomer.transport is not None:
            self._known[newcomer.transport] = newcomer
        if self._looking is None:
            self._looking = asyncio.get_running_loop().call_later(LOOK_EVERY, self._look)
        return True

    def forget(self, gone: WatchedConnection) -> None:
        """It has ended."""
        if gone.transport is not None:
            self._known.pop(gone.transport, None)

    @contextmanager
    def speaking(self, transport: asyncio.BaseTransport | None) -> Iterator[None]:
        """A request came whole and is being answered: until then its connection is not cut."""
        connection = None if transport is None else self._known.get(transport)
        if connection is None:
            yield
            return
        connection.speaking = True
        try:
            yield
        finally:
            connection.rest()

    def close(self) -> None:
        """Cut what is left."""
        for each in list(self._known.values()):
            each.cut()
        if self._looking is not None:
            self._looking.cancel()

    def _make_room(self, crowd: str) -> bool:
        silent = [each for each in self._known.values() if each.address == crowd and not each.speaking]
        if silent:
            min(silent, key=lambda each: each.since).cut()
        return bool(silent)

    def _look(self) -> None:
        now = time.monotonic()
        for each in [each for each in self._known.values() if each.is_over(self._limits, now)]:
            each.cut()
        loop = asyncio.get_running_loop()
        self._looking = loop.call_later(LOOK_EVERY, self._look) if self._known else None


def _neighbourhood(peer: object) -> str:
    """The address that is counted: of the new kind of addresses one household has 2**64."""
    host = str(peer[0]) if isinstance(peer, tuple) and peer else ""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    return host if address.version == 4 else address.packed[:8].hex()
