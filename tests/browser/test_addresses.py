"""The page's addresses: who may come in, and what leaves."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import ClientSession
from playwright.async_api import expect
from yarl import URL

from sandbox import page as sandbox_page
from sandbox.content.files import Upload
from sandbox.content.media import store
from sandbox.page.serving import SAMPLES
from sandbox.people import acting
from tests.browser.conftest import Stage, Visit

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


async def test_a_strangers_name_for_this_machine_is_turned_away(stage: Stage, http: ClientSession) -> None:
    for path in ("/", "/page/snapshot", "/page/static/index.html"):
        async with http.get(stage.server.url + path, headers={"Host": "evil.example"}) as answer:
            assert answer.status == 403
    async with http.get(stage.server.url, headers={"Host": "localhost:8765"}) as answer:
        assert answer.status == 200


async def test_another_site_cannot_act_for_anybody(stage: Stage, http: ClientSession) -> None:
    act = {"act": '{"do": "new_customer"}'}
    async with http.post(f"{stage.server.url}/page/act", data=act) as answer:
        assert answer.status == 403
    async with http.options(f"{stage.server.url}/page/act") as answer:
        assert "Access-Control-Allow-Origin" not in answer.headers
    assert len(stage.cast.of("customer")) == 3


@pytest.mark.parametrize(
    "path",
    [
        "/page/static/..%2Froutes.py",
        "/page/static/%2Fetc%2Fpasswd",
        "/page/samples/..%2Fpeople.json",
        "/page/file/nothing",
    ],
)
async def test_only_the_pages_own_files_are_given_out(stage: Stage, http: ClientSession, path: str) -> None:
    async with http.get(stage.server.url + path.replace("%2F", "%252F")) as answer:
        assert answer.status == 404
    async with http.get(URL(stage.server.url + path, encoded=True)) as answer:
        assert answer.status == 404


async def test_a_film_can_be_fetched_in_parts(stage: Stage, http: ClientSession) -> None:
    film = (SAMPLES / "ball.mp4").read_bytes()
    content = store(stage.world, "video", Upload(film, "ball.mp4", "text/html"))
    address = f"{stage.server.url}/page/file/{content['video']['file_id']}"
    async with http.get(address, headers={"Range": "bytes=100-199"}) as answer:
        assert (answer.status, answer.content_type) == (206, "video/mp4")
        assert answer.headers["Content-Range"] == f"bytes 100-199/{len(film)}"
        assert await answer.read() == film[100:200]


async def test_a_browser_that_goes_leaves_quietly(
    stage: Stage, http: ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    part = stage.cast.of("customer")[0]
    async with http.get(f"{stage.server.url}/page/events") as events:
        acting.write(stage.world, part.chats[0], part.account, {"text": "раз"})
        assert "раз" in (await events.content.readline()).decode()
    await asyncio.sleep(0.1)
    for text in ("два", "три"):
        acting.write(stage.world, part.chats[0], part.account, {"text": text})
        await asyncio.sleep(0.1)
    assert [record.getMessage() for record in caplog.records] == []


async def test_the_policy_lets_nothing_but_the_pages_own_scripts_run(
    stage: Stage, http: ClientSession
) -> None:
    async with http.get(stage.server.url) as answer:
        policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.browser
async def test_the_page_comes_back_when_the_sandbox_does(visit: Visit, stage: Stage) -> None:
    visitor = await visit()
    port = stage.server.port
    await stage.server.stop()
    await expect(visitor.page.locator(".online")).to_have_text("Связь прервалась, подключаемся…")
    visitor.forgives("Failed to load resource")
    async with sandbox_page.serve(stage.world, stage.cast, port=port):
        await expect(visitor.page.locator(".online")).to_have_text("Песочница Telegram", timeout=15000)
        await visitor.main.says("Снова здесь")
        await visitor.main.sees("Снова здесь")
