"""Under the hood: the log of calls and updates."""

import pytest
from playwright.async_api import Locator, expect

from tests.browser.conftest import Visit, Visitor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.usefixtures("bot"),
]


async def opened(visitor: Visitor) -> Locator:
    await visitor.page.get_by_role("button", name="Под капотом").click()
    return visitor.page.locator(".call")


async def test_calls_and_updates_stand_in_order_newest_first(visit: Visit) -> None:
    visitor = await visit()
    await visitor.main.says("Где заказ?")
    await visitor.side.sees("Где заказ?")
    calls = await opened(visitor)
    names = [name.split()[0] for name in await calls.locator("code").all_inner_texts()]
    assert names[:4] == ["copyMessage", "message", "createForumTopic", "message"]


async def test_a_call_shows_its_parameters_and_result(visit: Visit) -> None:
    visitor = await visit()
    await visitor.main.says("/start")
    await visitor.main.sees("Чем помочь?")
    calls = await opened(visitor)
    await calls.filter(has_text="sendMessage").click()
    detail = visitor.page.locator(".call-detail")
    await expect(detail).to_contain_text('text: "Здравствуйте! Чем помочь?"')
    await expect(detail).to_contain_text('callback_data: "call"')
    await expect(detail).to_contain_text("message_id: 2")
    await expect(calls.filter(has_text="sendMessage").locator(".status")).to_have_text("200")
    await visitor.shoots("hood")


async def test_the_log_is_filtered_paused_and_cleared(visit: Visit) -> None:
    visitor = await visit()
    await visitor.main.says("/start")
    await visitor.main.sees("Чем помочь?")
    calls = await opened(visitor)
    await visitor.page.get_by_label("Метод, чат или код").fill("sendmess")
    await expect(calls).to_have_count(1)
    await visitor.page.get_by_role("button", name="Пауза").click()
    await visitor.main.says("/start")
    await expect(visitor.main.root.locator(".row.theirs")).to_have_count(2)
    await expect(calls).to_have_count(1)
    await visitor.page.get_by_role("button", name="Продолжить").click()
    await expect(calls).to_have_count(2)
    await visitor.page.get_by_role("button", name="Очистить").click()
    await expect(calls).to_have_count(0)
