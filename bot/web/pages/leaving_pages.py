"""/u/TOKEN: where somebody ends letters to their address, by one press or by their mail program's own button.

Looking at the page ends nothing: programs that guard mailboxes open every link before a person does.
"""

import asyncio

import structlog
from aiohttp import web

from bot.config import Settings
from bot.engine.telling import describe
from bot.engine.units import Units
from bot.web.pages.languages import wanted
from bot.web.pages.layout import policy, style, templates
from bot.web.server import LATER
from desk.letters.letter import BackupAddress
from desk.profile import Profile

log = structlog.get_logger("web")

UNSEEN = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


class LeavingPages:
    """The pages of every desk, a single one's at the root too."""

    def __init__(self, settings: Settings) -> None:
        self._single = next(iter(settings.desk)) if len(settings.desk) == 1 else ""
        self._open: dict[str, Units] = {}
        self._decided = {name: asyncio.Event() for name in settings.desk}

    def add_to(self, app: web.Application) -> None:
        """The same page twice; mail programs post what a person presses."""
        for prefix in ("", "/d/{desk}"):
            app.router.add_get(f"{prefix}/u/{{token}}", self._show)
            app.router.add_post(f"{prefix}/u/{{token}}", self._leave)

    def begin(self, name: str, units: Units) -> None:
        """A desk is ready."""
        self._open[name] = units
        self._decided[name].set()

    def end(self, name: str) -> None:
        """Another process serves it, or none."""
        self._open.pop(name, None)
        self._decided[name].set()

    async def _show(self, request: web.Request) -> web.Response:
        """Ask for the press, or say that it was done already."""
        units = await self._units(request)
        at = units.profile.leave.read(request.match_info["token"])
        if at is None:
            return _page(request, units.profile, "unknown")
        return _page(request, units.profile, "done" if await _has_left(units, at) else "ask", at)

    async def _leave(self, request: web.Request) -> web.Response:
        """End letters to the address; what the request says beside that is not read."""
        units = await self._units(request)
        at = units.profile.leave.read(request.match_info["token"])
        if at is None:
            return _page(request, units.profile, "unknown")
        if not await _has_left(units, at):
            await units.write(lambda rooms: rooms.stores.addresses.withdraw(at, rooms.now))
            log.info("somebody wants no more letters", desk=units.profile.desk, channel=at.channel)
        return _page(request, units.profile, "done", at)

    async def _units(self, request: web.Request) -> Units:
        """The desk's; whoever comes while we start waits a little."""
        name = request.match_info.get("desk", self._single)
        if name not in self._decided:
            raise web.HTTPNotFound
        await self._decided[name].wait()
        if name not in self._open:
            raise web.HTTPServiceUnavailable(headers=LATER)
        return self._open[name]


async def _has_left(units: Units, at: BackupAddress) -> bool:
    try:
        return bool(await units.look(lambda rooms: rooms.stores.addresses.withdrawn([at])))
    except Exception as error:
        log.error("nobody can leave the letters just now", desk=units.profile.desk, error=describe(error))
        raise web.HTTPServiceUnavailable(headers=LATER) from None


def _page(request: web.Request, profile: Profile, how: str, at: BackupAddress | None = None) -> web.Response:
    from markupsafe import Markup

    texts = profile.texts
    spoken = (texts.best(each, default="") for each in wanted(request))
    language = next(filter(None, spoken), profile.language)
    body = (
        templates()
        .get_template("leaving.j2")
        .render(
            style=Markup(style()),  # noqa: S704 - our own file
            language=language,
            name=profile.company,
            title=texts.plain(f"page.leave.{how}", language),
            more=texts.plain(f"page.leave.{how}.more", language),
            button=texts.plain("page.leave.button", language) if how == "ask" else "",
            colour="green" if how == "done" else "grey",
            address="" if at is None else at.address,
        )
    )
    headers = {**UNSEEN, "Content-Security-Policy": policy(form="'self'")}
    status = 404 if how == "unknown" else 200
    return web.Response(status=status, text=body, content_type="text/html", headers=headers)
