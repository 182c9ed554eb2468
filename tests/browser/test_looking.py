"""Finding one's way on the page: people, topics, keyboard, phone, reload, languages."""

import asyncio
import re

import pytest
from playwright.async_api import Route, expect

from tests.browser.conftest import PHONE, Stage, Visit

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.usefixtures("bot"),
]


async def test_unread_messages_are_counted_until_somebody_looks(visit: Visit) -> None:
    visitor = await visit()
    second = visitor.page.locator(".person", has_text="Вера Оператор")
    await visitor.main.says("Раз")
    await visitor.main.says("Два")
    await expect(second.locator(".badge")).to_have_text("2")
    await expect(visitor.page).to_have_title(re.compile(r"\(\d+\) Отклик"))
    await second.click()
    await visitor.main.topic("Анна Пример").click()
    await expect(second.locator(".badge")).to_have_count(0)


async def test_everything_is_still_there_after_a_reload(visit: Visit) -> None:
    visitor = await visit()
    await visitor.main.says("Запомните меня")
    await visitor.side.sees("Запомните меня")
    await visitor.becomes("Олег Оператор")
    await visitor.main.topic("Анна Пример").click()
    await visitor.main.field.fill("недописанный ответ")
    await visitor.page.reload()
    await expect(visitor.main.title).to_have_text("Анна Пример")
    await visitor.main.sees("Запомните меня")
    await expect(visitor.main.field).to_have_value("недописанный ответ")


async def test_beside_an_operators_topic_stands_its_customer(visit: Visit) -> None:
    visitor = await visit()
    await visitor.becomes("Борис Образец")
    await visitor.main.says("Это Борис")
    await visitor.becomes("Анна Пример")
    await visitor.main.says("Это Анна")
    await visitor.becomes("Вера Оператор")
    await visitor.main.topic("Борис Образец").click()
    await visitor.side.sees("Это Борис")
    await visitor.main.topic("Анна Пример").click()
    await visitor.side.sees("Это Анна")
    await visitor.side.root.locator(".beside").select_option(label="Рядом: ничего")
    await expect(visitor.side.root).to_be_hidden()


async def test_a_managers_chat_stands_beside_the_channel(visit: Visit) -> None:
    visitor = await visit()
    await visitor.becomes("Марина Менеджер")
    await expect(visitor.side.title).to_have_text("Статус сервиса")
    await visitor.side.says("Всё работает")
    await visitor.side.sees("Всё работает")
    await visitor.becomes("Анна Пример")
    await visitor.opens("Статус сервиса")
    await visitor.main.sees("Всё работает")
    await expect(visitor.main.field).to_be_disabled()


async def test_the_keyboard_is_enough(visit: Visit) -> None:
    visitor = await visit()
    await visitor.page.keyboard.press("Alt+2")
    await expect(visitor.main.root.locator(".head small")).to_have_text("вы — Борис Образец")
    await visitor.page.keyboard.press("Alt+ArrowDown")
    await expect(visitor.main.title).to_have_text("Статус сервиса")
    await visitor.page.keyboard.press("Alt+ArrowUp")
    await visitor.main.field.focus()
    await visitor.page.keyboard.type("Первая строка")
    await visitor.page.keyboard.press("Shift+Enter")
    await visitor.page.keyboard.type("вторая")
    await visitor.page.keyboard.press("Enter")
    await visitor.side.sees("Первая строка")
    assert await visitor.main.bubble("вторая").locator(".text").inner_text() == "Первая строка\nвторая"
    await visitor.page.keyboard.press("Alt+ArrowRight")
    await expect(visitor.side.field).to_be_focused()
    await visitor.page.keyboard.type("Ответ")
    await visitor.page.keyboard.press("Enter")
    await visitor.main.sees("Ответ")


async def test_a_slow_sending_does_not_pull_the_writer_back(visit: Visit) -> None:
    visitor = await visit()
    crossed = asyncio.Event()

    async def answers_late(route: Route) -> None:
        answer = await route.fetch()
        await crossed.wait()
        await route.fulfill(response=answer)

    await visitor.page.route("**/page/act", answers_late)
    await visitor.main.field.fill("Вопрос")
    async with visitor.page.expect_response("**/page/act"):
        await visitor.page.keyboard.press("Enter")
        await visitor.side.sees("Вопрос")
        await visitor.page.keyboard.press("Alt+ArrowRight")
        crossed.set()
    await visitor.page.evaluate("new Promise((done) => setTimeout(done, 100))")
    await expect(visitor.side.field).to_be_focused()


async def test_messages_are_walked_with_the_arrows(visit: Visit) -> None:
    visitor = await visit()
    await visitor.main.says("/start")
    await visitor.main.sees("Чем помочь?")
    await visitor.main.root.get_by_role("log").focus()
    await visitor.page.keyboard.press("ArrowUp")
    await expect(visitor.main.bubble("Чем помочь?")).to_be_focused()
    await visitor.page.keyboard.press("ArrowUp")
    await expect(visitor.main.bubble("/start")).to_be_focused()


async def test_on_a_phone_one_pane_shows_at_a_time(visit: Visit) -> None:
    visitor = await visit(PHONE)
    people = visitor.page.locator(".rail")
    await expect(visitor.main.root).to_be_hidden()
    await visitor.becomes("Анна Пример")
    await expect(people).to_be_hidden()
    await visitor.main.says("С телефона")
    await visitor.main.sees("С телефона")
    await visitor.main.root.get_by_label("Назад").click()
    await visitor.becomes("Олег Оператор")
    await expect(visitor.main.field).to_be_hidden()
    await visitor.main.topic("Анна Пример").click()
    await visitor.main.sees("С телефона")
    await expect(visitor.main.topic("Анна Пример")).to_be_hidden()
    await visitor.page.go_back()
    await expect(visitor.main.topic("Анна Пример")).to_be_visible()
    await visitor.main.root.get_by_label("Назад").click()
    await expect(people).to_be_visible()
    wide = await visitor.page.evaluate("document.documentElement.scrollWidth")
    assert wide == PHONE["width"]


async def test_the_page_speaks_english_when_asked(visit: Visit) -> None:
    visitor = await visit()
    await visitor.page.get_by_role("button", name="Switch to English").click()
    await expect(visitor.page.get_by_role("button", name="Under the hood")).to_be_visible()
    await expect(visitor.main.field).to_have_attribute("placeholder", "Message")
    await visitor.page.reload()
    await expect(visitor.main.field).to_have_attribute("placeholder", "Message")


async def test_another_customer_walks_in(visit: Visit) -> None:
    visitor = await visit()
    await visitor.page.get_by_role("button", name="Ещё покупатель").click()
    await expect(visitor.main.root.locator(".head small")).to_have_text("вы — Глеб Пример")
    await visitor.main.says("Я новый")
    await expect(visitor.side.title).to_have_text("Глеб Пример")


async def test_a_customer_blocks_the_bot_and_comes_back(visit: Visit) -> None:
    visitor = await visit()
    await visitor.main.says("/start")
    await visitor.main.sees("Чем помочь?")
    await visitor.main.root.get_by_role("button", name="Заблокировать бота").click()
    await visitor.main.says("Эй")
    await expect(visitor.page.locator(".toast")).to_contain_text("вы заблокировали бота")
    await expect(visitor.main.field).to_have_value("Эй")
    await visitor.main.root.get_by_role("button", name="Разблокировать бота").click()
    await visitor.main.field.press("Enter")
    await visitor.main.sees("Эй")
    visitor.forgives("400 (Bad Request)")


async def test_without_topics_the_group_is_one_conversation(visit: Visit, stage: Stage) -> None:
    stage.cast.group.is_forum = False
    visitor = await visit()
    await visitor.becomes("Олег Оператор")
    await expect(visitor.main.root.locator(".topics")).to_be_hidden()
    await visitor.main.says("Кто возьмёт заказ?")
    await visitor.becomes("Вера Оператор")
    await visitor.main.does("Ответить", "Кто возьмёт заказ?")
    await visitor.main.says("Я")
    await expect(visitor.main.bubble("Я").locator(".quoted").last).to_contain_text("Кто возьмёт заказ?")
    await expect(visitor.main.bubble("Кто возьмёт заказ?").first).to_contain_text("Олег Оператор")
