"""A day of support, played on the page with the real bot: what `otklik demo` shows."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

OTKLIK = [sys.executable, "-c", "from bot.cli import main; main()"]
HOUSE = Path(__file__).parents[2]


@dataclass
class Demo:
    process: asyncio.subprocess.Process
    address: str

    async def interrupted(self) -> int:
        """Ctrl+C, and how it ended."""
        self.process.send_signal(signal.SIGINT)
        return await asyncio.wait_for(self.process.wait(), 60)


@pytest_asyncio.fixture(loop_scope="session")
async def demo() -> AsyncIterator[Demo]:
    process = await asyncio.create_subprocess_exec(
        *OTKLIK, "demo", "--port", "0", cwd=HOUSE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), 120)).decode()
    yield Demo(process, line.split()[-1])
    if process.returncode is None:
        process.kill()
        await process.wait()


@pytest_asyncio.fixture(loop_scope="session")
async def visitor(browser: Browser, demo: Demo) -> AsyncIterator[Visitor]:
    complaints: list[str] = []
    context = await browser.new_context(viewport=DESKTOP, locale="ru-RU")
    page = await context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await opened(page, demo)
    yield Visitor(page)
    await context.close()
    assert complaints == []


async def opened(page: Page, demo: Demo) -> None:
    await page.goto(demo.address)
    await expect(page.locator("body")).to_have_attribute("data-ready", "true")


async def test_from_a_question_to_an_incident(visitor: Visitor, demo: Demo, browser: Browser) -> None:
    customer, operators = visitor.main, visitor.side

    await customer.root.get_by_role("button", name="Запустить").click()
    await customer.sees("Здравствуйте, Анна!")
    await customer.says("Как вернуть деньги?")
    await customer.sees("Оформите возврат")
    await expect(customer.key("Помогло")).to_be_visible()
    await customer.key("Позвать оператора").click()
    await customer.sees("Передали вопрос людям")

    await operators.sees("Ждёт ответа")
    await operators.sees("Как вернуть деньги?")
    await customer.attaches("Альбом")
    await expect(operators.root.locator(".album-3 img")).to_have_count(3)
    await operators.says("Здравствуйте, Анна! Деньги уже отправили.")
    await customer.sees("Деньги уже отправили")
    await expect(operators.bubble("Деньги уже отправили").locator(".reaction")).to_have_text("👍")
    await visitor.shoots("story-reply")

    await operators.says("/close")
    await customer.sees("Как мы справились?")
    for caption in ("1 — Отвратительно", "2 — Плохо", "3 — Нормально", "4 — Хорошо", "5 — Вау!"):
        await expect(customer.key(caption)).to_be_visible()
    await customer.key("5 — Вау!").click()
    await customer.sees("Ваша оценка: 5 — Вау!")
    await expect(operators.title).to_contain_text("✅")

    await visitor.becomes("Марина Менеджер")
    await visitor.main.says("/broadcast red Не проходит оплата картой. Чиним.")
    await visitor.main.sees("Так будет выглядеть")
    await visitor.main.key("Опубликовать").click()
    await expect(visitor.side.title).to_have_text("Статус сервиса")
    await visitor.side.sees("Не проходит оплата картой.")
    await visitor.shoots("story-incident")

    await phone_sees_it(browser, demo)
    assert await demo.interrupted() == 0


async def phone_sees_it(browser: Browser, demo: Demo) -> None:
    """Another customer reads the channel on a phone."""
    context = await browser.new_context(viewport=PHONE, locale="ru-RU", color_scheme="dark")
    phone = Visitor(await context.new_page())
    await opened(phone.page, demo)
    await phone.becomes("Борис Образец")
    await phone.main.root.get_by_label("Назад").click()
    await expect(phone.page.locator(".person.here")).to_contain_text("Борис Образец")
    await phone.opens("Статус сервиса")
    await phone.main.sees("Не проходит оплата картой.")
    await phone.shoots("story-phone")
    await context.close()


async def test_the_demo_takes_the_next_port_if_one_is_taken(demo: Demo) -> None:
    taken = int(demo.address.rpartition(":")[2])
    second = await asyncio.create_subprocess_exec(
        *OTKLIK, "demo", "--port", str(taken), cwd=HOUSE, stdout=asyncio.subprocess.PIPE
    )
    assert second.stdout is not None
    line = (await asyncio.wait_for(second.stdout.readline(), 120)).decode()
    assert taken < int(line.split()[-1].rpartition(":")[2]) < taken + 20
    assert await Demo(second, "").interrupted() == 0
