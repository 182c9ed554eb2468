"""Take the README's picture anew: `python -m tests.browser.portrait` with `otklik demo` at work.

The picture is the page in the middle of a conversation, with other customers waiting.
"""

import asyncio
import sys
from pathlib import Path

from playwright.async_api import async_playwright, expect

from tests.browser.conftest import ARGUMENTS, DESKTOP, Visitor
from tests.conftest import find_chromium

PICTURE = Path(__file__).parents[2] / "docs" / "pictures" / "demo.png"


async def main(address: str) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        context = await browser.new_context(viewport=DESKTOP, locale="ru-RU")
        visitor = Visitor(await context.new_page())
        await visitor.page.goto(address)
        await pose(visitor)
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        await visitor.page.screenshot(path=PICTURE)
        await browser.close()


async def pose(visitor: Visitor) -> None:
    await waits(visitor, "Борис Образец", "Курьер не приехал, позовите оператора")
    await waits(visitor, "Kate Sample", "Please call an operator")
    await visitor.becomes("Анна Пример")
    await visitor.main.root.locator(".start-button").click()
    await visitor.main.sees("Здравствуйте")
    await visitor.main.says("Как вернуть деньги?")
    await visitor.main.key("Позвать оператора").click()
    await visitor.main.sees("Передали вопрос")
    await visitor.main.says("Вот что пришло вместо чайника")
    await attaches_two_pictures(visitor)
    await expect(visitor.side.root.locator(".album img")).to_have_count(2)
    await visitor.side.says("Анна, деньги уже отправили. Извините за путаницу!")
    await visitor.main.sees("Извините за путаницу!")
    await expect(visitor.side.bubble("Извините").locator(".reaction")).to_be_visible()
    await visitor.page.mouse.move(640, 5)
    await visitor.page.locator(".toast").wait_for(state="detached")


async def attaches_two_pictures(visitor: Visitor) -> None:
    """The sample album without its last picture: a low row, which leaves room for words."""
    pane = visitor.main.root
    await pane.get_by_label("Приложить").click()
    await pane.locator(".menu").get_by_role("menuitem", name="Альбом", exact=True).click()
    await pane.get_by_role("button", name="Убрать").last.click()
    await pane.get_by_label("Отправить").click()


async def waits(visitor: Visitor, name: str, question: str) -> None:
    """Another customer comes and asks for a person."""
    await visitor.becomes(name)
    await visitor.main.root.locator(".start-button").click()
    await expect(visitor.main.root.locator(".row.theirs")).to_have_count(1)
    await visitor.main.says(question)
    await expect(visitor.side.title).to_contain_text(name)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8765"))
