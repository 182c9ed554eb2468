"""The status page of several desks in a real Chromium."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest_asyncio
from aiohttp import web
from playwright.async_api import Browser, Page, ViewportSize

from bot.web.pages.drawing import draw
from tests.browser.conftest import DESKTOP
from tests.browser.outside.sights import MOSCOW, NOW, SIGHTS, picture_of


@dataclass
class Gallery:
    """Every sight below a path of its own."""

    url: str

    def at(self, sight: str, path: str = "", language: str = "ru") -> str:
        return f"{self.url}/{sight}/{path}?language={language}"


@asynccontextmanager
async def serving(app: web.Application) -> AsyncIterator[str]:
    """Serve on a free port; the address."""
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def gallery() -> AsyncIterator[Gallery]:
    pictures = {name: picture_of(name) for name in SIGHTS}

    async def show(request: web.Request) -> web.Response:
        name, path = request.match_info["name"], request.match_info["path"]
        page = draw(pictures[name], path, request.query["language"]) if name in pictures else None
        return web.Response(status=404) if page is None else page.answer(request)

    app = web.Application()
    app.router.add_get("/{name}/{path:.*}", show)
    async with serving(app) as url:
        yield Gallery(url)


Look = Callable[..., Awaitable[Page]]


@pytest_asyncio.fixture(loop_scope="session")
async def look(browser: Browser) -> AsyncIterator[Look]:
    """Open an address; whatever the browser complains about fails the test."""
    complaints: list[str] = []
    pages: list[Page] = []

    async def opened(
        url: str, viewport: ViewportSize = DESKTOP, *, dark: bool = False, scripts: bool = True
    ) -> Page:
        scheme = "dark" if dark else "light"
        context = await browser.new_context(
            viewport=viewport, color_scheme=scheme, java_script_enabled=scripts, timezone_id=str(MOSCOW)
        )
        page = await context.new_page()
        if scripts:
            await page.clock.set_fixed_time(NOW)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        await page.goto(url)
        pages.append(page)
        return page

    yield opened
    for page in pages:
        await page.context.close()
    assert [said for said in complaints if "Failed to load resource" not in said] == []
