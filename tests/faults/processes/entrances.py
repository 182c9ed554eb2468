"""Each process's own entrance to Telegram, which notes what came in by it and when."""

import time
from dataclasses import dataclass

from aiohttp import ClientSession, ClientTimeout, web

ASKING = ("getUpdates", "getMe")
"""Methods that send nothing."""
STRAIGHT = "🗄".encode()
"""In what is said straight to managers of the database's outages: it needs no lease, on purpose."""


@dataclass(frozen=True, slots=True)
class Passed:
    """Something that is sent."""

    by: str
    method: str
    at: float


class Entrance:
    """Hands calls on to the sandbox; `passed` is shared by the entrances of all processes."""

    def __init__(self, name: str, to: str, passed: list[Passed]) -> None:
        self._name, self._to, self._passed = name, to, passed
        app = web.Application(client_max_size=2**26)
        app.router.add_route("*", "/{path:.*}", self._hand_on)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        self._session: ClientSession | None = None
        self.url = ""

    async def __aenter__(self) -> "Entrance":
        self._session = ClientSession(timeout=ClientTimeout(total=None))
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()
        if self._session is not None:
            await self._session.close()

    async def _hand_on(self, request: web.Request) -> web.Response:
        assert self._session is not None
        body = await request.read()
        method = request.path.rpartition("/")[2]
        if method not in ASKING and STRAIGHT not in body:
            self._passed.append(Passed(self._name, method, time.monotonic()))
        kind = {"Content-Type": request.headers.get("Content-Type", "application/json")}
        async with self._session.post(self._to + request.path, data=body, headers=kind) as answer:
            return web.Response(
                status=answer.status, body=await answer.read(), content_type=answer.content_type
            )
