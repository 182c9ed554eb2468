"""Stand-ins for other companies' servers: as strict as their documents, and ill when told to be.

They know nothing of our code: what they take and refuse is written down from the documents of their owners.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

RESET, HANG, HALF, HTML = "reset", "hang", "half", "html"
"""The connection breaks after the request; no answer comes; half of one does; a gateway's page comes."""
Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class StandIn:
    """A server on this machine; `ill` are the troubles of the next requests, one each."""

    answering: Answering
    ill: list[str | web.Response] = field(default_factory=list)
    asked: list[web.Request] = field(default_factory=list)
    _runner: web.AppRunner | None = None
    _ended: asyncio.Event = field(default_factory=asyncio.Event)
    url: str = ""

    async def __aenter__(self) -> "StandIn":
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(app, handle_signals=False, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._ended.set()
        assert self._runner is not None
        await self._runner.cleanup()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request)
        trouble = self.ill.pop(0) if self.ill else None
        if isinstance(trouble, web.Response):
            return trouble
        if trouble == HTML:
            return web.Response(status=502, text="<html>Bad gateway</html>", content_type="text/html")
        answer = await self.answering(request)
        assert isinstance(answer, web.Response)
        if trouble is not None:
            await self._ruin(request, answer, trouble)
        return answer

    async def _ruin(self, request: web.Request, answer: web.Response, trouble: str) -> None:
        if trouble == HANG:
            await self._ended.wait()
        assert request.transport is not None
        if trouble == HALF:
            body = answer.body
            assert isinstance(body, bytes)
            head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            request.transport.write(head + body[: len(body) // 2])
            request.transport.close()
        else:
            request.transport.abort()


async def json_of(request: web.Request) -> Any:
    """The JSON of a request; None if it is none."""
    if request.content_type != "application/json":
        return None
    try:
        return await request.json()
    except ValueError:
        return None


def unfit(value: Any, shape: Any, path: str = "") -> str | None:
    """Where a value does not have its shape: a type, a set of values, a table of keys, a list of one shape.

    A key whose name ends with ? may be left out; any other key is needed, and none beside these is known.
    """
    match shape:
        case type():
            return None if type(value) is shape else path
        case set():
            return None if value in shape else path
        case [each]:
            if not isinstance(value, list):
                return path
            found = (unfit(item, each, f"{path}[{at}]") for at, item in enumerate(value))
            return next((where for where in found if where is not None), None)
    if not isinstance(value, dict):
        return path
    known = {key.rstrip("?"): inner for key, inner in shape.items()}
    missing = [key for key in shape if not key.endswith("?") and key not in value]
    if missing or set(value) - set(known):
        return f"{path}.{(missing + sorted(set(value) - set(known)))[0]}"
    found = (unfit(item, known[key], f"{path}.{key}") for key, item in value.items())
    return next((where for where in found if where is not None), None)
