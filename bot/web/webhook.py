"""The webhook: Telegram posts updates to us, and is answered 200 once they are in the inbox."""

import asyncio
import hmac
import json
from collections.abc import Mapping
from urllib.parse import urlsplit

import structlog
from aiohttp import web

from bot.config import Settings
from bot.engine.intake import Intake
from bot.engine.verdicts import CallAccepted
from bot.telegram.client import Client
from bot.telegram.poller import WANTED

log = structlog.get_logger("web")

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
AGAIN = 10.0
"""Seconds until setWebhook is tried once more."""


class Webhook:
    """Takes updates in for all desks of the file: each at its own path, all with one secret."""

    def __init__(
        self, settings: Settings, intakes: Mapping[str, Intake], clients: Mapping[str, Client]
    ) -> None:
        self._settings, self._intakes, self._clients = settings, intakes, clients
        self._secret = settings.telegram.webhook.secret.get_secret_value()
        self._announcing: list[asyncio.Task[None]] = []

    def add_to(self, app: web.Application) -> None:
        """Each desk's own path below the public one."""
        path = urlsplit(self._settings.telegram.webhook.url).path.rstrip("/")
        app.router.add_post(path + "/{desk}", self._receive)

    async def __aenter__(self) -> "Webhook":
        """Tell Telegram where to bring updates; whoever enters listens already."""
        self._announcing = [asyncio.create_task(self._announce(name)) for name in self._intakes]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._announcing:
            task.cancel()

    async def _receive(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret.encode()):
            return web.Response(status=401)
        intake = self._intakes.get(request.match_info["desk"])
        if intake is None:
            return web.Response(status=404)
        try:
            update = json.loads(await request.read())
        except ValueError:
            return web.Response(status=400)
        if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
            return web.Response(status=400)
        await intake.take([update])
        return web.Response()

    async def _announce(self, name: str) -> None:
        """Tell Telegram where to bring the desk's updates; until it listens, try again."""
        call = {
            "method": "setWebhook",
            "url": f"{self._settings.telegram.webhook.url.rstrip('/')}/{name}",
            "secret_token": self._secret,
            "allowed_updates": WANTED,
        }
        while not isinstance(verdict := await self._clients[name].call(call), CallAccepted):
            log.error("the webhook could not be set", desk=name, reason=str(verdict))
            await asyncio.sleep(AGAIN)
