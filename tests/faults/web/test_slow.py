"""Slow clients of the webhook hold nothing for long, and one desk's secret opens one desk's path alone."""

import asyncio
import time
from contextlib import suppress

import pytest
from aiohttp import web

from bot.web import server
from bot.web.connections import ConnectionLimits
from bot.web.server import WebServer, whole_body
from bot.web.webhook_secrets import secrets_of
from tests.faults.sights import called
from tests.faults.troubles import until
from tests.faults.web.brought import SECRET, Brought


@pytest.mark.parametrize(
    "said", [b"", b"POST /telegram/shop HT", b"GET /healthz HTTP/1.1\r\nHost: here\r\nX: "], ids=len
)
async def test_who_does_not_finish_a_request_is_cut(
    brought: Brought, monkeypatch: pytest.MonkeyPatch, said: bytes
) -> None:
    monkeypatch.setattr(server, "limits_here", lambda: ConnectionLimits(head=0.5, idle=0.5))
    async with brought.at_work():
        reader, writer = await asyncio.open_connection("127.0.0.1", brought.port)
        begun = time.monotonic()
        writer.write(said)
        with suppress(ConnectionResetError):
            assert await asyncio.wait_for(reader.read(), 10) == b""
        assert time.monotonic() - begun >= 0.5
        writer.close()


async def test_who_says_nothing_after_a_request_is_cut(
    brought: Brought, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "limits_here", lambda: ConnectionLimits(head=0.5, idle=0.5))
    async with brought.at_work():
        reader, writer = await asyncio.open_connection("127.0.0.1", brought.port)
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n")
        assert b"200" in await reader.readline()
        with suppress(ConnectionResetError):
            await asyncio.wait_for(reader.read(), 10)
        writer.close()


async def test_a_body_that_does_not_come_is_waited_for_only_so_long(
    brought: Brought, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "BODY", 0.3)
    async with brought.at_work():
        reader, writer = await asyncio.open_connection("127.0.0.1", brought.port)
        writer.write(brought.request("shop", {"update_id": 1})[:-5])
        assert b" 408 " in await asyncio.wait_for(reader.readline(), 10)
        with suppress(ConnectionResetError):
            await asyncio.wait_for(reader.read(), 10)
        writer.close()


async def test_a_body_without_end_is_refused(brought: Brought) -> None:
    async with brought.at_work():
        assert await brought.brings("shop", b" " * (server.LARGEST + 1)) == 413


class SlowAnswers:
    """A path whose answer has to be waited for."""

    def __init__(self) -> None:
        self.asked, self.answer = 0, asyncio.Event()

    def add_to(self, app: web.Application) -> None:
        app.router.add_route("*", "/slow", self._slow)
        app.router.add_get("/quick", self._quick)

    async def _slow(self, request: web.Request) -> web.Response:
        await whole_body(request)
        self.asked += 1
        await self.answer.wait()
        return web.Response()

    async def _quick(self, _: web.Request) -> web.Response:
        return web.Response(text="here")


async def ask(port: int, method: str, path: str) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"{method} {path} HTTP/1.1\r\nHost: here\r\nContent-Length: 0\r\n\r\n".encode())
    status = await reader.readline()
    writer.close()
    return int(status.split()[1])


async def test_so_many_requests_wait_at_once_and_looks_have_room_beside_them(brought: Brought) -> None:
    slow = SlowAnswers()
    posts = server.AT_ONCE - server.FOR_LOOKS
    async with WebServer("127.0.0.1", brought.port, [slow]):
        waiting = [asyncio.create_task(ask(brought.port, "POST", "/slow")) for _ in range(posts)]
        await until(lambda: slow.asked == posts)
        assert await ask(brought.port, "POST", "/slow") == 503
        assert await ask(brought.port, "GET", "/quick") == 200
        slow.answer.set()
        assert await asyncio.gather(*waiting) == [200] * posts


async def test_what_cannot_be_answered_in_time_is_said_so(
    brought: Brought, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "ANSWER", 0.2)
    async with WebServer("127.0.0.1", brought.port, [SlowAnswers()]):
        assert await ask(brought.port, "POST", "/slow") == 503


def test_a_process_with_few_descriptors_keeps_them_for_its_own_work() -> None:
    assert ConnectionLimits().within(64).most == 16
    assert ConnectionLimits().within(100_000).most == ConnectionLimits().most


async def test_one_desk_s_secret_does_not_open_another_s_path(brought: Brought) -> None:
    found = secrets_of(brought.settings())
    shop, florist = (found[name].told.encode() for name in ("shop", "florist"))
    assert len({shop, florist, SECRET.encode()}) == 3
    async with brought.at_work():
        assert await brought.brings("shop", {"update_id": 1}, shop) == 200
        assert await brought.brings("florist", {"update_id": 1}, shop) == 401
        assert await brought.brings("shop", {"update_id": 2}, florist) == 401
        assert await brought.brings("florist", {"update_id": 2}, SECRET.encode()) == 200


async def test_telegram_is_told_each_desk_s_own_secret(brought: Brought) -> None:
    async with brought.at_work():
        await called(brought.shop)
        await called(brought.florist, "Борис")
        deliveries = [brought.shop.world.webhooks.of(each.bot) for each in (brought.shop, brought.florist)]
        told = [each.settings.secret for each in deliveries if each is not None]
    assert told == [each.told for each in secrets_of(brought.settings()).values()]


def test_a_desk_may_have_a_secret_of_its_own_and_a_single_desk_has_the_common_one(brought: Brought) -> None:
    plain = brought.settings()
    own = plain.desk["shop"].model_copy(update={"webhook_secret": plain.telegram.webhook.secret})
    one = plain.model_copy(update={"desk": {"shop": own}})
    assert secrets_of(one)["shop"].known == (SECRET,)
    alone = plain.model_copy(update={"desk": {"florist": plain.desk["florist"]}})
    assert secrets_of(alone)["florist"].told == SECRET
