"""The page in a real Chromium, with a sandbox and a little bot behind it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest_asyncio
from playwright.async_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    ViewportSize,
    async_playwright,
    expect,
)

from sandbox import page as sandbox_page
from sandbox.page import Cast
from sandbox.wire.server import BotApiServer
from sandbox.world import World
from tests.browser import little_bot

SHOTS = Path(__file__).with_name("shots")
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

expect.set_options(timeout=30000)


@dataclass
class Stage:
    world: World
    cast: Cast
    server: BotApiServer

    def customer(self, number: int = 0) -> str:
        return self.cast.of("customer")[number].account.full_name


@dataclass
class Visitor:
    """Somebody looking at the page: what stands where, and how one does things."""

    page: Page
    forgiven: set[str] = field(default_factory=set)

    @property
    def main(self) -> "Pane":
        return Pane(self.page.locator(".pane.main"))

    @property
    def side(self) -> "Pane":
        return Pane(self.page.locator(".pane.side"))

    async def becomes(self, name: str) -> None:
        await self.page.locator(".person", has_text=name).click()

    async def opens(self, title: str) -> None:
        await self.page.locator(".sub", has_text=title).click()

    def forgives(self, words: str) -> None:
        """The browser may complain of this: the story asked for it."""
        self.forgiven.add(words)

    async def shoots(self, name: str) -> None:
        SHOTS.mkdir(exist_ok=True)
        await self.page.screenshot(path=SHOTS / f"{name}.png")


@dataclass
class Pane:
    root: Locator

    @property
    def field(self) -> Locator:
        return self.root.locator(".field")

    @property
    def title(self) -> Locator:
        return self.root.locator(".head h2")

    def bubble(self, text: str) -> Locator:
        return self.root.locator(".row", has_text=text).last

    def key(self, caption: str) -> Locator:
        return self.root.locator(".keys .key", has_text=caption).last

    def topic(self, name: str) -> Locator:
        return self.root.locator(".topic", has_text=name)

    async def says(self, text: str) -> None:
        await self.field.fill(text)
        await self.field.press("Enter")

    async def sees(self, text: str) -> None:
        await expect(self.bubble(text)).to_be_visible()

    async def does(self, action: str, text: str) -> None:
        """Press one of the small buttons that appear on a message."""
        await self.bubble(text).hover()
        await self.bubble(text).locator(f".actions [aria-label='{action}']").click()

    async def attaches(self, *samples: str) -> None:
        for sample in samples:
            await self.root.get_by_label("Приложить").click()
            await self.root.locator(".menu").get_by_role("menuitem", name=sample, exact=True).click()
        await expect(self.root.locator(".chip").first).to_be_visible()
        await self.root.get_by_label("Отправить").click()


@pytest_asyncio.fixture(loop_scope="session")
async def stage() -> AsyncIterator[Stage]:
    world = World()
    world.limits.enforced = False
    cast = sandbox_page.sample_cast(world)
    async with sandbox_page.serve(world, cast) as server:
        yield Stage(world, cast, server)


@pytest_asyncio.fixture(loop_scope="session")
async def bot(stage: Stage) -> AsyncIterator[None]:
    async with little_bot.running(stage.cast, stage.server.url):
        yield


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium_path: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield browser
        await browser.close()


Visit = Callable[..., Awaitable[Visitor]]


@pytest_asyncio.fixture(loop_scope="session")
async def visit(browser: Browser, stage: Stage) -> AsyncIterator[Visit]:
    """Open the page; whatever the browser complains about fails the test."""
    complaints: list[str] = []
    visitors: list[Visitor] = []

    async def opened(viewport: ViewportSize = DESKTOP, *, dark: bool = False) -> Visitor:
        context = await browser.new_context(
            viewport=viewport, color_scheme="dark" if dark else "light", locale="ru-RU"
        )
        page = await context.new_page()
        page.on("console", lambda message: note(message))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(stage.server.url)
        await expect(page.locator("body")).to_have_attribute("data-ready", "true")
        visitors.append(Visitor(page))
        return visitors[-1]

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    yield opened
    for visitor in visitors:
        await visitor.page.context.close()
    forgiven = {words for visitor in visitors for words in visitor.forgiven}
    assert [said for said in complaints if not any(words in said for words in forgiven)] == []
