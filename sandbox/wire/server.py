"""The HTTP door: a Bot API server on loopback."""

import asyncio
import socket
from collections.abc import Iterable

from aiohttp import web

from sandbox.accounts import Json
from sandbox.content.files import MAX_UPLOAD, MEGABYTE, Upload
from sandbox.errors import ApiError, Refusal
from sandbox.wire import bodies
from sandbox.wire.door import Answer, knock, refused
from sandbox.world import World

VERBS = {"GET", "POST"}
LETTING_IN = 3
"""Turns of the loop in which a connection comes in: shut out in the middle, asyncio forgets to close it."""


class BotApiServer:
    """`async with BotApiServer(world) as server:` then `TelegramAPIServer.from_base(server.url)`."""

    def __init__(
        self,
        world: World,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        routes: Iterable[web.AbstractRouteDef] = (),
    ) -> None:
        self.world = world
        self.host = host
        self.port = port
        self.app = web.Application(client_max_size=MAX_UPLOAD + MEGABYTE)
        self.app.add_routes(routes)
        self.app.router.add_route("*", "/bot{token:[^/]*}/{method:[^/]*}", self._call)
        self.app.router.add_get("/file/bot{token:[^/]*}/{path:.+}", self._file)
        self.app.router.add_route("*", "/{elsewhere:.*}", self._nowhere)
        self._door: socket.socket | None = None
        self._runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=0.01)

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    async def start(self) -> None:
        await self._runner.setup()
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        self._door = socket.create_server((self.host, self.port), family=family)
        await web.SockSite(self._runner, self._door).start()
        self.port = self._door.getsockname()[1]

    async def stop(self) -> None:
        await self.world.webhooks.close()
        if self._door is not None and self._door.fileno() >= 0:
            asyncio.get_running_loop().remove_reader(self._door)
            for _ in range(LETTING_IN):
                await asyncio.sleep(0)
        await self._runner.cleanup()

    async def __aenter__(self) -> "BotApiServer":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def _call(self, request: web.Request) -> web.StreamResponse:
        if request.method not in VERBS:
            return _response(refused(ApiError(Refusal.NOT_IMPLEMENTED)))
        try:
            params, files = await _parameters(request)
        except web.HTTPRequestEntityTooLarge:
            return _response(refused(ApiError(Refusal.UPLOAD_TOO_BIG)))
        except ApiError as error:
            return _response(refused(error))
        path = request.match_info
        answer = await knock(self.world, path["token"], path["method"], params, files)
        if answer.reset and request.transport is not None:
            request.transport.abort()
        return _response(answer)

    async def _file(self, request: web.Request) -> web.Response:
        try:
            bot = self.world.bot_by_token(request.match_info["token"])
        except ApiError as error:
            return _response(refused(error))
        stored = self.world.files.fetch(bot, request.match_info["path"])
        if stored is None:
            return _response(refused(ApiError(Refusal.NOT_FOUND)))
        return web.Response(body=stored.data, content_type="application/octet-stream")

    async def _nowhere(self, _: web.Request) -> web.Response:
        return _response(refused(ApiError(Refusal.NOT_FOUND)))


async def _parameters(request: web.Request) -> tuple[Json, dict[str, Upload]]:
    """Parameters from the query and from whatever kind of body there is."""
    params: Json = dict(request.query)
    files: dict[str, Upload] = {}
    if request.method == "GET" or not request.can_read_body:
        return params, files
    if request.content_type != "multipart/form-data":
        return params | bodies.parsed(request.content_type, await request.read()), files
    try:
        bodies.split(await request.post(), params, files)
    except bodies.BROKEN as error:
        raise bodies.unreadable() from error
    return params, files


def _response(answer: Answer) -> web.Response:
    headers = {"Content-Type": "application/json", **answer.headers}
    return web.Response(status=answer.status or 500, body=answer.body, headers=headers)
