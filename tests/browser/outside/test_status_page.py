"""The status page is read by everybody: on any screen, in either scheme, without scripts; axe is silent."""

import json
from pathlib import Path

import pytest
from playwright.async_api import Page, ViewportSize, expect

from bot.web.pages.drawing import draw
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.outside.conftest import Gallery, Look
from tests.browser.outside.sights import picture_of

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

UNLIKE = ("calm", "red", "works", "hostile")
"""The sights whose pages are made of other parts; all are looked at elsewhere."""
NARROW: ViewportSize = {"width": 320, "height": 640}
AXE = """async () => (await axe.run()).violations.map(
  (each) => each.id + ': ' + each.nodes.map((node) => node.html.slice(0, 120)).join(' | '))"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("sight", UNLIKE)
async def test_axe_finds_nothing(
    gallery: Gallery, look: Look, foreign_packages: Path, sight: str, *, dark: bool
) -> None:
    axe = (foreign_packages / "axe-core" / "axe.min.js").read_text("utf-8")
    for viewport, path, language in ((DESKTOP, "", "ru"), (PHONE, "", "en"), (PHONE, "i/1", "ru")):
        page = await look(gallery.at(sight, path, language), viewport, dark=dark)
        await page.evaluate(axe)
        assert await page.evaluate(AXE) == []


@pytest.mark.parametrize("sight", UNLIKE)
async def test_it_fits_on_any_screen(gallery: Gallery, look: Look, sight: str) -> None:
    for viewport in (NARROW, PHONE, DESKTOP):
        page = await look(gallery.at(sight), viewport)
        width = await page.evaluate("document.documentElement.scrollWidth")
        assert width <= viewport["width"]


async def test_it_is_read_without_scripts(gallery: Gallery, look: Look) -> None:
    page = await look(gallery.at("red"), PHONE, scripts=False)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Часть сервиса не работает")
    await expect(page.get_by_text("Деньги не списываются.")).to_be_visible()
    await page.get_by_text("То же по дням, словами").click()
    await expect(page.get_by_text("сбой, 1 час", exact=True)).to_be_visible()
    await page.get_by_role("link", name="Не проходит оплата картой").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Не проходит оплата картой")
    await page.get_by_role("link", name="« Состояние сервиса").click()
    await page.get_by_role("link", name="English").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("A part of the service is down")


async def test_our_own_silence_is_no_good_news(gallery: Gallery, look: Look) -> None:
    page = await look(gallery.at("calm"))
    await expect(page.get_by_role("heading", level=1)).to_have_text("Всё работает")
    bars = page.locator("svg").first
    assert await bars.locator("rect.unknown").count() > 20
    titles = [each.replace("\xa0", " ") for each in await bars.locator("title").all_text_contents()]
    assert titles[0].endswith("нет данных")
    assert any("нет данных за 8 ч" in each for each in titles)
    assert titles[-1] == "20 ноября: всё работало"


async def test_what_names_no_part_is_shown_for_the_whole(gallery: Gallery, look: Look) -> None:
    page = await look(gallery.at("unplaced"), PHONE)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Сервис не работает")
    rows = page.locator(".components li")
    await expect(rows).to_contain_text(["Сервис в целом", "Сайт", "Оплата картой", "Возвраты"])
    says = [" ".join(each.split()) for each in await rows.locator(".component").all_inner_texts()]
    assert says[:2] == ["Сервис в целом Не работает", "Сайт Уточняем"]
    assert await rows.first.locator("rect.red").count() == 1
    assert not any(each.endswith(" Работает") for each in says)
    told = draw(picture_of("unplaced"), "api/v2/status.json", "ru")
    assert told is not None
    assert json.loads(told.body)["status"]["indicator"] == "critical"


async def test_a_window_names_its_day_once(gallery: Gallery, look: Look) -> None:
    page = await look(gallery.at("works"), PHONE)
    assert "Сегодня в 14:20–16:20" in await _read(page)
    assert "В воскресенье в 15:20–18:20" in await _read(page)
    page = await look(gallery.at("unplaced"), PHONE)
    assert "14 ноября в 10:20–12:20\n\nЗамена шлюза" in await _read(page)


async def test_a_promise_that_has_passed_is_not_repeated(gallery: Gallery, look: Look) -> None:
    assert "Следующее сообщение" in await _read(await look(gallery.at("red")))
    for path in ("", "i/2"):
        assert "Следующее сообщение" not in await _read(await look(gallery.at("late", path)))


async def _read(page: Page) -> str:
    return (await page.locator("main").inner_text()).replace("\xa0", " ")


async def test_what_strangers_write_stays_text(gallery: Gallery, look: Look) -> None:
    page = await look(gallery.at("hostile"))
    assert await page.locator("img, script, [onerror], a[href^=javascript]").count() == 0
    await expect(page.get_by_text("<script>alert(1)</script>").first).to_be_visible()
    await expect(page.get_by_text("Этого не было")).to_have_count(0)
    await expect(page.get_by_text("Сообщение отозвано")).to_be_visible()
