"""The addresses under /sandbox/, which Telegram does not have."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from aiohttp import web

from sandbox.accounts import Json
from sandbox.delivery import view
from sandbox.errors import ApiError
from sandbox.log import Call
from sandbox.remote.ruling import Ruling
from sandbox.remote.troupe import Troupe
from sandbox.world import World

MOST = 5_000


class Remote:
    """Give `routes()` to BotApiServer, and another process can work this world.

    `furnish` puts into an empty world what stands there from the start, and says what that is.
    """

    def __init__(self, world: World, furnish: Callable[[], Json] = dict) -> None:
        self._world = world
        self.troupe = Troupe(world)
        self._ruling = Ruling(world, self.troupe, furnish)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/sandbox/act", self._act),
            web.post("/sandbox/world", self._rule),
            web.get("/sandbox/log", self._log),
            web.get("/sandbox/history", self._history),
            web.get("/sandbox/state", self._state),
        ]

    async def _act(self, request: web.Request) -> web.Response:
        return await _each(request, self.troupe.act)

    async def _rule(self, request: web.Request) -> web.Response:
        async def rule(asked: Json) -> Any:
            return self._ruling.do(asked)

        return await _each(request, rule)

    async def _log(self, request: web.Request) -> web.Response:
        """Entries from `since` on, those that fit `method`, `kind`, `chat`; at most 5,000 at once."""
        query = request.query
        since = int(query.get("since", 0))
        found: list[Json] = []
        entries = self._world.log.entries
        for n in range(since, len(entries)):
            if len(found) == MOST:
                return _json({"entries": found, "next": n})
            entry = entries[n]
            name = entry.method if isinstance(entry, Call) else entry.kind
            wanted = query.get("method" if isinstance(entry, Call) else "kind")
            narrowed = "method" in query or "kind" in query
            if (narrowed and name != wanted) or query.get("chat", str(entry.chat)) != str(entry.chat):
                continue
            found.append({"type": type(entry).__name__.lower(), **asdict(entry)})
        return _json({"entries": found, "next": len(entries)})

    async def _history(self, request: web.Request) -> web.Response:
        """Messages of a chat (and topic), deleted ones marked; of a private chat also the bot."""
        query = request.query
        bot = self.troupe.bot(query["bot"]) if "bot" in query else None
        thread = int(query["thread"]) if "thread" in query else None
        try:
            messages = self._world.history(int(query["chat"]), thread, bot=bot)
        except (LookupError, ValueError) as error:
            return _json({"error": str(error)}, 400)
        since = int(query.get("since", 0))
        return _json([view(m) | _aside(m) for m in messages if m["message_id"] > since])

    async def _state(self, _: web.Request) -> web.Response:
        world = self._world
        bots = [
            {"id": bot.id, "username": bot.username, "token": bot.token, "pending": len(world.mail[bot.id])}
            for bot in world.bots.values()
        ]
        chats = [
            chat.card() | {"topics": [topic.card() for topic in chat.topics.values() if not topic.deleted]}
            for chat in world.groups.values()
        ]
        people = {who: {"id": person.id} for who, person in self.troupe.people.items()}
        return _json({"bots": bots, "chats": chats, "people": people, "log": len(world.log)})


async def _each(request: web.Request, deed: Callable[[Json], Awaitable[Any]]) -> web.Response:
    """One deed or a list of them, in order; the first that fails ends the list."""
    # a page in a browser could send a plain form here without asking; JSON it cannot
    if request.content_type != "application/json":
        return _json({"error": "send application/json"}, 415)
    asked = await request.json()
    results: list[Any] = []
    for one in asked if isinstance(asked, list) else [asked]:
        try:
            results.append(await deed(one))
        except (ApiError, AssertionError, LookupError, TypeError, ValueError) as error:
            failure = error.description if isinstance(error, ApiError) else str(error)
            return _json({"error": failure, "results": results}, 400)
    return _json({"results": results} if isinstance(asked, list) else {"result": results[0]})


def _aside(message: Json) -> Json:
    shown: Json = {"deleted": True} if message.get("_deleted") else {}
    held = [reaction for each in message.get("_reactions", {}).values() for reaction in each]
    return shown | ({"reactions": held} if held else {})


def _json(body: Any, status: int = 200) -> web.Response:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), default=str)
    return web.Response(body=text.encode("utf-8", "replace"), status=status, content_type="application/json")
