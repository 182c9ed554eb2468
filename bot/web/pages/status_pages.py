"""The public paths of every desk: each below /d/NAME/, and those of a single desk at the root too."""

from functools import partial

from aiogram import Bot
from aiohttp import web

from bot.config import Settings
from bot.engine.units import Units
from bot.web.pages.desk_pages import DeskPages, NothingToShowError
from bot.web.server import LATER
from broadcasts.feeds.painting import PublicPlace
from broadcasts.feeds.statuspage import PAGES

PATHS = (*(f"api/v2/{name}.json" for name in PAGES), "history.rss", "history.atom", "maintenance.ics")
ASKING_FIRST = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}


class StatusPages:
    """Shows every desk of the file."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self._bots = settings, dict[str, Bot]()
        self._desks = {name: DeskPages(partial(self._place, name)) for name in settings.desk}

    def add_to(self, app: web.Application) -> None:
        """The same paths for every desk."""
        for prefix in ("/d/{desk}/", *(["/"] if self._single is not None else [])):
            for path in PATHS:
                app.router.add_get(prefix + path, partial(self._show, path))
                app.router.add_route("OPTIONS", prefix + path, self._allow)

    def begin(self, name: str, units: Units, bot: Bot) -> None:
        """A desk can be looked at."""
        self._bots[name] = bot
        self._desks[name].begin(units)

    async def _show(self, path: str, request: web.Request) -> web.Response:
        desk = self._desks.get(request.match_info.get("desk", self._single or ""))
        if desk is None:
            raise web.HTTPNotFound
        try:
            page = await desk.page(path, _wanted(request))
        except NothingToShowError:
            return web.Response(status=503, headers=LATER)
        if page is None:
            raise web.HTTPNotFound
        return page.answer(request)

    async def _allow(self, _: web.Request) -> web.Response:
        return web.Response(status=204, headers=ASKING_FIRST)

    @property
    def _single(self) -> str | None:
        """The only desk there is."""
        return next(iter(self._desks)) if len(self._settings.desk) == 1 else None

    def _place(self, name: str) -> PublicPlace:
        web_settings = self._settings.web
        base = web_settings.public_url.rstrip("/") or f"http://{web_settings.listen}"
        return PublicPlace(base if self._single else f"{base}/d/{name}")


def _wanted(request: web.Request) -> str:
    """The language that is asked for."""
    return request.query.get("language", "")
