"""The demo's page tells how the bot is and what waits: the whole bot, looked at in a browser."""

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.health import watch
from bot.terminal.demo import play
from tests.browser.conftest import DESKTOP, SHOTS

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest_asyncio.fixture(loop_scope="session")
async def demo(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Page]:
    """The demo, and somebody who looks at its page."""
    monkeypatch.setattr(watch, "EVERY", 0.2)
    stop, port = asyncio.Event(), free_port()
    playing = asyncio.create_task(play("127.0.0.1", port, open_browser=False, stop=stop))
    context = await browser.new_context(viewport=DESKTOP, locale="ru-RU")
    page = await context.new_page()
    await page.goto(f"http://127.0.0.1:{port}")
    yield page
    await context.close()
    stop.set()
    await asyncio.wait_for(playing, 30)


async def test_the_page_says_how_the_bot_is_and_what_waits(demo: Page) -> None:
    word = demo.locator(".health-word")
    await expect(word).to_contain_text("Бот в порядке", timeout=30_000)
    await demo.locator(".pane.main .field").fill("почему мой зонтик поёт по ночам?")
    await demo.locator(".pane.main .field").press("Enter")
    await expect(demo.locator(".pane.main")).to_contain_text("Передали вопрос людям", timeout=30_000)
    await demo.get_by_role("button", name="Под капотом").click()
    figures = demo.locator(".health-figure")
    await expect(figures.filter(has_text="входящих ждёт")).to_contain_text("0")
    await expect(figures.filter(has_text="в карантине")).to_have_text("0в карантине")
    SHOTS.mkdir(exist_ok=True)
    await demo.screenshot(path=SHOTS / "demo-health.png")
    answer = await demo.request.get("/readyz".join([demo.url.partition("/#")[0].rstrip("/"), ""]))
    assert answer.status == 200
    await demo.get_by_role("button", name="Switch to English").click()
    await expect(word).to_contain_text("The bot is well")
