"""The webhook: Telegram posts updates to us, and is answered 200 once they are in the inbox."""

import asyncio
from typing import Any
from urllib.parse import urlsplit

import structlog
from aiohttp import web

from bot.config import Settings
from bot.engine.admission import number_of
from bot.engine.intake import Brought, Intake
from bot.engine.telling import describe
from bot.engine.verdicts import CallAccepted
from bot.telegram.apart import parsed
from bot.telegram.client import Client
from bot.telegram.poller import WANTED
from bot.web.server import LATER, whole_body
from bot.web.webhook_secrets import secrets_of

log = structlog.get_logger("web")

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
AGAIN = 10.0
"""Seconds until setWebhook is tried once more."""


class Webhook:
    """Takes updates in for all desks of the file: each at its own path, each with its own secret."""

    def __init__(self, settings: Settings) -> None:
        self._url = settings.telegram.webhook.url.rstrip("/")
        self._secrets = secrets_of(settings)
        self._intakes: dict[str, Intake] = {}
        self._decided = {name: asyncio.Event() for name in settings.desk}
        self._announcing: dict[str, asyncio.Task[None]] = {}
        self._taking: set[asyncio.Task[Brought]] = set()

    def add_to(self, app: web.Application) -> None:
        """Each desk's own path below the public one."""
        app.router.add_post(urlsplit(self._url).path.rstrip("/") + "/{desk}", self._receive)

    def begin(self, name: str, intake: Intake, client: Client) -> None:
        """A desk is ready: tell Telegram where to bring its updates."""
        self._intakes[name] = intake
        self._decided[name].set()
        self._announcing[name] = asyncio.create_task(self._announce(name, client))

    def end(self, name: str) -> None:
        """Take no more updates of a desk in: Telegram brings them again, here or to who serves it then."""
        self._intakes.pop(name, None)
        self._decided[name].set()
        announcing = self._announcing.pop(name, None)
        if announcing is not None:
            announcing.cancel()

    async def _receive(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        desk = request.match_info["desk"]
        fitting = [name for name, secrets in self._secrets.items() if secrets.opens(given)]
        if not fitting or (desk in self._secrets and desk not in fitting):
            return web.Response(status=401)
        if desk not in self._secrets:
            return web.Response(status=404)
        update = _update(await whole_body(request))
        if update is None:
            return web.Response(status=400)
        return await self._take(desk, update)

    async def _take(self, desk: str, update: dict[str, Any]) -> web.Response:
        """Answer 200 once the update is in the inbox; whatever keeps it out, Telegram tries again."""
        await self._decided[desk].wait()  # who comes while we start waits a little
        intake = self._intakes.get(desk)
        if intake is None:
            return web.Response(status=503, headers=LATER)
        taking = asyncio.create_task(intake.take([update]))
        self._taking.add(taking)
        taking.add_done_callback(self._taking.discard)
        try:  # whoever asked may give up waiting: what was begun is finished, or nobody would look at it
            await asyncio.shield(taking)
        except asyncio.CancelledError:
            if not taking.done():
                raise
            return web.Response(status=503, headers=LATER)  # another process serves the bot by now
        except Exception as error:
            log.error("an update could not be taken in", desk=desk, error=describe(error))
            return web.Response(status=503, headers=LATER)
        return web.Response()

    async def _announce(self, name: str, client: Client) -> None:
        """Tell Telegram where to bring the desk's updates; until it listens, try again."""
        call = {
            "method": "setWebhook",
            "url": f"{self._url}/{name}",
            "secret_token": self._secrets[name].told,
            "allowed_updates": WANTED,
        }
        while not isinstance(verdict := await client.call(call), CallAccepted):
            reason = getattr(verdict, "description", type(verdict).__name__)
            log.error("the webhook could not be set", desk=name, reason=reason)
            await asyncio.sleep(AGAIN)


def _update(body: bytes) -> dict[str, Any] | None:
    """What was brought, if it can be an update at all."""
    try:
        update = parsed(body)
    except ValueError:
        return None
    return update if number_of(update) is not None else None
