"""Roads to Telegram that can be broken: small proxies on this machine, each on a port of its own."""

import asyncio
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

SOCKS5, HTTP, RELAY = "socks5", "http", "relay"
"""A relay hands everything on to one place, as another Bot API address would."""
WELL, REFUSED, HALF_OPEN, RESET, SLOW = "well", "refused", "half-open", "reset", "slow"
STALE = "stale"
"""Connections that stand carry nothing any more, for good; new ones are well."""
TROUBLES = (REFUSED, HALF_OPEN, RESET, SLOW)
GONE = (OSError, asyncio.IncompleteReadError, EOFError)


class Road:
    """One proxy. `breaks` changes how it is, for connections that stand too."""

    def __init__(self, kind: str, *, to: str, user: str = "", delay: float = 10.0) -> None:
        self._kind, self._to, self._user, self._delay = kind, to, user, delay
        self._how = WELL
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._silenced: set[asyncio.StreamWriter] = set()
        self._serving: set[asyncio.Task[None]] = set()
        self.port = self.used = 0

    @property
    def route(self) -> str:
        """How the configuration says it."""
        if self._kind == RELAY:
            return f"api:http://127.0.0.1:{self.port}"
        return f"{self._kind}://{self._user and self._user + '@'}127.0.0.1:{self.port}"

    async def __aenter__(self) -> "Road":
        await self._listen()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._close_door()
        self._drop()
        if self._serving:
            await asyncio.wait(self._serving)

    async def breaks(self, how: str) -> None:
        """From now on it is so; `WELL` mends it."""
        before, self._how = self._how, how
        if how == REFUSED:
            await self._close_door()
        elif self._server is None:
            await self._listen()
        if how in (REFUSED, RESET) or before in (HALF_OPEN, SLOW):
            self._drop()
        if how == STALE:
            self._silenced |= self._open

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _close_door(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    def _drop(self) -> None:
        for writer in self._open:
            writer.transport.abort()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        self._open.add(writer)
        try:
            with suppress(*GONE):
                await self._serve(reader, writer)
        finally:
            writer.transport.abort()
            self._open.discard(writer)
            self._serving.discard(task)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._how == RESET:
            return
        if self._how == HALF_OPEN:
            while await reader.read(65536):
                pass
            return
        if self._kind == SOCKS5:
            await self._socks5(reader, writer)
        if self._kind == HTTP:
            await self._connect(reader, writer)
        to = urlsplit(self._to)
        there, away = await asyncio.open_connection(to.hostname, to.port)
        self._open.add(away)
        self.used += 1
        try:
            await asyncio.gather(
                self._pump(reader, away, lambda: 0.0), self._pump(there, writer, lambda: self._delay)
            )
        finally:
            away.transport.abort()
            self._open.discard(away)

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, delay: Callable[[], float]
    ) -> None:
        """Carry one direction; its end is the end of both."""
        while data := await reader.read(65536):
            if self._how == SLOW:
                await asyncio.sleep(delay())
            if self._how != HALF_OPEN and writer not in self._silenced:
                writer.write(data)
                await writer.drain()
        # Of a connection that carries nothing any more the end is not told either.
        while writer in self._silenced and not writer.transport.is_closing():  # noqa: ASYNC110 - it rings no bell
            await asyncio.sleep(0.05)
        raise EOFError

    async def _socks5(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Whatever name is asked for, the sandbox is there: names are the proxy's to find out."""
        ways = await reader.readexactly((await reader.readexactly(2))[1])
        wanted = 2 if self._user else 0
        assert wanted in ways
        writer.write(bytes([5, wanted]))
        if self._user:
            user = await reader.readexactly((await reader.readexactly(2))[1])
            password = await reader.readexactly((await reader.readexactly(1))[0])
            if (user + b":" + password).decode() != self._user:
                writer.write(b"\x01\x01")
                raise EOFError
            writer.write(b"\x01\x00")
        kind = (await reader.readexactly(4))[3]
        size = (await reader.readexactly(1))[0] if kind == 3 else 4
        await reader.readexactly(size + 2)
        writer.write(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = (await reader.readuntil(b"\r\n\r\n")).decode()
        if self._user and f"Basic {b64encode(self._user.encode()).decode()}" not in request:
            writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")
            await writer.drain()
            raise EOFError
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
