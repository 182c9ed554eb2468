"""The client of the Bot API: makes one call and returns its verdict."""

import json
import re
import time
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Protocol

from aiogram import Bot, methods
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods.base import TelegramType
from aiohttp import ClientSession, FormData
from pydantic import ValidationError

from bot.engine.verdicts import (
    CallAccepted,
    CallFailed,
    CallRefused,
    ChatClosed,
    ChatMoved,
    ChatUnreachable,
    FrontUnreachable,
    RateLimited,
    Verdict,
)
from bot.telegram.apart import apart, parsed
from bot.telegram.refusals import OUT_OF_REACH
from bot.telegram.route import PROXY_TROUBLE, TROUBLE, NotSentError, Route, TimedBody
from bot.telegram.routes import TelegramRoutes
from bot.telegram.uploads import Call, has_files, with_files

RETRY_AFTER = re.compile(r"retry after (\d+)")
PATIENCE = 30
"""Seconds to wait for an answer."""
NO_FILE = "the file cannot be read"
UNSAID_PAUSE = 5.0
"""Seconds to wait after a 429 that does not say how long."""
POLL = "getUpdates"
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class BotSession(AiohttpSession):
    """Aiogram's session over the routes, for what aiogram calls itself: downloads, and checks."""

    def __init__(self, routes: TelegramRoutes, **more: Any) -> None:
        self.routes = routes
        super().__init__(**more)

    @property
    def api(self) -> TelegramAPIServer:
        """The Bot API server of the route that is taken now."""
        return self.routes.current.api

    @api.setter
    def api(self, _: TelegramAPIServer) -> None:
        """The routes decide."""

    async def make_request(
        self,
        bot: Bot,
        method: methods.TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - as aiogram has it
    ) -> TelegramType:
        """Make one call of aiogram's own; what goes wrong in a proxy is trouble of the network too."""
        route = self.routes.current
        try:
            return await super().make_request(bot, method, timeout)
        except PROXY_TROUBLE as error:
            self.routes.failed(route, type(error).__name__)
            raise TelegramNetworkError(method, type(error).__name__) from error

    async def stream_content(self, url: str, *args: Any, **more: Any) -> AsyncGenerator[bytes, None]:
        """The parts of a file; raises OSError for what goes wrong in a proxy."""
        try:
            async for part in super().stream_content(url, *args, **more):
                yield part
        except PROXY_TROUBLE as error:
            raise ConnectionError(type(error).__name__) from error

    async def create_session(self) -> ClientSession:
        """The connections of the route that is taken now."""
        return self.routes.current.session()

    async def close(self) -> None:
        """Close the connections."""
        await self.routes.close()


Payload = Callable[[], bytes | FormData]
"""Makes what a call is to carry; a form can be sent only once."""


class Gate(Protocol):
    """Whether this process is the one that may call Telegram."""

    async def passage(self) -> None:
        """Wait until it surely is; raise a cancellation if it will never be again."""

    def surely(self) -> bool:
        """Whether it is at this moment."""


class OpenGate:
    """Lets every call pass."""

    async def passage(self) -> None:
        """At once."""

    def surely(self) -> bool:
        """Always."""
        return True


class Client:
    """Calls Telegram for one bot, as long as the gate lets it.

    A call without files goes as JSON, which costs a third of a form; aiogram builds the forms.
    """

    def __init__(self, bot: Bot, session: BotSession, gate: Gate | None = None) -> None:
        self._bot, self._session, self._routes = bot, session, session.routes
        self._gate = gate or OpenGate()
        self.heard: Callable[[str, Verdict, float], None] = lambda method, verdict, seconds: None
        """Called with each call's method, its verdict, and how long that took."""

    async def call(self, call: Call, patience: int | None = None) -> Verdict:
        """Make one call; never raises for what Telegram or the network do."""
        payload = await self._form(call) if has_files(call) else partial(bytes, _as_json(call))
        if isinstance(payload, CallRefused):
            return payload
        begun = time.monotonic()
        verdict = await self._post(call["method"], payload, patience or PATIENCE, call.get("chat_id", 0))
        self.heard(call["method"], verdict, time.monotonic() - begun)
        return verdict

    async def _form(self, call: Call) -> Payload | CallRefused:
        """The form of a call with files; refused if one cannot be read, or does not fit the API."""
        try:
            parameters = await with_files(call)
        except OSError as error:
            return CallRefused(f"{NO_FILE}: {error.strerror or type(error).__name__}")
        try:
            method = _model(parameters.pop("method"))(**parameters)
        except ValidationError as error:
            return CallRefused(f"the call does not fit the Bot API: {error.error_count()} mistakes")
        return partial(self._session.build_form_data, self._bot, method)

    async def _post(self, name: str, payload: Payload, patience: int, chat_id: int) -> Verdict:
        """Call by the route that is taken now; where no connection comes about, at once by the next one."""
        tried: set[Route] = set()
        while True:
            await self._gate.passage()
            route = self._routes.current
            verdict = await self._by(route, name, payload(), patience, chat_id)
            if verdict is None:
                continue
            tried.add(route)
            if not isinstance(verdict, _NoConnection):
                return verdict
            self._routes.failed(route, verdict.reason)
            if self._routes.current in tried:
                return FrontUnreachable(verdict.reason)

    async def _by(
        self, route: Route, name: str, data: bytes | FormData, patience: int, chat_id: int
    ) -> "Verdict | _NoConnection | None":
        """Call by one route; None if the gate was shut at the last moment, and nothing was sent."""
        url = route.api.api_url(token=self._bot.token, method=name)
        call = route.call(patience, idle=name == POLL, surely=self._gate.surely)
        body = TimedBody(data, call) if isinstance(data, bytes) else data
        try:
            async with call, route.session().post(url, data=body, trace_request_ctx=call) as answer:
                verdict = _verdict(answer.status, await answer.read(), chat_id)
        except NotSentError:
            return None
        except TROUBLE as error:
            if call.not_sent:
                return None
            if not call.sent and not call.queued:
                return _NoConnection(type(error).__name__)
            if call.sent:
                self._routes.doubt(route)
            return CallFailed(type(error).__name__, ambiguous=call.sent)
        if isinstance(verdict, CallFailed | FrontUnreachable):
            self._routes.doubt(route)
        else:
            self._routes.answered(route)
        return verdict


@dataclass(frozen=True, slots=True)
class _NoConnection:
    """No connection came about, so nothing was sent."""

    reason: str


@cache
def _model(name: str) -> type[methods.TelegramMethod[Any]]:
    model: type[methods.TelegramMethod[Any]] = getattr(methods, name[0].upper() + name[1:])
    return model


def _as_json(call: Call) -> bytes:
    """The parameters of a call without files."""
    given = {key: value for key, value in call.items() if value is not None and key != "method"}
    return ENCODER.encode(given).encode("utf-8", "surrogatepass")


def _verdict(status: int, body: bytes, chat_id: int) -> Verdict:
    """The verdict of a response, which a proxy in between may have written."""
    try:
        answer = parsed(body)
    except ValueError:
        found = apart(body)
        answer = None if found is None else {"ok": True, "result": found}
    if not isinstance(answer, dict) or not isinstance(answer.get("ok"), bool):
        return CallFailed("the answer was no JSON", ambiguous=True)
    if answer["ok"] and status < 300:
        return CallAccepted(answer.get("result"))
    description = str(answer.get("description", ""))
    parameters = answer.get("parameters")
    told = _told(parameters) if isinstance(parameters, dict) else None
    return told or _refusal(status, description, chat_id)


def _told(parameters: Mapping[str, Any]) -> Verdict | None:
    """The fields that Telegram adds to a refusal: a rest, a group's new id."""
    match parameters:
        case {"retry_after": int(seconds)}:
            return RateLimited(float(seconds))
        case {"migrate_to_chat_id": int(chat_id)}:
            return ChatMoved(chat_id)
    return None


def _refusal(status: int, description: str, chat_id: int) -> Verdict:
    if status == 401 or (status == 404 and description == "Not Found"):
        return FrontUnreachable(description)  # the token is refused, or there is no Bot API at the address
    if status == 403:
        return ChatClosed(description) if chat_id > 0 else ChatUnreachable(description)
    if status >= 500:
        return CallFailed(description, ambiguous=False)
    if "Too Many Requests" in description:
        said = RETRY_AFTER.search(description)
        return RateLimited(float(said[1]) if said else UNSAID_PAUSE)
    refused = CallRefused(description)
    if not refused.says(*OUT_OF_REACH):
        return refused
    return ChatClosed(description) if chat_id > 0 else ChatUnreachable(description)
