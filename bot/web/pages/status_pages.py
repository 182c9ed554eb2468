"""The public paths of every desk: each below /d/NAME/, and those of a single desk at the root too."""

import asyncio
from contextlib import suppress
from functools import partial

from aiogram import Bot
from aiohttp import web

from bot.config import Settings
from bot.engine.units import Units
from bot.profiles import public_url
from bot.web.pages.desk_pages import DeskPages, NothingToShowError
from bot.web.pages.drawing import tells_the_time
from bot.web.pages.languages import wanted
from bot.web.server import LATER
from broadcasts.feeds.painting import PublicPlace
from broadcasts.feeds.statuspage import PAGES

FEEDS = ("history.rss", "history.atom", "maintenance.ics", "embed.js")
PATHS = (*(f"api/v2/{name}.json" for name in PAGES), *FEEDS)
OPEN = {"Access-Control-Allow-Origin": "*"}
ASKING_FIRST = {
    **OPEN,
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}


class StatusPages:
    """Shows every desk of the file."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self._follow = settings, dict[str, str]()
        self._meeting = dict[str, asyncio.Task[None]]()
        self._desks = {name: DeskPages(partial(self._place, name)) for name in settings.desk}

    def add_to(self, app: web.Application) -> None:
        """The same paths for every desk."""
        for prefix in ("/d/{desk}/", *(["/"] if self._single is not None else [])):
            for path in PATHS:
                app.router.add_get(prefix + path, partial(self._show, path))
                app.router.add_route("OPTIONS", prefix + path, self._allow)
            app.router.add_get(prefix, partial(self._show, ""))
            app.router.add_get(prefix + "i/{incident:[0-9]{1,18}}", self._show_incident)
        app.router.add_get("/d/{desk}", self._lead_in)

    def begin(self, name: str, units: Units, bot: Bot) -> None:
        """A desk can be looked at."""
        self._desks[name].begin(units)
        self._meeting[name] = asyncio.create_task(self._meet(name, bot), name="bot's name")

    async def _meet(self, name: str, bot: Bot) -> None:
        """Find out how the bot is reached; without that its page does without."""
        with suppress(Exception):
            self._follow[name] = f"https://t.me/{(await bot.me()).username}"

    async def _show(self, path: str, request: web.Request) -> web.Response:
        desk = self._desks.get(request.match_info.get("desk", self._single or ""))
        if desk is None:
            raise web.HTTPNotFound
        try:
            page = await desk.page(path, wanted(request, of_people=tells_the_time(path)))
        except NothingToShowError:
            return web.Response(status=503, headers={**LATER, **OPEN})
        if page is None:
            raise web.HTTPNotFound
        return page.answer(request)

    async def _show_incident(self, request: web.Request) -> web.Response:
        return await self._show(f"i/{int(request.match_info['incident'])}", request)

    async def _lead_in(self, request: web.Request) -> web.Response:
        """Links of a page are relative to its folder."""
        desk = request.match_info["desk"]
        if desk not in self._desks:
            raise web.HTTPNotFound
        raise web.HTTPFound(f"{desk}/")

    async def _allow(self, _: web.Request) -> web.Response:
        return web.Response(status=204, headers=ASKING_FIRST)

    @property
    def _single(self) -> str | None:
        """The only desk there is."""
        return next(iter(self._desks)) if len(self._settings.desk) == 1 else None

    def _place(self, name: str) -> PublicPlace:
        return PublicPlace(public_url(self._settings, name), self._follow.get(name, ""))
