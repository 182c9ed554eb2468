"""Tells hooks what stands in the database for them: signed, in turn, again and again until it arrives."""

import asyncio
import hashlib
import hmac
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector

from bot.channels.guarded_resolver import GuardedResolver, PrivateAddressError, is_public
from bot.config import Desk
from bot.engine.telling import describe
from bot.engine.units import Units
from bot.profiles import hook
from desk.hook import Hook
from storage.hooks import HookDelivery

log = structlog.get_logger("hooks")

PATIENCE = 10.0
"""Seconds for one attempt, from the connection to the status."""
LOOK_EVERY = 30.0
"""Seconds between looks at what is due, if nothing was told meanwhile."""
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (5, 30, 120, 600, 1800))
LAST_PAUSE = timedelta(hours=1)
"""Between two attempts, growing."""
TRYING = timedelta(days=3)
"""After so long a delivery is given up."""
OK = range(200, 300)


@dataclass(frozen=True, slots=True)
class HookTarget:
    """Where a hook is, with what it is signed by; a private one may be in our own network."""

    hook: Hook
    url: str
    secret: str
    private: bool


def targets_of(desk: Desk) -> list[HookTarget]:
    """The hooks of a desk, as it is configured."""
    return [
        HookTarget(hook(each.url), each.url, each.secret.get_secret_value(), each.private)
        for each in desk.webhooks
    ]


class HookSender:
    """Serves all hooks of a desk side by side: one that hangs holds up no other."""

    def __init__(self, units: Units, targets: Sequence[HookTarget]) -> None:
        self._units, self._targets = units, targets
        self._rung = {each.hook.key: asyncio.Event() for each in targets}
        if targets:
            units.on_incidents.append(self._ring)

    def _ring(self) -> None:
        for each in self._rung.values():
            each.set()

    async def run(self) -> None:
        """Serve until cancelled; what was not kept as arrived is told again after that."""
        await asyncio.gather(*map(self._serve, self._targets))

    async def _serve(self, target: HookTarget) -> None:
        rung = self._rung[target.hook.key]
        async with _session(target) as session:
            while True:
                rung.clear()
                try:
                    while await self._tell_next(target, session):
                        pass
                except Exception as error:
                    log.warning("a hook could not be served; it is tried again", error=describe(error))
                with suppress(TimeoutError):
                    async with asyncio.timeout(await self._pause(target)):
                        await rung.wait()

    async def _pause(self, target: HookTarget) -> float:
        """Seconds until the next attempt is due, or until we look again."""
        try:
            at = await self._units.look(lambda rooms: rooms.stores.hooks.next_at(target.hook))
        except Exception:
            return LOOK_EVERY
        due_in = LOOK_EVERY if at is None else (at - self._units.clock()).total_seconds()
        return min(max(due_in, 0.05), LOOK_EVERY)

    async def _tell_next(self, target: HookTarget, session: ClientSession) -> bool:
        """Tell what is due next; False if nothing is."""
        due = await self._units.look(lambda rooms: rooms.stores.hooks.due(target.hook, rooms.now))
        if due is None:
            return False
        arrived, answer = await self._tell(target, session, due)
        at = self._units.clock()
        again = None if at - due.made_at > TRYING else at + pause_after(due.attempts)
        if arrived:
            await self._units.write(lambda rooms: rooms.stores.hooks.arrived(due.id, answer, at))
        else:
            await self._units.write(lambda rooms: rooms.stores.hooks.tried(due.id, answer, at, again))
        return True

    async def _tell(self, target: HookTarget, session: ClientSession, due: HookDelivery) -> tuple[bool, str]:
        """Post it once: whether it arrived, and what came back."""
        body = due.body.encode()
        headers = headers_of(target, due.id, body, round(self._units.clock().timestamp()))
        try:
            host = urlsplit(target.url).hostname or ""
            if not target.private and _is_number(host) and not is_public(host):
                raise PrivateAddressError
            async with session.post(target.url, data=body, headers=headers, allow_redirects=False) as answer:
                answer.close()  # whatever else it says, nobody reads it
                return answer.status in OK, str(answer.status)
        except TimeoutError:
            return False, "timeout"
        except (ClientError, OSError, ValueError) as error:
            private = isinstance(error, PrivateAddressError) or isinstance(
                error.__cause__, PrivateAddressError
            )
            return False, "private address" if private else _named(error)


def pause_after(attempts: int) -> timedelta:
    """How long to wait after an attempt that failed, when there were so many before it."""
    return PAUSES[attempts] if attempts < len(PAUSES) else LAST_PAUSE


def headers_of(target: HookTarget, number: int, body: bytes, now: int) -> dict[str, str]:
    """What goes with a delivery: its number, and the proof that it is ours and of now."""
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Otklik",
        "X-Otklik-Delivery": str(number),
    }
    if target.secret:
        signed = hmac.new(target.secret.encode(), f"{now}.".encode() + body, hashlib.sha256).hexdigest()
        headers["X-Otklik-Signature"] = f"t={now},v1={signed}"
    return headers


def _session(target: HookTarget) -> ClientSession:
    resolver = None if target.private else GuardedResolver()
    connector = TCPConnector(limit=1, resolver=resolver, use_dns_cache=False, force_close=True)
    patience = ClientTimeout(total=PATIENCE)
    return ClientSession(connector=connector, timeout=patience, cookie_jar=DummyCookieJar(), trust_env=False)


def _is_number(host: str) -> bool:
    """Whether a host is an address already, which no resolver is asked about."""
    return ":" in host or host.replace(".", "").isdigit()


def _named(error: Exception) -> str:
    """An error's kind in a word or two, without what it says."""
    if PrivateAddressError in {type(error), type(error.__cause__), type(getattr(error, "os_error", None))}:
        return "private address"
    return {"ClientConnectorError": "no connection", "ServerDisconnectedError": "reset"}.get(
        type(error).__name__, "no answer"
    )
