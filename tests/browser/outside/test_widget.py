"""Atlassian's own widget shows our state, unchanged, in a real browser."""

from pathlib import Path

import pytest
from aiohttp import web
from playwright.async_api import expect

from bot.web.pages.drawing import draw
from tests.browser.outside.conftest import Look, serving
from tests.browser.outside.sights import picture_of

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

# The package was built with a name left undeclared: a page has to have it.
PAGE = """<!doctype html><title>Shop</title><script>var parcelRequire</script>
<script src="/widget.js"></script>
<statuspage-widget src="{url}"></statuspage-widget>"""


@pytest.mark.parametrize(
    ("sight", "says"), [("calm", "All Systems Operational"), ("red", "Partial System Outage")]
)
async def test_the_widget_reads_our_summary(
    look: Look, foreign_packages: Path, sight: str, says: str
) -> None:
    widget = (foreign_packages / "@statuspage" / "status-widget" / "dist" / "index.js").read_text("utf-8")

    async def home(request: web.Request) -> web.Response:
        return web.Response(text=PAGE.format(url=request.url.origin()), content_type="text/html")

    async def script(_: web.Request) -> web.Response:
        return web.Response(text=widget, content_type="text/javascript")

    async def status(request: web.Request) -> web.Response:
        page = draw(picture_of(sight), request.match_info["path"], "ru")
        return web.Response(status=404) if page is None else page.answer(request)

    app = web.Application()
    app.router.add_get("/", home)
    app.router.add_get("/widget.js", script)
    app.router.add_get("/{path:.+}", status)
    async with serving(app) as url:
        page = await look(url)
        await expect(page.locator("statuspage-widget")).to_contain_text(says)
