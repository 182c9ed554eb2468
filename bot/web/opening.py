"""Opens our door on the web, where there is to be one, before the desks are ready: somebody has to answer."""

from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from typing import TYPE_CHECKING

import structlog
from aiogram import Bot

from bot.config import Settings
from bot.engine.intake import Intake
from bot.engine.units import Units
from bot.health.tally import Tally
from bot.health.watch import Watch
from bot.telegram.client import Client

if TYPE_CHECKING:
    from bot.web.server import Routes

log = structlog.get_logger("web")


class WebDoor:
    """The listener with all that it serves, while it is entered.

    A webhook has to have it. By polling it is opened only if the configuration names an address, and where
    that address cannot be had, the desks go on without: people matter more than pages.
    """

    def __init__(self, settings: Settings, watch: Watch) -> None:
        from bot.web.alert_hooks import AlertHooks
        from bot.web.health_pages import HealthPages
        from bot.web.pages.leaving_pages import LeavingPages
        from bot.web.pages.status_pages import StatusPages
        from bot.web.server import WebServer
        from bot.web.webhook import Webhook
        from bot.web.whatsapp_hook import WhatsappReceipts

        self._hook = Webhook(settings) if settings.telegram.updates == "webhook" else None
        self._alerts = AlertHooks(settings)
        named = bool(settings.web.public_url) or "listen" in settings.web.model_fields_set
        self._receipts = WhatsappReceipts(settings)
        asked = self._alerts.wanted or self._receipts.wanted or named
        self._wanted = self._hook is not None or asked
        self._listen, pages = settings.web.listen, HealthPages(watch)
        self._status, self._leaving = StatusPages(settings), LeavingPages(settings)
        served: list[Routes] = [pages, self._status, self._leaving, self._alerts, self._receipts]
        served += [] if self._hook is None else [self._hook]
        self._server, self._stack = WebServer(*settings.web.address, served), AsyncExitStack()

    async def __aenter__(self) -> "WebDoor":
        if not self._wanted:
            return self
        try:
            await self._stack.enter_async_context(self._server)
        except OSError as error:
            if self._hook is not None:
                raise
            log.error("web.listen cannot be had: no pages", listen=self._listen, reason=error.strerror)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    @contextmanager
    def open_for(
        self, name: str, intake: Intake, client: Client, units: Units, tally: Tally
    ) -> Iterator[None]:
        """A desk is ready: its updates and alerts may come."""
        self._alerts.begin(name, units, tally)
        self._leaving.begin(name, units)
        self._receipts.begin(name, units, tally)
        if self._hook is not None:
            self._hook.begin(name, intake, client)
        try:
            yield
        finally:
            self.shut_for(name)

    def shows(self, name: str, units: Units, bot: Bot) -> None:
        """A desk can be looked at, also while another process serves it."""
        if self._wanted:
            self._status.begin(name, units, bot)

    def shut_for(self, name: str) -> None:
        """Another process serves the desk: who brings something here is sent away."""
        self._alerts.end(name)
        self._leaving.end(name)
        self._receipts.end(name)
        if self._hook is not None:
            self._hook.end(name)
