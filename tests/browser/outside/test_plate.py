"""The plate on somebody else's page: its colours, what it says when we are gone, and that text stays text."""

import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Locator, Page, expect

from bot.web.pages.drawing import draw
from bot.web.pages.kept_page import KeptPage
from tests.browser.conftest import PHONE
from tests.browser.outside.conftest import Look, serving
from tests.browser.outside.sights import picture_of
from tests.browser.outside.test_status_page import AXE

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

HOME = """<!doctype html><html lang="{language}"><head><title>Shop</title></head><body><main><h1>Shop</h1>
<script src="{status}/embed.js" {attributes}></script></main></body></html>"""


@dataclass
class Company:
    """A company's own site and its status page, which may be gone."""

    sight: str = "calm"
    gone: bool = False
    asked: list[dict[str, str]] = field(default_factory=list)
    site: str = ""
    status: str = ""

    async def status_page(self, request: web.Request) -> web.Response:
        path = request.match_info["path"]
        if path != "embed.js":
            self.asked.append(dict(request.headers))
        page = draw(picture_of(self.sight), path, request.query.get("language", "ru"))
        assert isinstance(page, KeptPage)
        away = web.Response(status=503, headers={"Access-Control-Allow-Origin": "*"})
        return away if self.gone and path != "embed.js" else page.answer(request)

    async def home(self, request: web.Request) -> web.Response:
        given = {"attributes": "", "language": "ru", **request.query}
        policy = f"default-src 'none'; script-src {self.status}; connect-src {self.status}"
        body = HOME.format(status=self.status, **given)
        return web.Response(text=body, content_type="text/html", headers={"Content-Security-Policy": policy})

    def at(self, attributes: str = "", language: str = "ru") -> str:
        return f"{self.site}/?language={language}&attributes={attributes}"


@pytest_asyncio.fixture(loop_scope="session")
async def company() -> AsyncIterator[Company]:
    one = Company()
    site, status = web.Application(), web.Application()
    site.router.add_get("/", one.home)
    status.router.add_get("/{path:.+}", one.status_page)
    async with serving(site) as one.site, serving(status) as one.status:
        yield one


def plate(page: Page) -> Locator:
    return page.get_by_role("status")


async def shade(page: Page) -> str:
    found: str = await plate(page).evaluate("node => getComputedStyle(node).borderLeftColor")
    return found


@pytest.mark.parametrize(
    ("sight", "says", "colour"),
    [
        ("calm", "Всё работает", "rgb(31, 138, 76)"),
        ("red", "Не проходит оплата картой · ещё 1 сбой · следующее сообщение до 15:50", "rgb(198, 47, 47)"),
        ("late", "Не проходит оплата картой", "rgb(198, 47, 47)"),
        ("busy", "Медленно открывается сайт · следующее сообщение до 21 ноября.* 9:00", "rgb(201, 138, 0)"),
        ("works", "Замена платёжного шлюза · до 16:20", "rgb(42, 111, 196)"),
        ("good", "Всё работает", "rgb(31, 138, 76)"),
    ],
)
async def test_it_shows_how_it_is(
    company: Company, look: Look, foreign_packages: Path, sight: str, says: str, colour: str
) -> None:
    company.sight = sight
    for dark in (False, True):
        page = await look(company.at(), PHONE, dark=dark)
        words = " ".join((await plate(page).inner_text()).split())
        assert re.fullmatch(says, words), words
        assert await shade(page) == colour
        target = await plate(page).get_by_role("link").get_attribute("href")
        assert target == "https://status.example.com"


async def test_it_is_short() -> None:
    page = draw(picture_of("calm"), "embed.js", "ru")
    assert page is not None
    assert len(page.body) < 3000
    assert page.headers["Access-Control-Allow-Origin"] == "*"


async def test_green_may_be_hidden_and_the_place_chosen(company: Company, look: Look) -> None:
    page = await look(company.at("data-hide-green"))
    await page.wait_for_load_state("networkidle")
    await expect(plate(page)).to_be_hidden()
    page = await look(company.at("data-position=here data-language=en"))
    await expect(plate(page)).to_have_text("Everything works")
    assert await plate(page).evaluate("node => getComputedStyle(node).position") == "static"
    page = await look(company.at("data-position=top", "en-GB"))
    await expect(plate(page)).to_have_text("Everything works")
    assert await plate(page).evaluate("node => node.getBoundingClientRect().top") == 0


async def test_when_we_are_gone_it_says_how_old_its_knowledge_is(company: Company, look: Look) -> None:
    company.sight = "red"
    page = await look(company.at())
    await expect(plate(page)).to_contain_text("Не проходит оплата картой")
    company.gone = True
    old = "Object.keys(localStorage).forEach(key => { const known = JSON.parse(localStorage[key]);"
    old += "known.at -= 20 * 60000; localStorage[key] = JSON.stringify(known) })"
    await page.evaluate(old)
    await page.reload()
    await expect(plate(page)).to_contain_text(
        "Не проходит оплата картой\u00a0· данные получены 20 минут назад"
    )
    assert await shade(page) == "rgb(138, 148, 159)"


async def test_who_was_never_reached_shows_nothing(company: Company, look: Look) -> None:
    company.gone = True
    page = await look(company.at())
    await page.wait_for_load_state("networkidle")
    await expect(plate(page)).to_be_hidden()


async def test_it_asks_again_and_gets_304(company: Company, look: Look) -> None:
    page = await look(company.at())
    await expect(plate(page)).to_be_visible()
    before = len(company.asked)
    async with page.expect_response("**/summary.json*"):
        await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert "If-None-Match" in company.asked[before]
    company.sight = "red"
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await expect(plate(page)).to_contain_text("Не проходит оплата картой")


async def test_what_strangers_write_stays_text(company: Company, look: Look) -> None:
    company.sight = "hostile"
    page = await look(company.at(), PHONE)
    await expect(plate(page)).to_contain_text("<img src=x onerror=alert(1)> & «очень»")
    assert await plate(page).locator("img").count() == 0
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_axe_finds_nothing_in_it(
    company: Company, look: Look, foreign_packages: Path, *, dark: bool
) -> None:
    company.sight = "red"
    page = await look(company.at(), PHONE, dark=dark)
    await expect(plate(page)).to_be_visible()
    axe = (foreign_packages / "axe-core" / "axe.min.js").read_text("utf-8")
    await page.evaluate(axe)
    found: Any = await page.evaluate(AXE)
    assert found == [], json.dumps(found, ensure_ascii=False)
