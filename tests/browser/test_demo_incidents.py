"""An incident in the demo, from the alert of monitoring to its end: chats, channel, status page and plate."""

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.terminal.demo import play
from tests.browser.conftest import SHOTS

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
WAIT = 30_000


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest_asyncio.fixture(loop_scope="session", params=["light", "dark"])
async def demo(browser: Browser, request: pytest.FixtureRequest) -> AsyncIterator[Page]:
    """The demo, and somebody who looks at its page by day or by night."""
    stop, port = asyncio.Event(), free_port()
    playing = asyncio.create_task(play("127.0.0.1", port, open_browser=False, stop=stop))
    context = await browser.new_context(
        viewport={"width": 1500, "height": 900}, locale="ru-RU", color_scheme=request.param
    )
    page = await context.new_page()
    await page.goto(f"http://127.0.0.1:{port}")
    yield page
    await context.close()
    stop.set()
    await asyncio.wait_for(playing, 30)


async def test_an_alert_becomes_an_incident_that_everybody_sees(
    demo: Page, request: pytest.FixtureRequest
) -> None:
    await demo.locator(".person", has_text="Марина").click()
    await expect(demo.locator(".health-word")).to_contain_text("Бот в порядке", timeout=WAIT)
    await demo.get_by_role("button", name="Запустить").click()
    await demo.get_by_role("button", name="Страница статуса").click()
    status = demo.frame_locator(".besides iframe >> nth=0")
    shop = demo.frame_locator(".besides iframe >> nth=1")
    await expect(status.locator("body")).to_contain_text("Оплата", timeout=WAIT)
    await expect(shop.locator("body")).to_contain_text("Магазин-образец")

    await demo.get_by_role("button", name="Прислать тревогу").click()
    main = demo.locator(".pane.main")
    await expect(main).to_contain_text("Не проходит оплата картой", timeout=WAIT)
    await main.get_by_role("button", name="Опубликовать").last.click()
    told = "Оплата: не работает"
    await expect(demo.locator(".pane.side")).to_contain_text(told, timeout=WAIT)
    await expect(status.locator("body")).to_contain_text(told, timeout=WAIT)
    await expect(shop.get_by_role("status")).to_contain_text("Оплата", timeout=WAIT)
    SHOTS.mkdir(exist_ok=True)
    await demo.screenshot(path=SHOTS / f"demo-incident-{request.node.callspec.params['demo']}.png")

    await demo.get_by_role("button", name="Тревога прошла").click()
    await main.get_by_role("button", name="Решено").last.click(timeout=WAIT)
    await main.get_by_role("button", name="Опубликовать").last.click(timeout=WAIT)
    await expect(demo.locator(".pane.side")).to_contain_text("Решено", timeout=WAIT)
    await expect(status.locator("body")).not_to_contain_text("Разбираемся", timeout=WAIT)
