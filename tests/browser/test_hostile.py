"""Nothing a person sends can run in the page or leave through it."""

import pytest
from aiogram import Bot
from aiogram.types import MessageEntity
from playwright.async_api import expect

from sandbox.content.files import Upload
from sandbox.content.media import store
from sandbox.page import Part
from sandbox.people import acting
from sandbox.wire.session import WorldSession
from tests.browser.conftest import Stage, Visit

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

EVIL = '<img src=x onerror="window.caught=1"><script>window.caught=1</script>"\'><b>'
RUN = "javascript:window.caught=1"


def hostile(stage: Stage) -> Part:
    part = stage.cast.of("customer")[0]
    part.account.first_name = EVIL
    part.account.last_name = None
    return part


async def test_markup_in_names_texts_topics_and_logs_stays_text(visit: Visit, stage: Stage) -> None:
    part = hostile(stage)
    part.chats[0].standing = "open"
    acting.write(stage.world, part.chats[0], part.account, acting.text(stage.world, EVIL))
    bot = Bot(stage.cast.bot.token, session=WorldSession(stage.world))
    topic = await bot.create_forum_topic(stage.cast.group.id, EVIL)
    await bot.send_message(stage.cast.group.id, EVIL, message_thread_id=topic.message_thread_id)
    visitor = await visit()
    await visitor.main.sees(EVIL)
    await expect(visitor.side.title).to_have_text(EVIL)
    await visitor.side.sees(EVIL)
    await visitor.page.get_by_role("button", name="Под капотом").click()
    await visitor.page.locator(".call", has_text="sendMessage").click()
    await expect(visitor.page.locator(".call-detail")).to_contain_text("onerror")
    assert await visitor.page.evaluate("window.caught") is None
    assert await visitor.page.locator("img[src='x']").count() == 0


async def test_a_link_that_would_run_is_only_words(visit: Visit, stage: Stage) -> None:
    part = stage.cast.of("customer")[0]
    part.chats[0].standing = "open"
    acting.write(stage.world, part.chats[0], part.account, acting.text(stage.world, "Привет"))
    bot = Bot(stage.cast.bot.token, session=WorldSession(stage.world))
    entities = [
        MessageEntity(type="text_link", offset=0, length=4, url=RUN),
        MessageEntity(type="text_link", offset=5, length=4, url="https://example.com/"),
    ]
    # Telegram refuses the first; the page does not rely on that
    sent = await bot.send_message(part.account.id, "беда сайт", entities=entities[1:])
    part.chats[0].messages[sent.message_id]["entities"] = [e.model_dump(exclude_none=True) for e in entities]
    visitor = await visit()
    links = visitor.main.bubble("беда сайт").locator("a")
    await expect(links).to_have_count(1)
    await expect(links).to_have_attribute("href", "https://example.com/")


async def test_a_web_page_sent_as_a_picture_is_not_opened_as_one(visit: Visit, stage: Stage) -> None:
    part = stage.cast.of("customer")[0]
    part.chats[0].standing = "open"
    page = Upload(f"<html><script>{RUN}</script></html>".encode(), 'a".html', "text/html")
    content = store(stage.world, "document", page)
    acting.write(stage.world, part.chats[0], part.account, content)
    visitor = await visit()
    async with visitor.page.expect_download() as download:
        await visitor.main.root.locator(".card").click()
    assert (await download.value).suggested_filename in {'a".html', "a_.html"}
    address = f"{stage.server.url}/page/file/{content['document']['file_id']}"
    answer = await visitor.page.request.get(address)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["content-security-policy"]
