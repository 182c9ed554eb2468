"""/hooks/SOURCE/TOKEN: monitoring posts alerts, and is answered 202 once they are kept."""

import asyncio
import hmac
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import structlog
from aiohttp import web

from bot.config import Settings
from bot.engine.telling import describe
from bot.engine.units import Units
from bot.health.tally import Tally
from bot.rooms.desk_rooms import DeskRooms
from bot.telegram.apart import parsed
from bot.web.server import LATER, whole_body
from broadcasts.alerts.alert import HOOKED, Alert, AlertSource, UnreadAlert
from broadcasts.alerts.reading.read import read

log = structlog.get_logger("web")

BODY = 2**18
"""Bytes of a message; five hundred alerts of Alertmanager's fit."""
AT_ONCE = 50
"""So many alerts are kept in one transaction: people wait behind it."""
BURST, A_SECOND = 600, 5.0
"""So many messages may come at once with one token, and so many a second after that."""
SOURCES = "|".join(HOOKED)
FRESH = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


class HookAllowance:
    """How many messages may still come with one token."""

    def __init__(self) -> None:
        self._left, self._at = float(BURST), time.monotonic()

    def takes(self) -> bool:
        """Take one, if one is left."""
        now = time.monotonic()
        self._left, self._at = min(BURST, self._left + (now - self._at) * A_SECOND), now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class AlertHooks:
    """The addresses of all desks, a single one's at the root too. An unknown token is told nothing."""

    def __init__(self, settings: Settings) -> None:
        self._tokens = {name: desk.alerts.tokens() for name, desk in settings.desk.items()}
        self._allowed = {
            (name, source): HookAllowance() for name, tokens in self._tokens.items() for source in tokens
        }
        self._open: dict[str, tuple[Units, Tally]] = {}
        self._decided = {name: asyncio.Event() for name in settings.desk}
        self._keeping: set[asyncio.Task[None]] = set()

    @property
    def wanted(self) -> bool:
        """Whether anybody may post."""
        return any(self._tokens.values())

    def add_to(self, app: web.Application) -> None:
        """The same address twice."""
        for prefix in ("", "/d/{desk}"):
            app.router.add_post(f"{prefix}/hooks/{{source:{SOURCES}}}/{{token}}", self._receive)

    def begin(self, name: str, units: Units, tally: Tally) -> None:
        """A desk is ready."""
        self._open[name] = units, tally
        self._decided[name].set()

    def end(self, name: str) -> None:
        """Another process serves it, or none."""
        self._open.pop(name, None)
        self._decided[name].set()

    async def _receive(self, request: web.Request) -> web.Response:
        source = AlertSource(request.match_info["source"])
        desk = self._desk(request, source)
        if not self._allowed[desk, source].takes():
            self._count(desk, source, "too_many")
            return _said(429, "too many messages with this token", headers={"Retry-After": "5"})
        try:
            found = _alerts(source, await whole_body(request, BODY))
        except web.HTTPRequestEntityTooLarge:
            self._count(desk, source, "too_large")
            return _said(413, f"a message has {BODY} bytes at most")
        if isinstance(found, UnreadAlert):
            self._count(desk, source, "unread")
            return _said(422, found.lacks)
        return await self._keep(desk, source, found)

    def _desk(self, request: web.Request, source: AlertSource) -> str:
        """Whose token it is; every token there is gets compared, so that nothing is learnt from the time."""
        given = request.match_info["token"].encode("utf-8", "surrogateescape")
        named = request.match_info.get("desk")
        if named is None:
            named = next(iter(self._tokens)) if len(self._tokens) == 1 else ""
        fitting = [
            name
            for name, tokens in self._tokens.items()
            if hmac.compare_digest(given, tokens.get(source, "").encode()) and source in tokens
        ]
        if named in fitting:
            return named
        if named in self._tokens:
            self._count(named, source, "no_such_token")
        raise web.HTTPNotFound

    async def _keep(self, desk: str, source: AlertSource, found: Sequence[Alert]) -> web.Response:
        """Answer 202 once all of it is kept; whoever is told to come again later may."""
        await self._decided[desk].wait()
        if desk not in self._open:
            return _said(503, "another process serves this desk", headers=LATER)
        units, tally = self._open[desk]
        keeping = asyncio.create_task(_kept(units, found))
        self._keeping.add(keeping)
        keeping.add_done_callback(self._keeping.discard)
        try:  # whoever posts may hang up: what was begun is finished
            await asyncio.shield(keeping)
        except asyncio.CancelledError:
            if not keeping.done():
                raise
            return _said(503, "another process serves this desk", headers=LATER)
        except Exception as error:
            log.error("alerts could not be kept", desk=desk, source=source.value, error=describe(error))
            tally.alerts[source.value, "failed"] += 1
            return _said(503, "not kept: post it again", headers=LATER)
        tally.alerts[source.value, "taken"] += len(found)
        return web.json_response({"taken": len(found)}, status=202, headers=FRESH)

    def _count(self, desk: str, source: AlertSource, what: str) -> None:
        if desk in self._open:
            _, tally = self._open[desk]
            tally.alerts[source.value, what] += 1


def _alerts(source: AlertSource, body: bytes) -> Sequence[Alert] | UnreadAlert:
    try:
        return read(source, parsed(body))
    except ValueError:
        return UnreadAlert("the body must be JSON")


async def _kept(units: Units, found: Sequence[Alert]) -> None:
    for part in _parts(found):
        await units.write(partial(_take, part))


def _take(part: Sequence[Alert], rooms: DeskRooms) -> None:
    rooms.managers.alerts.intake.take(part)


def _parts(found: Sequence[Alert]) -> Iterator[Sequence[Alert]]:
    for start in range(0, len(found), AT_ONCE):
        yield found[start : start + AT_ONCE]


def _said(status: int, error: str, headers: Mapping[str, str] | None = None) -> web.Response:
    return web.json_response({"error": error}, status=status, headers={**FRESH, **(headers or {})})
