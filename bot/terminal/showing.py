"""What the demo shows beside the chats: the status page, an application with the plate, a sample alert."""

import socket
from collections.abc import Iterator
from contextlib import closing
from secrets import token_urlsafe
from time import time

import aiohttp
from aiohttp import web

from locales import Texts
from sandbox.page.beside import Beside, BesideDeed, BesidePage

SAMPLE = "demo-payments"
"""The key of the sample alert: sent again it is the same one."""


class ShownDoor:
    """Where the demo's bot listens on the web, and what the page is given of it."""

    def __init__(self, host: str) -> None:
        self.listen = f"{host}:{_free_port(host)}"
        self.token = token_urlsafe(18)
        self._texts = Texts()

    @property
    def url(self) -> str:
        """Its root: the status page."""
        return f"http://{self.listen}"

    def beside(self) -> Beside:
        """The pages and the buttons."""
        return Beside(
            caption=self._said("demo.beside"),
            pages=(
                BesidePage(self._said("demo.status_page"), f"{self.url}/"),
                BesidePage(self._said("demo.application"), "/page/show/application"),
            ),
            deeds=(
                BesideDeed(self._said("demo.alert"), "/page/show/alert/firing"),
                BesideDeed(self._said("demo.alert_over"), "/page/show/alert/resolved"),
            ),
        )

    def routes(self) -> list[web.RouteDef]:
        """The application, and the way of a sample alert to the bot."""
        return [
            web.get("/page/show/application", self._application),
            web.post("/page/show/alert/{status:firing|resolved}", self._alert),
        ]

    def _said(self, key: str) -> dict[str, str]:
        return {language: self._texts.plain(key, language) for language in self._texts.languages}

    async def _application(self, request: web.Request) -> web.Response:
        """A page of somebody else's, with one line of ours in it."""
        html = self._texts.plain("demo.application.page", "ru", plate=f"{self.url}/embed.js")
        policy = (
            f"default-src 'none'; style-src 'unsafe-inline'; script-src {self.url}; connect-src {self.url}"
        )
        headers = {
            "Content-Security-Policy": f"{policy}; frame-ancestors 'self'",
            "Cache-Control": "no-store",
        }
        return web.Response(text=html, content_type="text/html", headers=headers)

    async def _alert(self, request: web.Request) -> web.Response:
        """What monitoring would post; a page from elsewhere cannot set the header."""
        if request.headers.get("X-Sandbox") != "page":
            raise web.HTTPForbidden
        about = {
            "key": SAMPLE,
            "status": request.match_info["status"],
            "severity": "critical",
            "component": "payments",
            "title": self._texts.plain("demo.alert.title", "ru"),
            "text": self._texts.plain("demo.alert.text", "ru"),
            "at": time(),
        }
        try:
            async with (
                aiohttp.ClientSession() as session,
                session.post(f"{self.url}/hooks/generic/{self.token}", json=about) as answer,
            ):
                return web.Response(status=answer.status)
        except aiohttp.ClientError:  # the bot does not listen yet, or has stopped
            raise web.HTTPServiceUnavailable from None


def _free_port(host: str) -> int:
    """A port that nobody listens on now."""
    with closing(socket.socket(next(_families(host)))) as free:
        free.bind((host, 0))
        return int(free.getsockname()[1])


def _families(host: str) -> Iterator[socket.AddressFamily]:
    for family, *_ in socket.getaddrinfo(host, 0, type=socket.SOCK_STREAM):
        yield family
