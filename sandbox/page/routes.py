"""The page's own addresses, beside those of the Bot API on the same port."""

import asyncio
import contextlib
import ipaddress
import json
from collections.abc import Awaitable, Callable, Iterable
from typing import Any
from uuid import uuid4

from aiohttp import web

from sandbox.accounts import Json
from sandbox.chats import Chat
from sandbox.content.files import Upload
from sandbox.page import serving, showing
from sandbox.page.beside import Beside
from sandbox.page.cast import Cast, Part
from sandbox.page.deeds import DeedError, Deeds
from sandbox.page.stream import Stream
from sandbox.wire.server import BotApiServer
from sandbox.world import World

PING_SECONDS = 15.0
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def serve(
    world: World,
    cast: Cast,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    health: Iterable[web.RouteDef] = (),
    beside: Beside | None = None,
    more: Iterable[web.RouteDef] = (),
) -> BotApiServer:
    """A Bot API server with the page at its root; start it as any other.

    `health`: addresses at which the bot behind it tells how it is; the page reads /page/health among them.
    `beside`: what is shown beside the chats, with `more` addresses for it.
    """
    told = list(health)
    page = Page(world, cast, watched=bool(told), beside=beside or Beside())
    server = BotApiServer(world, host=host, port=port, routes=[*page.routes(), *told, *more])
    server.app.on_shutdown.append(page.close)
    return server


class Page:
    def __init__(
        self, world: World, cast: Cast, *, watched: bool = False, beside: Beside | None = None
    ) -> None:
        self._world, self._watched, self._beside = world, watched, beside or Beside()
        self.cast = cast
        self._run = _run_of(world)
        self._stream = Stream(world, cast)
        self._deeds = Deeds(world, cast)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", _at_home(self._index)),
            web.get("/page/static/{path:.+}", _at_home(self._static)),
            web.get("/page/samples/{name}", _at_home(self._sample)),
            web.get("/page/snapshot", _at_home(self._snapshot)),
            web.get("/page/events", _at_home(self._events)),
            web.get("/page/file/{file_id}", _at_home(self._file)),
            web.post("/page/act", _at_home(self._act)),
        ]

    def begin_anew(self, cast: Cast) -> None:
        """The world was emptied, and other people stand in it."""
        self.cast.become(cast)
        self._run = _run_of(self._world)
        self._stream.begin_anew()

    def enter(self, part: Part) -> None:
        """Somebody has come."""
        self.cast.parts.append(part)
        self._stream.announce_people()

    async def close(self, _: web.Application) -> None:
        self._stream.close()

    async def _index(self, _: web.Request) -> web.StreamResponse:
        return serving.own("index.html", self._beside.origins)

    async def _static(self, request: web.Request) -> web.StreamResponse:
        return serving.own(request.match_info["path"])

    async def _sample(self, request: web.Request) -> web.StreamResponse:
        sample = serving.SAMPLES / request.match_info["name"]
        if sample.parent != serving.SAMPLES or not sample.is_file():
            raise web.HTTPNotFound
        return serving.foreign(request, await asyncio.to_thread(sample.read_bytes), sample.name)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        stored = self._world.files.get(request.match_info["file_id"])
        if stored is None:
            raise web.HTTPNotFound
        return serving.foreign(request, stored.data, request.query.get("name", stored.name))

    async def _snapshot(self, _: web.Request) -> web.StreamResponse:
        self._stream.flush()
        chats = self.cast.chats()
        return _json(
            {
                "run": self._run,
                "title": self.cast.title,
                "people": [showing.person(part) for part in self.cast.parts],
                "chats": [showing.chat(self.cast, c) | {"messages": showing.messages(c)} for c in chats],
                "calls": list(self._stream.calls),
                "watched": self._watched,
                "beside": self._beside.card(),
            }
        )

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: the browser reconnects by itself and then asks for a snapshot."""
        response = web.StreamResponse(headers=serving.HEADERS | {"Content-Type": "text/event-stream"})
        await response.prepare(request)
        # A browser that has gone is noticed only by writing to it.
        with self._stream.listen() as queue, contextlib.suppress(ConnectionResetError):
            while (line := await _next_line(queue)) is not None:
                await response.write(line + b"\n\n")
        return response

    async def _act(self, request: web.Request) -> web.StreamResponse:
        # A page from elsewhere cannot add a header of its own without asking first, and nobody answers it.
        if request.headers.get("X-Sandbox") != "page":
            raise web.HTTPForbidden
        try:
            act, files = await _form(request)
            if act.get("do") == "new_customer":
                return _json(self._new_customer())
            part, chat = self._place(act)
            return _json(await self._deeds.do(part, chat, act, files))
        except (DeedError, ValueError) as refusal:
            return _json({"error": str(refusal)}, status=400)

    def _place(self, act: Json) -> tuple[Part, Chat]:
        part = self.cast.part(act.get("as", 0))
        chat = next((c for c in part.chats if showing.key(c) == act.get("chat")), None) if part else None
        if part is None or chat is None:
            raise DeedError("nobody_there")
        return part, chat

    def _new_customer(self) -> Json:
        about = next(self.cast.newcomers, None)
        if about is None:
            raise DeedError("no_more_people")
        part = self.cast.add_customer(self._world, about)
        self._stream.announce_people()
        return {"person": part.account.id}


def _run_of(world: World) -> str:
    """A name for this run of the world: browsers that know another one look at everything again."""
    return f"{uuid4().hex[:12]}-{world.clock.date()}"


async def _next_line(queue: "asyncio.Queue[Json | None]") -> bytes | None:
    """The next change, or now and then a comment so that neither side takes the other for dead."""
    try:
        change = await asyncio.wait_for(queue.get(), PING_SECONDS)
    except TimeoutError:
        return b": still here"
    return None if change is None else b"data: " + _encoded(change)


def _at_home(handler: Handler) -> Handler:
    """Only for those who came by address: a name in Host may be a stranger's, pointed at this machine."""

    async def guarded(request: web.Request) -> web.StreamResponse:
        name = (request.url.host or "").strip("[]")
        if name != "localhost" and not _is_address(name):
            raise web.HTTPForbidden(text="Open the sandbox by its IP address or as localhost.")
        return await handler(request)

    return guarded


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


async def _form(request: web.Request) -> tuple[Json, list[Upload]]:
    form = await request.post()
    act = json.loads(str(form.get("act", "{}")))
    if not isinstance(act, dict):
        raise DeedError("unknown_deed")
    files = [
        Upload(await asyncio.to_thread(value.file.read), value.filename, value.content_type)
        for value in form.values()
        if isinstance(value, web.FileField)
    ]
    return act, files


def _json(body: Any, status: int = 200) -> web.Response:
    return web.Response(
        body=_encoded(body), status=status, headers=serving.HEADERS, content_type="application/json"
    )


def _encoded(body: Any) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), default=str).encode("utf-8", "replace")
