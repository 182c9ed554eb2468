"""Everybody can use the page: names for what is pressed, contrast in both schemes."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.conftest import PHONE, Visit, Visitor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.usefixtures("bot"),
]

CONTRAST = Path(__file__).with_name("contrast.js").read_text(encoding="utf-8")


NAMELESS = """() => [...document.querySelectorAll('button, input, textarea, select, a[href]')]
  .filter((node) => node.checkVisibility())
  .filter((node) => !(node.getAttribute('aria-label') || node.textContent.trim()))
  .map((node) => node.outerHTML.slice(0, 120))"""


async def lived_in(visitor: Visitor) -> None:
    """A page with something of everything on it."""
    await visitor.main.says("/start")
    await visitor.main.says("Здравствуйте, https://example.com")
    await visitor.side.sees("Здравствуйте")
    await visitor.main.attaches("Документ", "Голосовое", "Опрос", "Контакт")
    await expect(visitor.side.root.locator(".poll")).to_be_visible()
    await visitor.side.says("Смотрим")
    await expect(visitor.side.bubble("Смотрим").locator(".reaction")).to_be_visible()
    await visitor.side.does("Ответить", "Смотрим")
    await visitor.page.get_by_role("button", name="Под капотом").click()
    await visitor.page.locator(".call").first.click()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_every_text_can_be_read(visit: Visit, *, dark: bool) -> None:
    visitor = await visit(dark=dark)
    await lived_in(visitor)
    assert await visitor.page.evaluate(CONTRAST) == []


async def test_everything_one_can_press_has_a_name(visit: Visit) -> None:
    visitor = await visit()
    await lived_in(visitor)
    assert await visitor.page.evaluate(NAMELESS) == []
    phone = await visit(PHONE)
    assert await phone.page.evaluate(NAMELESS) == []


async def test_the_focus_goes_through_the_page_in_order_and_is_seen(visit: Visit) -> None:
    visitor = await visit()
    await visitor.main.says("/start")
    await visitor.main.sees("Чем помочь?")
    await visitor.page.locator("body").click(position={"x": 1, "y": 1})
    places: list[str] = []
    for _ in range(40):
        await visitor.page.keyboard.press("Tab")
        places.append(
            await visitor.page.evaluate(
                "document.activeElement.closest('.rail, .pane.main, .pane.side, .drawer')?.className ?? 'out'"
            )
        )
    wanted = ["rail", "pane main", "pane side forum", "drawer"]
    order = list(dict.fromkeys(place for place in places if place != "out"))
    assert order == wanted
    await visitor.page.get_by_role("button", name="Под капотом").focus()
    await visitor.page.keyboard.press("Shift+Tab")
    ring = await visitor.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert ring == "solid" or await visitor.page.evaluate("document.activeElement.matches('.field')")
