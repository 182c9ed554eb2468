"""JSON over HTTP to another company's server: every ending of a request as a value without secrets."""

import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import certifi
from aiohttp import (
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    TCPConnector,
    TraceConfig,
)

from desk.letters.letter import LetterLate, LetterUncertain

CONNECTING, NO_CONNECTION = 8.0, 15.0
"""Seconds to wait for a connection, and after there was none."""
PATIENCE = 20.0
"""Seconds for a whole request."""
MOST = 64 * 1024
"""Bytes of an answer that are read; what is longer is no answer of these servers."""
CONNECTIONS = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said: the status, the JSON if there is any, and for how long it asks to wait."""

    status: int
    body: Any
    retry_after: float | None = None

    @property
    def fields(self) -> Mapping[str, Any]:
        """The JSON as a table; an empty one if it is none."""
        return self.body if isinstance(self.body, dict) else {}


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """No answer came, or half of one; `sent`: the request had gone out, so it may have been carried out."""

    reason: str
    sent: bool

    @property
    def outcome(self) -> LetterLate | LetterUncertain:
        """What that means for a letter."""
        return LetterUncertain(self.reason) if self.sent else LetterLate(self.reason, NO_CONNECTION)


class _Progress:
    sent = False


class JsonServer:
    """Requests to one server, with what they all carry; connections are kept for a run of them."""

    def __init__(
        self, url: str, headers: Mapping[str, str], ca_file: str = "", patience: float = PATIENCE
    ) -> None:
        self._url, self._headers, self._ca_file = url.rstrip("/"), dict(headers), ca_file
        self._patience = patience
        self._session: ClientSession | None = None

    async def get(self, path: str, params: Mapping[str, str] | None = None) -> Answer | NoAnswer:
        """Ask for something."""
        return await self._request("GET", path, params, None)

    async def post(
        self, path: str, body: Mapping[str, Any], params: Mapping[str, str] | None = None
    ) -> Answer | NoAnswer:
        """Send something."""
        return await self._request("POST", path, params, body)

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _request(
        self, method: str, path: str, params: Mapping[str, str] | None, body: Mapping[str, Any] | None
    ) -> Answer | NoAnswer:
        progress = _Progress()
        try:
            async with self._opened().request(
                method,
                f"{self._url}/{path}",
                params=params,
                json=body,
                allow_redirects=False,
                trace_request_ctx=progress,
            ) as answer:
                return Answer(answer.status, await _json_of(answer), _rest_of(answer))
        except (ClientError, OSError, ValueError) as error:
            return NoAnswer(type(error).__name__, progress.sent)

    def _opened(self) -> ClientSession:
        if self._session is None or self._session.closed:
            self._session = ClientSession(
                connector=TCPConnector(ssl=trusted(self._ca_file), limit=CONNECTIONS),
                headers=self._headers,
                timeout=ClientTimeout(total=self._patience, sock_connect=min(CONNECTING, self._patience)),
                cookie_jar=DummyCookieJar(),
                trace_configs=[_tracing()],
            )
        return self._session


async def _json_of(answer: ClientResponse) -> Any:
    """The decoded body; None if it is no JSON, or too long to be one."""
    raw = bytearray()
    async for part in answer.content.iter_any():
        raw += part
        if len(raw) > MOST:
            return None
    try:
        return json.loads(raw)
    except ValueError:
        return None


def _rest_of(answer: ClientResponse) -> float | None:
    said = answer.headers.get("Retry-After", "")
    return float(said) if said.isascii() and said.isdigit() else None


def _tracing() -> TraceConfig:
    async def gone_out(_session: object, context: Any, _params: object) -> None:
        context.trace_request_ctx.sent = True

    tracing = TraceConfig()
    tracing.on_request_headers_sent.append(gone_out)
    return tracing


@cache
def trusted(ca_file: str) -> ssl.SSLContext:
    """The authorities that are trusted everywhere, and those of the file beside them."""
    context = ssl.create_default_context(cafile=certifi.where())
    if ca_file:
        context.load_verify_locations(cafile=ca_file)
    return context
